// What all live charts share: Plotly itself, ranges that hold still, and a few small tools.

// A Plotly chart whose ranges are its own until the user zooms; then they stay the user's.
class Chart {
  constructor(section, margin, config = {}) {
    this.config = {
      displaylogo: false,
      toImageButtonOptions: { scale: 2 },
      doubleClick: false,
      showTips: false, // they are in English
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
    const { text } = this.data;
    const axis = { gridcolor: colours.grid, zeroline: false, linecolor: colours.grid };
    if (this.zoomed) [x, y] = this.plotted();
    this.last = () => this.draw(Plotly, this.data, theme(this.plot));
    const whole = {
      width: this.plot.clientWidth,
      height: this.plot.clientHeight,
      margin: this.margin,
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: "rgba(0,0,0,0)",
      font: { color: colours.text, family: colours.font, size: 12 },
      hoverlabel: { bgcolor: colours.background, bordercolor: colours.grid, font: { color: colours.text } },
      modebar: { bgcolor: "rgba(0,0,0,0)", color: colours.muted, activecolor: colours.text },
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
    const buttons = [...this.plot.querySelectorAll(".modebar-btn")];
    buttons.forEach((button, i) => button.setAttribute("data-title", text.buttons[i]));
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

function theme(node) {
  const style = getComputedStyle(node);
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
const apart = (values) => Array.from(values, (value) => [value, value, null]).flat();
function dots(x, y, size, color, opacity) {
  return { x: apart(x), y: apart(y), mode: "lines", opacity, line: { width: size, color, simplify: false } };
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
