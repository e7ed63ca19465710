// @ts-check
// What Streamlit calls: `show` for the element that holds a figure, `move` for the one that brings
// what has moved. Streamlit calls a component again at every message and puts its element elsewhere
// as it likes. So the charts live here, by name, and are attached to wherever their place is now:
// none is ever made anew while it is shown.

import { decoded } from "./arrays.js";
import { LiveFigure } from "./figure.js";

/** @type {Map<string, LiveFigure>} */
const charts = new Map();

/** @param {string} name @returns {any} */
const chart = (name) => charts.get(name) ?? charts.set(name, new LiveFigure()).get(name);

export function show({ data, parentElement, setTriggerValue }) {
  const shown = chart(data.name);
  shown.tell = setTriggerValue;
  if (shown.node.parentNode !== parentElement) parentElement.append(shown.node);
  shown.take(data);
  setTimeout(forgetOthers, 5000);
}

export function move({ data }) {
  const { figures, facts } = decoded(data);
  for (const [name, moves] of Object.entries(figures)) chart(name).move(moves, facts);
}

// Charts of pages that were left: a browser has few WebGL contexts, and takes none back by itself.
function forgetOthers() {
  for (const [name, shown] of charts)
    if (!shown.node.isConnected) {
      shown.end();
      charts.delete(name);
    }
}
