// @ts-check
// Which words of a map get a label, and on which side of their dot: as many as fit without overlap,
// first come, first served. A word that has a label keeps it, and its side, as long as it can:
// labels must not flicker.

/**
 * @typedef {{ x: number, y: number, width: number }} Place a dot, a label's width; pixels
 * @typedef {"top center" | "bottom center" | "middle right" | "middle left"} Side
 * @typedef {{ width: number, height: number, line: number, gap: number, most: number }} Room
 * @typedef {[number, number, number, number]} Box left, top, right, bottom
 */

/** @type {Record<Side, [number, number]>} which way from the dot: right, down */
const SIDES = {
  "top center": [0, -1],
  "bottom center": [0, 1],
  "middle right": [1, 0],
  "middle left": [-1, 0],
};
const ALL = /** @type {Side[]} */ (Object.keys(SIDES));

/**
 * @param {number[]} order indices of `places`, the most deserving first
 * @param {(i: number) => Place | null} place null where there is nothing to be labelled
 * @param {Room} room of the picture, a line of text and the way from a dot's middle to its label
 * @param {Map<number, Side>} before the labels so far
 * @param {number} first how many at the beginning of `order` come before all that have a label
 * @returns {Map<number, Side>}
 */
export function chooseLabels(order, place, room, before, first = 0) {
  const deserving = new Set(order);
  const kept = [...before.keys()].filter((i) => deserving.has(i));
  /** @type {Map<number, Side>} */
  const chosen = new Map();
  /** @type {Box[]} */
  const taken = [];
  const free = (/** @type {Box} */ [left, top, right, bottom]) =>
    Math.min(left, top, room.width - right, room.height - bottom) >= 0 &&
    taken.every(([l, t, r, b]) => left >= r || l >= right || top >= b || t >= bottom);
  for (const i of new Set([...order.slice(0, first), ...kept, ...order])) {
    if (chosen.size >= room.most) break;
    const at = place(i);
    if (!at || !(at.x >= 0 && at.y >= 0 && at.x <= room.width && at.y <= room.height)) continue;
    const side = [before.get(i), ...ALL].find((each) => each && free(box(at, each, room)));
    if (side) {
      chosen.set(i, side);
      taken.push(box(at, side, room));
    }
  }
  return chosen;
}

/** @param {Place} at @param {Side} side @param {Room} room @returns {Box} */
export function box({ x, y, width }, side, { line, gap }) {
  const [w, h] = [width / 2 + 2, line / 2 + 1];
  const [right, down] = SIDES[side];
  const [middle, center] = [x + right * (gap + w), y + down * (gap + h)];
  return [middle - w, center - h, middle + w, center + h];
}

/** How an annotation lies on a side of a dot. @param {Side} side @param {number} gap */
export function anchored(side, gap) {
  const [right, down] = SIDES[side];
  const xanchor = ["right", "center", "left"][right + 1];
  const yanchor = ["bottom", "middle", "top"][down + 1];
  return { xanchor, yanchor, xshift: right * gap, yshift: -down * gap };
}
