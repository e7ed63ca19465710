// @ts-check
// Whose range an axis has: the figure's, which moves with the data, or the user's, which stays until
// "Reset axes" or until the figure is of something else (`uirevision`).

import { set } from "./arrays.js";
import { tied } from "./places.js";

export class Zoom {
  /** @type {Set<string>} axes whose range is the user's */
  axes = new Set();
  /** @type {Record<string, number[] | undefined>} the ranges that the axes have otherwise */
  home = {};

  /** Begin with a figure's layout in place of another. */
  begin(layout, before) {
    this.home = {};
    for (const [axis, part] of Object.entries(layout))
      if (/^[xy]axis/.test(axis)) this.home[axis] = part.range && [...part.range];
    if (before?.uirevision !== layout.uirevision) this.axes.clear();
    for (const axis of this.axes)
      if (layout[axis])
        Object.assign(layout[axis], { range: before[axis].range, autorange: false });
  }

  /**
   * Set a part of the layout; not the range of an axis that the user has zoomed.
   * @param {string} path
   */
  shift(layout, path, value) {
    const [axis, attribute] = path.split(".");
    if (path === "uirevision" && value !== layout.uirevision) this.axes.clear();
    // A copy: Plotly writes the user's zoom into the other.
    if (attribute === "range") this.home[axis] = [...value];
    if (attribute !== "range" || !this.axes.has(axis)) set(layout, path, value);
  }

  /** Note which axes the user has changed. @param {string[]} changed paths */
  note(layout, changed) {
    for (const path of changed) {
      const axis = path.match(/^([xy]axis\d*)\.(range|autorange)/)?.[1];
      if (axis) for (const each of tied(layout, axis)) this.axes.add(each);
    }
  }

  /** Go back to the figure's own ranges. */
  goHome(layout) {
    for (const axis of this.axes) {
      const range = this.home[axis];
      Object.assign(layout[axis], { range: range && [...range], autorange: !range });
    }
    this.axes.clear();
  }
}
