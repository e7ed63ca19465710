// What all live charts share: Plotly itself, ranges that hold still, and a few small tools.

// A Plotly chart whose ranges are its own until the user zooms; then they stay the user's.
class Chart {
  constructor(section, margin, config = {}) {
    this.config = {
      displaylogo: false,
      doubleClick: false,
      showTips: false, // they are in English
      modeBarButtons: [[
        { ...PICTURE, click: () => this.save("png") },
        { ...DRAWING, click: () => this.save("svg") },
        "zoom2d", "pan2d", { ...HOME, click: () => this.home() },
      ]],
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

  margins() {
    return enlarged(this.margin, scale, true);
  }

  size() {
    const { l, r, t, b } = this.margins();
    return [Math.max(50, this.plot.clientWidth - l - r), Math.max(50, this.plot.clientHeight - t - b)];
  }

  show(Plotly, traces, [x, y], layout, colours) {
    const { text } = this.data;
    const axis = { gridcolor: colours.grid, zeroline: false, linecolor: colours.grid };
    if (this.zoomed) [x, y] = this.plotted();
    const by = scale;
    this.Plotly = Plotly;
    this.last = () => this.draw(Plotly, this.data, theme(this.plot));
    const whole = {
      width: this.plot.clientWidth,
      height: this.plot.clientHeight,
      margin: this.margins(),
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: "rgba(0,0,0,0)",
      font: { color: colours.text, family: colours.font, size: 12 * by },
      hoverlabel: { bgcolor: colours.background, bordercolor: colours.grid,
        font: { color: colours.text, size: 13 * by } },
      modebar: { bgcolor: "rgba(0,0,0,0)", color: colours.muted, activecolor: colours.text },
      showlegend: false,
      uirevision: "keep",
      ...enlarged(layout, by),
      // Copies: Plotly writes the user's zoom into them.
      xaxis: { ...axis, ...enlarged(layout.xaxis, by), range: [...x] },
      yaxis: { ...axis, ...enlarged(layout.yaxis, by), range: [...y] },
    };
    const first = !this.plot.classList.contains("js-plotly-plot");
    const drawn = Plotly.react(this.plot, enlarged(traces, by), whole, this.config);
    if (first) this.listen(Plotly);
    const buttons = [...this.plot.querySelectorAll(".modebar-btn")];
    buttons.forEach((button, i) => button.setAttribute("data-title", text.buttons[i]));
    for (const path of this.plot.querySelectorAll(".js-line")) path.style.strokeLinecap = "round"; // see `dots`
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

  // What a picture that stands alone needs besides.
  caption() {
    return {};
  }

  // Save the chart as it is seen, on the page's background: "svg", or "png" with two pixels for each one.
  async save(format) {
    const name = this.title.textContent.trim().replace(/[^\p{L}\p{N}]+/gu, "_");
    const layout = { ...this.plot.layout, paper_bgcolor: plain(theme(this.plot).background), ...this.caption() };
    const { width, height } = layout;
    const figure = { data: this.plot.data, layout };
    const drawn = await this.Plotly.toImage(figure, { format: "svg", width, height, imageDataOnly: true });
    const svg = drawn.replaceAll('class="js-line"', 'class="js-line" stroke-linecap="round"'); // see `dots`
    const blob = new Blob([svg], { type: "image/svg+xml" });
    download(format === "svg" ? blob : await pixels(blob, width, height), `${name}.${format}`);
  }

  home() {
    this.zoomed = false;
    if (this.last) this.last();
  }
}

const PICTURE = {
  name: "picture",
  icon: { width: 24, height: 24, path: "M21 19V5a2 2 0 0 0-2-2H5a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h14a2 2 0 0 0 2-2zM8.5 13.5l2.5 3 3.5-4.5 4.5 6H5z" },
};
const DRAWING = {
  name: "drawing",
  icon: { width: 24, height: 24, path: "M3 4v16h18v-2H5V4zM7 16l4-6 4 3 5-8-1.7-1-4 6.3-4-3L5.3 15z" },
};
const HOME = {
  name: "home",
  icon: { width: 24, height: 24, path: "M10 20v-6h4v6h5v-8h3L12 3 2 12h3v8z" },
};

function loadPlotly() {
  return (window.w2vPlotly ||= window.Plotly
    ? Promise.resolve(window.Plotly)
    : new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = "plotly/plotly.min.js";
        script.onload = () => (window.Plotly ? resolve(window.Plotly) : reject(new Error("not Plotly")));
        script.onerror = (error) => { window.w2vPlotly = null; reject(error); }; // the next record tries again
        document.head.append(script);
      }));
}

// How much larger than usual the page's letters are (its large type enlarges charts with it), as `theme` last saw it:
// to ask the browser again and again would make it work out all styles each time.
let scale = 1;

function theme(node) {
  const style = getComputedStyle(node);
  scale = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
  const colour = (name, otherwise) => style.getPropertyValue(name).trim() || otherwise;
  return {
    text: colour("--st-text-color", "#333"),
    ink: plain(colour("--st-text-color", "#333")),
    background: colour("--st-background-color", "#fff"),
    grid: colour("--st-border-color-light", "#ddd"),
    muted: "#8a8a8a",
    font: style.fontFamily,
  };
}

// A colour as Plotly understands it for lines and areas: the theme's may be written in newer ways (oklch).
const plainColours = new Map();
function plain(colour) {
  if (!plainColours.has(colour)) {
    const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 });
    const pen = canvas.getContext("2d");
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 1, 1);
    plainColours.set(colour, `rgb(${[...pen.getImageData(0, 0, 1, 1).data].slice(0, 3)})`);
  }
  return plainColours.get(colour);
}

// Many dots as one path of points without length: a browser redraws nine paths easily, a thousand markers not.
// Round caps make them visible, which Plotly has no setting for.
const apart = (values) => Array.from(values, (value) => [value, value, null]).flat();
function dots(x, y, size, color, opacity) {
  return { x: apart(x), y: apart(y), mode: "lines", opacity, line: { width: size, color, simplify: false } };
}

// Letters, lines, markers (or, with `all`, every number) of a part of a Plotly figure, so much larger.
const GROWING = new Set(["size", "width", "standoff", "xshift", "yshift"]);
function enlarged(part, by, all = false) {
  if (by === 1 || part === null || typeof part !== "object" || ArrayBuffer.isView(part)) return part;
  if (Array.isArray(part)) return typeof part[0] === "object" ? part.map((item) => enlarged(item, by, all)) : part;
  return Object.fromEntries(Object.entries(part).map(([key, value]) => {
    if (!all && !GROWING.has(key)) return [key, enlarged(value, by)];
    return [key, Array.isArray(value) ? value.map((number) => number * by) : value * by];
  }));
}

async function pixels(svg, width, height) {
  const url = URL.createObjectURL(svg);
  const image = Object.assign(new Image(), { src: url, width, height });
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: 2 * width, height: 2 * height });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(url);
  return new Promise((resolve) => canvas.toBlob(resolve));
}

function download(blob, name) {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
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
