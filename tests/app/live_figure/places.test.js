// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { axesOf, subplot, tied } from "../../../app/live_figure/browser/places.js";

const full = {
  xaxis: { _length: 400, range: [0, 1] },
  yaxis: { _length: 200, range: [0, 1] },
  xaxis2: { _length: 100, range: [0, 1] },
  yaxis2: { _length: 100, range: [0, 1] },
};

test("numbers become pixels from the top left of the trace's own subplot", () => {
  const layout = { xaxis: {}, yaxis: {}, xaxis2: { range: [0, 10] }, yaxis2: { range: [-5, 5] } };
  const { width, height, at } = subplot(full, layout, { xaxis: "x2", yaxis: "y2" });
  assert.deepEqual([width, height], [100, 100]);
  assert.deepEqual(at(0, 5), { x: 0, y: 0 });
  assert.deepEqual(at(10, -5), { x: 100, y: 100 });
});

test("with one scale for both axes the tighter one is widened about its middle", () => {
  const layout = { xaxis: { range: [-1, 1] }, yaxis: { range: [-1, 1], scaleanchor: "x" } };
  const { at } = subplot(full, layout, {});
  assert.deepEqual(at(0, 0), { x: 200, y: 100 });
  assert.deepEqual(at(2, 1), { x: 400, y: 0 });
});

test("axes that match change together", () => {
  const layout = { xaxis: {}, xaxis2: { matches: "x" }, xaxis3: {}, yaxis: {} };
  assert.deepEqual(tied(layout, "xaxis2"), ["xaxis", "xaxis2"]);
  assert.deepEqual(tied(layout, "xaxis3"), ["xaxis3"]);
  assert.deepEqual(axesOf({ xaxis: "x2" }), ["xaxis2", "yaxis"]);
});

test("in three dimensions points go through the camera, and what is behind it is nowhere", () => {
  const still = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
  const moved = [...still.slice(0, 12), 0, 0, -2, 1]; // two steps back
  const far = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, -1, 0, 0, 0, 0]; // divides by the distance
  const glplot = { cameraParams: { model: still, view: moved, projection: far } };
  const drawn = { glplot, dataScale: [1, 1, 2] };
  const space = {
    _size: { l: 10, t: 20, w: 400, h: 200 },
    scene: { _scene: drawn, domain: { x: [0, 0.5], y: [0, 1] } },
  };
  const { left, top, width, height, at } = subplot(space, {}, { type: "scatter3d" });
  assert.deepEqual([left, top, width, height], [10, 20, 200, 200]);
  assert.deepEqual(at(0, 0, 0), { x: 100, y: 100 });
  assert.deepEqual(at(1, 1, 0), { x: 150, y: 50 });
  assert.deepEqual(at(1, 1, 0.5), { x: 200, y: 0 }); // nearer, and so farther from the middle
  assert.ok(Number.isNaN(at(0, 0, 2).x));
});
