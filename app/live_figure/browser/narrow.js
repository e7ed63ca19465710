// @ts-check
// What a figure's layout has instead where there is little room across: its `meta.narrow`, by path.

import { set } from "./arrays.js";

const NARROW = 520; // pixels

/**
 * Exchange the parts of a layout that depend on the width, if the width asks for it.
 * @param {Record<string, any>} layout
 * @param {number} width
 */
export function fit(layout, width) {
  const { meta } = layout;
  const narrow = width < NARROW;
  if (!meta?.narrow || narrow === Boolean(meta.isNarrow)) return;
  meta.isNarrow = narrow;
  for (const [path, value] of Object.entries(meta.narrow)) {
    meta.narrow[path] = path
      .split(".")
      .reduce((part, step) => part?.[step], /** @type {any} */ (layout));
    set(layout, path, value);
  }
}
