// @ts-check
// What a click means. Plotly forgets what the pointer is on whenever it draws, and a live chart is
// drawn four times a second: it lost one click in four. So a click takes what the hover label said
// when the button went down, or else the nearest point of a trace that has something to tell
// (`customdata`).

import { subplot } from "./places.js";

const CLICK = 5; // pixels that the hand may move in a click
const NEAR = 20; // pixels: as near as Plotly wants for a hover

/** What a point of a trace stands for. @param {number} i */
export function meaning(trace, i) {
  const value = trace.customdata?.[i];
  return Array.isArray(value) ? value[0] : value;
}

/**
 * @param {any} told what the hover label was about; of another place, if the pointer was quick
 * @param {PointerEvent} event
 * @returns {any} what the point stands for that is meant; undefined if none is near
 */
export function picked(plot, traces, told, event) {
  const chart = plot.getBoundingClientRect();
  const away = (trace) => {
    const { left, top, width, at } = subplot(plot._fullLayout, plot.layout, trace);
    const [across, down] = [event.clientX - chart.left - left, event.clientY - chart.top - top];
    return (/** @type {number} */ i) => {
      const { x, y } = at(trace.x[i], trace.y[i], trace.z?.[i]);
      if (trace.type !== "bar") return Math.hypot(x - across, y - down);
      if (trace.orientation !== "h") return Math.abs(x - across);
      return across > width ? NEAR : Math.abs(y - down); // a row begins with its word, at the left
    };
  };
  const { data, pointNumber } = told ?? {};
  if (told && !(data.x && away(data)(pointNumber) > NEAR)) return meaning(data, pointNumber);
  let [closest, found] = [NEAR, undefined];
  for (const trace of traces) {
    if (!trace.customdata || trace.visible === "legendonly") continue;
    const distance = away(trace);
    for (let i = 0; i < trace.customdata.length; i++)
      if (distance(i) < closest) [closest, found] = [distance(i), meaning(trace, i)];
  }
  return found;
}

/** The pointer over a chart: whether it is down, and where it clicked. */
export class Pointer {
  /** @param {(told: any, event: PointerEvent) => void} clicked @param {() => void} released */
  constructor(plot, clicked, released) {
    this.down = false;
    this.listening = new AbortController();
    const options = { capture: true, signal: this.listening.signal };
    /** @type {{ x: number, y: number, told: any } | null} */
    let start = null;
    const press = (/** @type {PointerEvent} */ event) => {
      this.down = true;
      const { button, isPrimary, pointerType, clientX: x, clientY: y } = event;
      const target = event.target instanceof Element ? event.target : null;
      const plotted = target?.closest(".nsewdrag, .gl-container > *");
      // In the margin, too: the words of bars stand there. What Plotly last told is of elsewhere.
      const inside = plotted || target?.matches(".svg-container, .gl-container");
      const told = plotted && pointerType === "mouse" ? plot._hoverdata?.[0] : undefined;
      start = button === 0 && isPrimary && inside ? { x, y, told } : null;
    };
    const release = (/** @type {PointerEvent} */ event) => {
      if (!this.down) return;
      this.down = false;
      setTimeout(released, 50); // after Plotly has finished the gesture
      if (!start || event.type !== "pointerup") return;
      const way = Math.hypot(event.clientX - start.x, event.clientY - start.y);
      if (way <= CLICK) clicked(start.told, event);
    };
    plot.addEventListener("pointerdown", press, options);
    addEventListener("pointerup", release, options);
    addEventListener("pointercancel", release, options);
  }
}
