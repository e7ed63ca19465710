// The map of words: a dot each, coloured by category; labels where there is room; the followed word ringed.

const CENTER = "#0072B2";
const LABEL_SIZE = 12;
const RINGED = 5; // neighbours of the followed word
const CLICK = 5; // pixels that the hand may move in a click
const NEAR = 20; // pixels: as near as Plotly wants for a hover
const SIDES = ["above", "below", "right", "left"];

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
    this.places = [x, y];
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
    const friends = data.neighbors.slice(0, RINGED).map(([word]) => at.get(word)).filter((i) => i !== undefined);
    const marked = followed === undefined ? [] : [followed, ...friends];

    const hover = (i) => {
      const names = Array.from({ length: k }, (_, j) => escape(neighbor(i, j)));
      const nearest = data.step && k ? `<br>${escape(text.near)}: ${names.join(", ")}` : "";
      return `<b>${escape(map.words[i])}</b> · ${escape(map.counts[i])}${nearest}`;
    };
    const view = this.zoomed ? this.plotted() : ranges;
    const labels = this.chooseLabels(map, x, y, marked, view);
    const labelled = [...labels.keys()].reverse(); // the followed word, chosen first, is drawn last: on top
    const [[x0, x1]] = view;
    const perPixel = (x1 - x0) / this.size()[0];
    const pick = (values, ids) => ids.map((i) => values[i]);
    const small = Math.min(1, Math.max(0.5, this.size()[1] / 300)); // dots fit the map
    const traces = [
      ...[-1, ...map.categories.keys()].map((c) => {
        const ids = [...map.category.keys()].filter((i) => map.category[i] === c);
        const background = c < 0 && map.categories.length > 0;
        const [size, colour] = c < 0 ? [background ? 4 : 6, colours.muted] : [8, map.categories[c].colour];
        const opacity = background || (this.only !== null && this.only !== c) ? 0.25 : c < 0 ? 0.5 : 0.9;
        return { ...dots(pick(x, ids), pick(y, ids), small * size, colour, opacity),
          customdata: apart(ids.map((i) => [hover(i), i])),
          hovertemplate: "%{customdata[0]}<extra></extra>" };
      }),
      { x: pick(x, marked), y: pick(y, marked), mode: "markers", hoverinfo: "skip",
        marker: { size: marked.map((_, i) => (i ? 12 : 16)), color: "rgba(0,0,0,0)",
          line: { width: 2, color: marked.map((_, i) => (i ? colours.text : CENTER)) } } },
      // Placed by us to the pixel: Plotly's own offsets depend on markers that are not there.
      { x: labelled.map((i) => x[i] + labels.get(i).dx * perPixel), hoverinfo: "skip", mode: "text",
        y: labelled.map((i) => y[i] - labels.get(i).dy * perPixel), textposition: "middle center",
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
    const size = LABEL_SIZE * scale;
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
      const bold = i === marked[0] ? 1.1 : 1;
      for (const side of before.has(i) ? [before.get(i).side, ...SIDES] : SIDES) {
        const { dx, dy } = offset(side, bold * w, size);
        const box = [px + dx - (bold * w) / 2 - 2, py + dy - size / 2 - 1, px + dx + (bold * w) / 2 + 2,
          py + dy + size / 2 + 1];
        if (box[0] < 0 || box[1] < 0 || box[2] > width || box[3] > height) continue;
        if (taken.some((b) => box[0] < b[2] && b[0] < box[2] && box[1] < b[3] && b[1] < box[3])) continue;
        taken.push(box);
        this.labelled.set(i, { side, dx, dy });
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
        chip.onclick = () => this.highlight(this.only === c ? null : c);
        return chip;
      }),
    );
  }

  // Show one category alone, or (null) all.
  highlight(category) {
    this.only = category;
    this.labelled = new Map();
    this.last();
  }

  // The word nearest to a point of the window, if it is near.
  nearest(clientX, clientY) {
    const [[x0, x1], [y0, y1]] = this.plotted();
    const [width, height] = this.size();
    const { left, top } = this.plot.getBoundingClientRect();
    const { l, t } = this.margins();
    const [x, y] = this.places;
    let [best, found] = [NEAR, undefined];
    for (let i = 0; i < x.length; i++) {
      const across = left + l + ((x[i] - x0) / (x1 - x0)) * width;
      const down = top + t + ((y1 - y[i]) / (y1 - y0)) * height;
      const distance = Math.hypot(across - clientX, down - clientY);
      if (distance < best) [best, found] = [distance, i];
    }
    return found;
  }

  listen(Plotly) {
    super.listen(Plotly);
    // Plotly forgets what the pointer is on whenever it draws, four times a second: it lost one click in four.
    this.plot.addEventListener("pointerdown", (down) => {
      this.pressed = down.button === 0 && down.isPrimary && down.target.closest(".nsewdrag") ? down : null;
    });
    window.addEventListener("pointerup", ({ clientX, clientY }) => {
      const down = this.pressed;
      this.pressed = null;
      if (!down || Math.hypot(clientX - down.clientX, clientY - down.clientY) > CLICK) return;
      // What the label beside a mouse says; a finger points at nothing before it touches.
      const told = down.pointerType === "mouse" ? this.plot._hoverdata?.[0]?.customdata?.[1] : undefined;
      const i = told ?? this.nearest(clientX, clientY);
      if (i !== undefined) this.follow(this.data.map.words[i]);
    }, true);
    window.addEventListener("pointercancel", () => (this.pressed = null), true);
    this.plot.on("plotly_relayout", () => {
      if (!this.settling) setTimeout(() => { this.settling = true; this.last().finally(() => (this.settling = false)); }, 0);
    });
  }
}

// From a point to the middle of its label of width w, in pixels.
function offset(side, w, size) {
  if (side === "above") return { dx: 0, dy: -size };
  if (side === "below") return { dx: 0, dy: size };
  return { dx: (side === "right" ? 1 : -1) * (w / 2 + 7), dy: 0 };
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
  return widths.get(word) * scale;
}
