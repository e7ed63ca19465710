// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { Glide } from "../../../app/live_figure/browser/glide.js";

/** @param {number} lasts @param {number} took */
function begun(lasts, took) {
  const glide = new Glide();
  glide.took = took;
  const part = { x: [0, 10] };
  glide.depart(lasts, 1000);
  return { glide, part, taken: glide.takes(part, "x", Float32Array.of(10, 20)) };
}

test("points are on their way in between", () => {
  const { glide, part, taken } = begun(100, 0);
  assert.ok(taken);
  glide.proceed(1050);
  assert.deepEqual([...part.x], [5, 15]);
  glide.proceed(1100);
  assert.deepEqual([...part.x], [10, 20]);
  assert.equal(glide.points.length, 0);
});

test("where a drawing takes longer than the way, points are there at once", () => {
  const { glide, part } = begun(100, 150);
  glide.proceed(1000);
  assert.deepEqual([...part.x], [10, 20]);
});

test("who is on the way sets out anew from there", () => {
  const { glide, part } = begun(100, 0);
  glide.proceed(1050);
  glide.depart(100, 1050);
  assert.ok(glide.takes(part, "x", Float32Array.of(0, 10)));
  glide.proceed(1100);
  assert.deepEqual([...part.x], [2.5, 12.5]);
});

test("nothing glides without time, in other numbers, or to colors", () => {
  const { glide, part, taken } = begun(0, 0);
  assert.ok(!taken);
  glide.depart(100, 1000);
  assert.ok(!glide.takes(part, "x", Float32Array.of(1, 2, 3)));
  assert.ok(!glide.takes(part, "marker.color", Float32Array.of(1, 2)));
});
