// @ts-check
// Points on their way: a map whose words jump cannot be followed by eye, and Plotly moves smoothly
// only what SVG draws. A slow browser, in which a drawing takes as long, draws only where they end.

const REDUCED = globalThis.matchMedia?.("(prefers-reduced-motion: reduce)");

export class Glide {
  took = 50; // milliseconds for a drawing
  lasts = 0; // milliseconds; a message that glides holds all that is to move
  departed = 0;
  /** @type {{ part: any, path: string, from: ArrayLike<number>, to: Float32Array }[]} */
  points = [];

  /** @param {number} lasts @param {number} now */
  depart(lasts, now) {
    Object.assign(this, { points: [], departed: now, lasts: REDUCED?.matches ? 0 : lasts });
  }

  /** Take an array to its new values step by step, or tell that it cannot be. */
  takes(part, /** @type {string} */ path, to) {
    const from = part[path];
    const can = this.lasts > 0 && "xyz".includes(path) && from?.length === to.length;
    if (can) this.points.push({ part, path, from, to });
    return can;
  }

  /** Go on to where all will be when they are drawn. @param {number} now */
  proceed(now) {
    const share = Math.min(1, (now + this.took - this.departed) / this.lasts);
    for (const { part, path, from, to } of this.points)
      part[path] = share < 1 ? to.map((value, i) => from[i] + share * (value - from[i])) : to;
    if (share >= 1) this.points = [];
  }
}
