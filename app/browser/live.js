// The live charts. Streamlit calls the function below on mount and again at every new record; the charts
// themselves live in `views`, outside Streamlit's tree, so that a remount re-attaches them and never makes
// new ones. While Plotly is busy or the pointer is down (a redraw would cancel a drag), only the newest record waits.

const views = (window.w2vViews ||= new Map());

export default function ({ data, parentElement, setTriggerValue }) {
  let view = views.get("train");
  if (!view) views.set("train", (view = new View()));
  view.follow = (word) => setTriggerValue("follow", word);
  if (view.box.parentNode !== parentElement) parentElement.append(view.box);
  view.take(data);
  // No cleanup function: Streamlit would also call it for calls that newer data have overtaken.
}

class View {
  constructor() {
    this.box = element("div", "w2v-live");
    this.charts = element("div", "w2v-charts", this.box);
    this.loss = new LossChart(element("section", "w2v-loss", this.charts));
    this.map = new WordMap(element("section", "w2v-map", this.charts), (word) => this.follow(word));
    this.neighbors = new NeighborList(element("section", "w2v-neighbors", this.box), (word) => this.follow(word));
    this.pointerDown = false;
    this.charts.addEventListener("pointerdown", () => (this.pointerDown = true), true);
    for (const end of ["pointerup", "pointercancel"])
      window.addEventListener(end, () => {
        this.pointerDown = false;
        setTimeout(() => this.draw(), 50); // after Plotly has finished the gesture
      }, true);
  }

  take(data) {
    this.newest = data;
    this.draw();
  }

  async draw() {
    if (this.busy || this.pointerDown) return;
    this.busy = true;
    try {
      while (this.newest && !this.pointerDown) {
        const data = this.newest;
        this.newest = null;
        if (data.run !== this.run) [this.loss, this.map].forEach((chart) => chart.forget());
        this.run = data.run;
        this.neighbors.draw(data);
        let Plotly;
        try {
          Plotly = await loadPlotly();
        } catch {
          this.charts.textContent = data.text.missing;
          return;
        }
        await this.loss.draw(Plotly, data, theme(this.box));
        await this.map.draw(Plotly, data, theme(this.box));
        this.updates = (this.updates || 0) + 1; // read by the tests and the benchmark
        this.box.dataset.version = data.version;
        this.box.dataset.step = data.step;
        this.box.dataset.running = data.running;
      }
    } finally {
      this.busy = false;
    }
  }
}

// A Plotly chart whose ranges only grow, until the user zooms; then they stay the user's.
class Chart {
  constructor(section, margin, config = {}) {
    this.config = {
      displaylogo: false,
      doubleClick: false,
      modeBarButtons: [["toImage", "zoom2d", "pan2d", { ...HOME, click: () => this.home() }]],
      ...config, // made once: Plotly takes a new config as a reason to start all over
    };
    this.title = element("h3", "w2v-title", section);
    this.plot = element("div", "w2v-plot", section);
    this.plot.setAttribute("role", "img");
    this.margin = margin;
    this.forget();
  }

  forget() {
    this.zoomed = false;
    this.ranges = null;
  }

  size() {
    const { l, r, t, b } = this.margin;
    return [Math.max(50, this.plot.clientWidth - l - r), Math.max(50, this.plot.clientHeight - t - b)];
  }

  show(Plotly, traces, [x, y], layout, colours) {
    const axis = { gridcolor: colours.grid, zeroline: false, linecolor: colours.grid };
    if (this.zoomed) [x, y] = this.plotted();
    this.last = () => this.draw(Plotly, this.data, colours);
    const whole = {
      width: this.plot.clientWidth,
      height: this.plot.clientHeight,
      margin: this.margin,
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: "rgba(0,0,0,0)",
      font: { color: colours.text, family: colours.font, size: 12 },
      hoverlabel: { bgcolor: colours.background, bordercolor: colours.grid, font: { color: colours.text } },
      showlegend: false,
      uirevision: "keep",
      ...layout,
      // Copies: Plotly writes the user's zoom into them.
      xaxis: { ...axis, ...layout.xaxis, range: [...x] },
      yaxis: { ...axis, ...layout.yaxis, range: [...y] },
    };
    const first = !this.plot.classList.contains("js-plotly-plot");
    const drawn = Plotly.react(this.plot, traces, whole, this.config);
    if (first) this.listen(Plotly);
    // Round caps make the dots of `dots`; set here, not in the style sheet, so that an exported picture has them.
    for (const path of this.plot.querySelectorAll(".js-line")) path.style.strokeLinecap = "round";
    return drawn;
  }

  plotted() {
    return [this.plot.layout.xaxis.range, this.plot.layout.yaxis.range];
  }

  listen(Plotly) {
    this.plot.on("plotly_relayout", (change) => {
      if (Object.keys(change).some((key) => key.includes("axis.range"))) this.zoomed = true;
    });
    this.plot.on("plotly_doubleclick", () => this.home());
    // Labels and ranges depend on the size in pixels.
    new ResizeObserver(() => this.last()).observe(this.plot);
  }

  home() {
    this.zoomed = false;
    if (this.last) this.last();
  }
}

class LossChart extends Chart {
  constructor(section) {
    super(section, { l: 52, r: 12, t: 8, b: 42 });
  }

  draw(Plotly, data, colours) {
    this.data = data;
    const { loss, text } = data;
    const [pairs, raw, smooth] = [loss.pairs, loss.raw, loss.smooth].map(floats);
    this.title.textContent = text.loss;
    this.plot.setAttribute("aria-label", text.loss_alt);
    this.grow(pairs, raw, loss.start);
    const hover = (name) => `${name} %{y:.4f}<br>%{x:,.0f} ${text.pairs}<extra></extra>`;
    const traces = [
      { ...dots(pairs, raw, 3, LOSS, 0.35), name: escape(loss.raw_name), hovertemplate: hover(escape(loss.raw_name)) },
      { x: pairs, y: smooth, mode: pairs.length > 1 ? "lines" : "lines+markers", line: { width: 2.5, color: LOSS },
        marker: { size: 6 }, name: escape(loss.smooth_name), hovertemplate: hover(escape(loss.smooth_name)) },
    ];
    const layout = {
      xaxis: { title: { text: escape(loss.x_title), standoff: 6 }, exponentformat: "SI", nticks: 6 },
      yaxis: { title: { text: escape(loss.y_title), standoff: 6 }, nticks: 7 },
      shapes: [{ type: "line", xref: "paper", x0: 0, x1: 1, y0: loss.start, y1: loss.start,
        line: { dash: "dash", width: 1.5, color: colours.muted } }],
      annotations: [{ xref: "paper", x: 1, xanchor: "right", y: loss.start, yanchor: "bottom", showarrow: false,
        text: escape(loss.start_label), font: { color: colours.muted, size: 12 } }],
    };
    return this.show(Plotly, traces, [this.ranges.x, this.ranges.y], layout, colours);
  }

  grow(pairs, raw, start) {
    this.ranges ||= { x: [0, 1000], y: [0.8 * start, 1.08 * start] };
    const { x, y } = this.ranges;
    const last = pairs.length ? pairs[pairs.length - 1] : 0;
    if (last > x[1]) x[1] = 1.6 * last;
    const [low, high] = [Math.min(...raw, start), Math.max(...raw, start)];
    const span = high - low;
    if (low < y[0]) y[0] = low > 0 ? Math.max(0, low - 0.25 * span) : low - 0.25 * span;
    if (high > y[1]) y[1] = high + 0.15 * span;
  }
}

class WordMap extends Chart {
  constructor(section, follow) {
    super(section, { l: 6, r: 6, t: 4, b: 6 }, { scrollZoom: true });
    this.follow = follow;
    this.note = element("span", "w2v-note", this.title.parentNode);
    this.legend = element("div", "w2v-legend", this.title.parentNode);
  }

  forget() {
    super.forget();
    this.labelled = new Map();
    this.only = null;
  }

  draw(Plotly, data, colours) {
    this.data = data;
    const { map, text } = data;
    const n = map.words.length;
    const xy = floats(map.xy);
    const [x, y] = [new Float32Array(n), new Float32Array(n)];
    for (let i = 0; i < n; i++) [x[i], y[i]] = [xy[2 * i], xy[2 * i + 1]];
    this.title.textContent = text.map;
    this.note.textContent = map.note;
    this.plot.setAttribute("aria-label", text.map_alt);
    this.drawLegend(map);
    const ranges = this.frame(map, x, y);

    const near = integers(map.nearest);
    const k = near.length / n;
    const neighbor = (i, j) => map.nearest_words[near[i * k + j]];
    const at = new Map(map.words.map((word, i) => [word, i]));
    const followed = at.get(map.follow);
    const friends = data.neighbors.slice(0, k).map(([word]) => at.get(word)).filter((i) => i !== undefined);
    const marked = followed === undefined ? [] : [followed, ...friends];

    const hover = (i) => {
      const names = Array.from({ length: k }, (_, j) => escape(neighbor(i, j)));
      const nearest = data.step ? `<br>${escape(text.near)}: ${names.join(", ")}` : "";
      return `<b>${escape(map.words[i])}</b> · ${escape(map.counts[i])}${nearest}`;
    };
    const labels = this.chooseLabels(map, x, y, marked, this.zoomed ? this.plotted() : ranges);
    const labelled = [...labels.keys()];
    const pick = (values, ids) => ids.map((i) => values[i]);
    const traces = [
      ...[-1, ...map.categories.keys()].map((c) => {
        const ids = [...map.category.keys()].filter((i) => map.category[i] === c);
        const [size, colour] = c < 0 ? [4, colours.muted] : [8, map.categories[c].colour];
        const opacity = c < 0 || (this.only !== null && this.only !== c) ? 0.25 : 0.9;
        return { ...dots(pick(x, ids), pick(y, ids), size, colour, opacity),
          customdata: apart(ids.map((i) => [hover(i), i])),
          hovertemplate: "%{customdata[0]}<extra></extra>" };
      }),
      { x: pick(x, marked), y: pick(y, marked), mode: "markers", hoverinfo: "skip",
        marker: { size: marked.map((_, i) => (i ? 12 : 16)), color: "rgba(0,0,0,0)",
          line: { width: 2, color: marked.map((_, i) => (i ? colours.text : CENTER)) } } },
      { x: pick(x, labelled), y: pick(y, labelled), mode: "text", hoverinfo: "skip", textposition: [...labels.values()],
        text: labelled.map((i) => (i === followed ? `<b>${escape(map.words[i])}</b>` : escape(map.words[i]))),
        textfont: { size: LABEL_SIZE, color: colours.text } },
    ];
    const bare = { showgrid: false, showticklabels: false, ticks: "" };
    const layout = { xaxis: bare, yaxis: bare, dragmode: "pan", hovermode: "closest" };
    return this.show(Plotly, traces, ranges, layout, colours);
  }

  // Both axes have the same scale, so that distances can be compared. The view holds the coloured words, a
  // few strays aside, and follows them gently: the first steps move some words far ahead of the rest.
  frame(map, x, y) {
    const [width, height] = this.size();
    const shown = [...x.keys()].filter((i) => map.category[i] >= 0 || !map.categories.length);
    const [left, right] = middle(shown.map((i) => x[i]));
    const [low, high] = middle(shown.map((i) => y[i]));
    const target = {
      x: (left + right) / 2,
      y: (low + high) / 2,
      reach: 1.15 * Math.max((high - low) / 2, ((right - left) / 2) * (height / width)) || 1,
    };
    this.ranges ||= target;
    if (this.data.version !== this.framed)
      for (const key in target) this.ranges[key] += 0.2 * (target[key] - this.ranges[key]);
    this.framed = this.data.version; // drawn again without news, the view stays
    const { x: cx, y: cy, reach } = this.ranges;
    const across = (reach * width) / height;
    return [[cx - across, cx + across], [cy - reach, cy + reach]];
  }

  // Labels that do not overlap. A word that has one keeps it, and its side, as long as it can: labels must
  // not flicker.
  chooseLabels(map, x, y, marked, [[x0, x1], [y0, y1]]) {
    const [width, height] = this.size();
    const before = this.labelled;
    const deserving = new Set(map.label_order);
    const kept = [...before.keys()].filter((i) => deserving.has(i));
    const taken = [];
    this.labelled = new Map();
    for (const i of new Set([...marked, ...kept, ...deserving])) {
      if (taken.length === map.most_labels) break;
      if (this.only !== null && map.category[i] !== this.only && !marked.includes(i)) continue;
      const px = ((x[i] - x0) / (x1 - x0)) * width;
      const py = ((y1 - y[i]) / (y1 - y0)) * height;
      if (px < 0 || px > width || py < 0 || py > height) continue;
      const w = textWidth(map.words[i]);
      for (const side of before.has(i) ? [before.get(i), ...SIDES] : SIDES) {
        const box = labelBox(side, px, py, w);
        if (box[0] < 0 || box[1] < 0 || box[2] > width || box[3] > height) continue;
        if (taken.some((b) => box[0] < b[2] && b[0] < box[2] && box[1] < b[3] && b[1] < box[3])) continue;
        taken.push(box);
        this.labelled.set(i, side);
        break;
      }
    }
    return this.labelled;
  }

  drawLegend(map) {
    const state = JSON.stringify([map.categories, this.only]);
    if (state === this.legendState) return;
    this.legendState = state;
    this.legend.replaceChildren(
      ...map.categories.map(({ title, colour }, c) => {
        const chip = element("button", "w2v-chip");
        chip.type = "button";
        chip.setAttribute("aria-pressed", this.only === c);
        element("i", "", chip).style.background = colour;
        chip.append(title);
        chip.onclick = () => {
          this.only = this.only === c ? null : c;
          this.labelled = new Map();
          this.last();
        };
        return chip;
      }),
    );
  }

  listen(Plotly) {
    super.listen(Plotly);
    this.plot.on("plotly_click", ({ points }) => this.follow(this.data.map.words[points[0].customdata[1]]));
    this.plot.on("plotly_relayout", () => {
      if (!this.settling) setTimeout(() => { this.settling = true; this.last().finally(() => (this.settling = false)); }, 0);
    });
  }
}

// The followed word's neighbours as bars; a click follows one of them.
class NeighborList {
  constructor(section, follow) {
    this.title = element("h3", "w2v-title", section);
    this.list = element("ol", "w2v-bars", section);
    this.rows = [];
    this.follow = follow;
  }

  draw({ neighbors, text, map }) {
    this.title.textContent = text.neighbors;
    while (this.rows.length < neighbors.length) this.rows.push(this.row());
    this.rows.splice(neighbors.length).forEach(({ item }) => item.remove());
    neighbors.forEach(([word, cosine], i) => {
      const row = this.rows[i];
      const at = map.words.indexOf(word);
      const category = at < 0 ? -1 : map.category[at];
      row.word = word;
      row.name.textContent = word;
      row.bar.style.width = `${Math.max(0, 100 * cosine)}%`;
      row.bar.style.background = category < 0 ? "" : map.categories[category].colour;
      row.number.textContent = cosine.toFixed(2);
    });
  }

  row() {
    const item = element("li", "", this.list);
    const row = { item, name: element("button", "w2v-word", item) };
    row.name.type = "button";
    row.name.onclick = () => this.follow(row.word);
    row.bar = element("span", "w2v-bar", element("span", "w2v-track", item));
    row.number = element("span", "w2v-value", item);
    return row;
  }
}

const LOSS = "#CC79A7";
const CENTER = "#0072B2";
// Many dots as one path of points without length: a browser redraws nine paths easily, a thousand markers not.
const apart = (values) => Array.from(values, (value) => [value, value, null]).flat();
function dots(x, y, size, color, opacity) {
  return { x: apart(x), y: apart(y), mode: "lines", opacity, line: { width: size, color, simplify: false } };
}

const LABEL_SIZE = 12;
const SIDES = ["top center", "bottom center", "middle right", "middle left"];
const HOME = {
  name: "home",
  title: "Reset view",
  icon: { width: 24, height: 24, path: "M10 20v-6h4v6h5v-8h3L12 3 2 12h3v8z" },
};

function loadPlotly() {
  return (window.w2vPlotly ||= window.Plotly
    ? Promise.resolve(window.Plotly)
    : new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = "plotly/plotly.min.js";
        script.onload = () => (window.Plotly ? resolve(window.Plotly) : reject(new Error("not Plotly")));
        script.onerror = reject;
        document.head.append(script);
      }));
}

function theme(node) {
  const style = getComputedStyle(node);
  const colour = (name, otherwise) => style.getPropertyValue(name).trim() || otherwise;
  return {
    text: colour("--st-text-color", "#333"),
    background: colour("--st-background-color", "#fff"),
    grid: colour("--st-border-color-light", "#ddd"),
    muted: "#8a8a8a",
    font: style.fontFamily,
  };
}

function element(tag, className, parent) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (parent) parent.append(node);
  return node;
}

// Plotly reads a little HTML in its texts; words are data and must show as themselves.
const escape = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

const bytes = (packed) => Uint8Array.from(atob(packed), (c) => c.charCodeAt(0)).buffer;
const floats = (packed) => new Float32Array(bytes(packed));
const integers = (packed) => new Int32Array(bytes(packed));

// Where Plotly puts a label of width w at a point: left, top, right, bottom in pixels.
function labelBox(side, x, y, w) {
  const h = LABEL_SIZE + 3;
  const left = side === "middle right" ? x + 6 : side === "middle left" ? x - 6 - w : x - w / 2;
  const top = side === "top center" ? y - 5 - h : side === "bottom center" ? y + 5 : y - h / 2;
  return [left - 2, top, left + w + 2, top + h];
}

// The values' ends, half a percent of strays aside.
function middle(values) {
  const sorted = values.sort((a, b) => a - b);
  const at = (share) => sorted[Math.round(share * (sorted.length - 1))];
  return [at(0.005), at(0.995)];
}

const widths = new Map();
let pen;
function textWidth(word) {
  if (!widths.has(word)) {
    if (!pen) {
      pen = document.createElement("canvas").getContext("2d");
      pen.font = `${LABEL_SIZE}px sans-serif`;
    }
    widths.set(word, pen.measureText(word).width);
  }
  return widths.get(word);
}
