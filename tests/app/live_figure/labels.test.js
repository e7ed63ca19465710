// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { box, chooseLabels } from "../../../app/live_figure/browser/labels.js";

const ROOM = { width: 400, height: 300, line: 12, gap: 5, most: 100 };
/** @typedef {[number, number, number?]} Dot */

/** @param {Dot[]} dots */
const places = (dots) => (/** @type {number} */ i) => {
  const [x, y, width = 40] = dots[i];
  return { x, y, width };
};

/** @param {Dot[]} dots @param {Partial<typeof ROOM>} [room] @param {Map<number, any>} [before] */
function choose(dots, room = {}, before = new Map(), first = 0) {
  return chooseLabels([...dots.keys()], places(dots), { ...ROOM, ...room }, before, first);
}

/** @param {Dot[]} dots @param {Map<number, any>} chosen */
function assertApart(dots, chosen) {
  const boxes = [...chosen].map(([i, side]) => box(places(dots)(i), side, ROOM));
  for (const [n, a] of boxes.entries()) {
    assert(a[0] >= 0 && a[1] >= 0 && a[2] <= ROOM.width && a[3] <= ROOM.height);
    for (const b of boxes.slice(0, n))
      assert(a[0] >= b[2] || b[0] >= a[2] || a[1] >= b[3] || b[1] >= a[3], "labels overlap");
  }
}

test("a word alone has its label above", () => {
  assert.deepEqual([...choose([[200, 150]])], [[0, "top center"]]);
});

test("labels of near words take other sides, and no two overlap", () => {
  /** @type {Dot[]} */
  const dots = [
    [200, 150],
    [204, 150],
    [200, 154],
    [196, 150],
  ];
  const chosen = choose(dots);
  assert(chosen.size >= 2);
  assert.equal(new Set(chosen.values()).size, chosen.size);
  assertApart(dots, chosen);
});

test("in a crowd the first are labeled, and no two overlap", () => {
  let seed = 7;
  const random = () => {
    seed = (seed * 16807) % 2147483647;
    return seed / 2147483647;
  };
  /** @type {Dot[]} */
  const dots = Array.from({ length: 800 }, () => [400 * random(), 300 * random(), 60 * random()]);
  const chosen = choose(dots, { most: 90 });
  assert(chosen.size > 40);
  assert(chosen.size <= 90);
  assertApart(dots, chosen);
});

test("what lies outside the picture has no label, nor what would stick out of it", () => {
  assert.equal(
    choose([
      [-1, 150],
      [200, 301],
    ]).size,
    0,
  );
  assert.deepEqual([...choose([[200, 3]])], [[0, "bottom center"]]);
  assert.deepEqual([...choose([[3, 150]])], [[0, "middle right"]]);
});

test("a word keeps its label and its side while it moves, though another comes before it", () => {
  const before = choose([
    [1, -1],
    [200, 150],
  ]);
  assert.deepEqual([...before], [[1, "top center"]]);
  /** @type {Dot[]} */
  const moved = [
    [203, 152],
    [202, 150],
  ];
  const chosen = choose(moved, { most: 1 }, before);
  assert.deepEqual([...chosen], [[1, "top center"]]);
});

test("leading words come before those that have a label", () => {
  const before = new Map([[1, "top center"]]);
  const chosen = choose(
    [
      [203, 152],
      [202, 150],
    ],
    { most: 1 },
    before,
    1,
  );
  assert.deepEqual([...chosen.keys()], [0]);
});

test("a word that is not there gets none", () => {
  const chosen = chooseLabels([0], () => null, ROOM, new Map());
  assert.equal(chosen.size, 0);
});
