// @ts-check
// One Plotly chart that stays alive: data come and go; the plot, its zoom, its camera and what is
// hidden remain. `st.plotly_chart` cannot do it (it makes a new chart for every new point), and
// Plotly does not choose labels that do not overlap.

import { parsed, set } from "./arrays.js";
import { Glide } from "./glide.js";
import { hold, label } from "./labelling.js";
import { meaning, Pointer, picked } from "./picking.js";
import { asVectors, hasWebgl, plotly, saveButtons } from "./plotly.js";
import { Zoom } from "./zoom.js";

const NARROW = 520; // pixels across; below (or `meta.below`), a layout has its `meta.narrow`
const RESTS = 150; // milliseconds until a camera that was turned has come to rest

/** @typedef {{ data: any[], layout: Record<string, any> }} Figure */
/**
 * @typedef {object} Waiting what is not drawn yet
 * @property {Figure} [figure]
 * @property {Record<string, any>} traces
 * @property {Record<string, any>} layout
 * @property {number} [glide] milliseconds in which points go to their new places
 */

export class LiveFigure {
  constructor() {
    this.node = document.createElement("div");
    this.node.className = "live-figure";
    this.node.setAttribute("role", "img");
    /** @type {any} */
    this.plot = document.createElement("div");
    this.note = document.createElement("p"); // what is said in the chart's place
    this.node.append(this.plot, this.note);
    /** @type {(event: string, value: any) => void} */
    this.tell = () => {};
    /** @type {Figure} */
    this.figure = { data: [], layout: {} };
    /** @type {Waiting | null} */
    this.waiting = null;
    this.glide = new Glide();
    this.zoom = new Zoom();
    this.configured = ""; // of what the present `config` was made
    this.drawn = 0;
    this.sizes = new ResizeObserver(() => this.again());
    this.sizes.observe(this.node);
    this.pointer = new Pointer(
      this.plot,
      (told, event) => this.clicked(told, event),
      () => this.draw(),
    );
  }

  /** Take a figure, unless it is the present one. */
  take(data) {
    this.data = data;
    this.node.style.height = data.height;
    this.node.setAttribute("aria-label", data.alt);
    if (data.figure === this.json) return this.again();
    const early = this.json ? {} : this.waiting; // moves may come first
    this.waiting = { traces: {}, layout: {}, ...early, figure: parsed(data.figure) };
    this.json = data.figure;
    this.draw();
  }

  /** Take what has moved; what an overtaken message brought is kept. */
  move({ traces = {}, layout = {}, glide = 0 }, facts) {
    this.waiting ??= { traces: {}, layout: {} };
    for (const [uid, arrays] of Object.entries(traces))
      this.waiting.traces[uid] = { ...this.waiting.traces[uid], ...arrays };
    Object.assign(this.waiting.layout, layout);
    this.waiting.glide = glide;
    this.facts = facts;
    this.draw();
  }

  /** Draw what is drawn once more: labels depend on size and zoom. */
  again() {
    this.waiting ??= { traces: {}, layout: {} };
    this.draw();
  }

  /** Let go of what the browser holds for the chart. */
  end() {
    this.sizes.disconnect();
    this.pointer.listening.abort();
    /** @type {any} */ (window).Plotly?.purge(this.plot);
  }

  // The newest data wait while Plotly is busy or the pointer is down: a drag would be canceled.
  async draw() {
    if (this.busy || !this.json) return;
    this.busy = true;
    try {
      const Plotly = await plotly();
      while (this.waiting && !this.pointer.down && this.node.clientWidth) {
        const began = performance.now();
        await this.paint(Plotly);
        if (!this.glide.points.length) continue;
        await new Promise(requestAnimationFrame);
        this.glide.took = performance.now() - began;
        this.again();
      }
    } catch (error) {
      if ("Plotly" in window) throw error;
      this.say(this.data.words.missing);
    } finally {
      this.busy = false;
    }
  }

  /** Say something in place of the chart, or (with no text) show it. @param {string} text */
  say(text) {
    this.note.textContent = text;
    this.plot.hidden = text !== "";
  }

  async paint(Plotly) {
    const { figure, traces, layout, glide } = /** @type {Waiting} */ (this.waiting);
    this.waiting = null;
    if (figure) this.begin(figure);
    const time = figure ? 0 : glide;
    if (time !== undefined) this.glide.depart(time, performance.now());
    for (const trace of this.figure.data)
      for (const [path, value] of Object.entries(traces[trace.uid] ?? {})) {
        const part = trace.meta?.labels && path !== "visible" ? trace.meta.labels : trace;
        if (!this.glide.takes(part, path, value)) set(part, path, value);
      }
    this.glide.proceed(performance.now());
    for (const [path, value] of Object.entries(layout))
      this.zoom.shift(this.figure.layout, path, value);
    const drawable = !this.figure.layout.scene || hasWebgl();
    this.say(drawable ? "" : this.data.words.no_webgl);
    if (!drawable) return;
    const { clientWidth: width, clientHeight: height } = this.node;
    Object.assign(this.figure.layout, { width, height });
    const { narrow: other = {}, below = NARROW } = this.figure.layout.meta ?? {};
    for (const [path, [narrow, wide]] of Object.entries(other))
      set(this.figure.layout, path, (width < below ? narrow : wide) ?? undefined);
    const made = this.plot.classList.contains("js-plotly-plot");
    if (made) label(this.plot._fullLayout, this.figure);
    // Plotly notes a camera before it has come to rest, and would turn it back.
    const { scene } = this.plot._fullLayout ?? {};
    if (scene && this.figure.layout.uirevision === this.plot.layout.uirevision)
      this.figure.layout.scene.camera = scene._scene.getCamera();
    const data = hasWebgl() ? this.figure.data : asVectors(this.figure.data);
    await Plotly.react(this.plot, data, this.figure.layout, this.config);
    if (!made) this.listen();
    if (!made || figure) this.again(); // labels need the sizes that are known only now
    this.drawn += 1;
    this.node.dataset.drawn = String(this.drawn);
    Object.assign(this.node.dataset, this.facts);
  }

  /** Begin with a new figure: of the same thing, it keeps what the user did. @param {Figure} figure */
  begin(figure) {
    const { data, layout } = this.figure;
    this.figure = figure;
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) delete figure.layout.transition;
    this.zoom.begin(figure.layout, layout);
    for (const trace of figure.data) {
      hold(trace);
      const former = data.find(({ uid }) => uid === trace.uid)?.visible;
      if (layout.uirevision === figure.layout.uirevision && former === "legendonly")
        trace.visible = former;
    }
    const { words, file } = this.data;
    const config = { ...this.data.config, ...figure.layout.meta?.config };
    if (JSON.stringify([config, file]) === this.configured) return;
    this.configured = JSON.stringify([config, file]); // another object: Plotly starts all over
    const locales = { [config.locale]: { dictionary: words } };
    this.config = { ...config, locales, modeBarButtonsToAdd: saveButtons(this.plot, words, file) };
  }

  /** @param {any} told what the hover label was about @param {PointerEvent} event */
  clicked(told, event) {
    if (!this.data.events.includes("click")) return;
    const value = picked(this.plot, this.figure.data, told, event);
    if (value !== undefined) this.tell("click", value);
  }

  // What Plotly says of the user's doings.
  listen() {
    const { plot } = this;
    plot.on("plotly_relayout", (change) => {
      const changed = Object.keys(change);
      // Only "Reset axes" does this.
      if (changed.some((path) => path.endsWith(".showspikes"))) return this.goHome();
      this.zoom.note(this.figure.layout, changed);
      setTimeout(() => this.again(), this.figure.layout.scene ? RESTS : 0);
    });
    plot.on("plotly_doubleclick", () => this.goHome());
    plot.on("plotly_restyle", () => this.again());
    if (!this.data.events.includes("select")) return;
    // Not those of a drawing that takes an outline away: the user selected nothing else.
    const tell = (points) => {
      const all = points.map(({ data, pointNumber }) => meaning(data, pointNumber));
      const meant = all.filter((value) => value !== undefined);
      if (!this.busy) this.tell("select", meant);
    };
    plot.on("plotly_selected", (event) => tell(event?.points ?? []));
    plot.on("plotly_deselect", () => tell([]));
  }

  goHome() {
    this.zoom.goHome(this.figure.layout);
    this.again();
  }
}
