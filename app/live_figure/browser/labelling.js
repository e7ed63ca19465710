// @ts-check
// Label traces hold all their words (in `meta.labels`) and show as many as there is room for.

import { anchored, chooseLabels } from "./labels.js";
import { subplot, textSize } from "./places.js";

/** Put a trace's words aside until it is known how much room there is. */
export function hold(trace) {
  if (!trace.meta?.labels) return;
  const { x, y, z, text: words } = trace;
  trace.meta.labels = { chosen: new Map(), leading: [], ...trace.meta.labels, x, y, z, words };
  Object.assign(trace, { x: [], y: [], ...(z && { z: [] }), text: [] });
}

/**
 * Choose the labels of a figure that is about to be drawn.
 * @param {{ data: any[], layout: any }} figure
 */
export function label(full, figure) {
  const { data, layout } = figure;
  const hidden = data.flatMap(({ uid, visible }) => (visible === "legendonly" ? [uid] : []));
  for (const trace of data) {
    if (!trace.meta?.labels) continue;
    const held = trace.meta.labels;
    const { x, y, z, words, order, leading, most, gap, groups, group, colors, selected } = held;
    const { width, height, at } = subplot(full, layout, trace);
    const { family, size } = { ...layout.font, ...trace.textfont };
    /** @type {Map<number, import("./labels.js").Side>} */
    const labels = chooseLabels(
      [...leading, ...order],
      (i) =>
        hidden.includes(groups?.[group[i]])
          ? null
          : { ...at(x[i], y[i], z?.[i]), width: textSize(words[i], family, size).width },
      { width, height, line: textSize("", family, size).height, gap, most },
      held.chosen,
      leading.length,
    );
    held.chosen = labels;
    const placed = [...labels].reverse(); // the first is drawn last: on top
    const shown = placed.map(([i]) => i);
    const text = (/** @type {number} */ i) => (i === leading[0] ? `<b>${words[i]}</b>` : words[i]);
    if (z) {
      // WebGL takes seconds to make the letters of new words; these are SVG.
      const look = { font: trace.textfont, showarrow: false, borderpad: 0 };
      layout[trace.scene ?? "scene"].annotations = placed.map(([i, side]) => ({
        ...{ x: x[i], y: y[i], z: z[i], text: text(i), ...look, ...anchored(side, gap) },
      }));
      continue;
    }
    Object.assign(trace, {
      x: shown.map((i) => x[i]),
      y: shown.map((i) => y[i]),
      text: shown.map(text),
      textposition: placed.map(([, side]) => side),
      selectedpoints: selected && shown.flatMap((i, at) => (selected.includes(i) ? [at] : [])),
    });
    if (colors) trace.textfont = { ...trace.textfont, color: shown.map((i) => colors[i]) };
  }
}
