// Curves of several runs in one chart: a colour, a dash and a letter each, over a clock that two charts share.

const CLIP = 1.5; // an explosion leaves through the top, at so many times the start

class Curves extends Chart {
  constructor(section) {
    super(section, { l: 56, r: 12, t: 6, b: 40 });
    this.head = element("div", "w2v-head");
    section.prepend(this.head);
    this.head.append(this.title);
  }

  forget() {
    super.forget();
    this.kept = new Map(); // view -> range of y
    this.across = null;
  }

  // Another view has ranges of its own.
  turn() {
    this.zoomed = false;
    this.across = null;
  }

  // Zooming one chart along the clock zooms the other.
  link(other) {
    this.other = other;
  }

  listen(Plotly) {
    super.listen(Plotly);
    this.plot.on("plotly_relayout", (change) => {
      if (!Object.keys(change).some((key) => key.startsWith("xaxis.range"))) return;
      this.other.across = [...this.plotted()[0]];
      this.other.last();
    });
  }

  home() {
    this.other.across = this.across = null;
    this.other.last();
    super.home();
  }

  caption() {
    const head = 52 * scale; // title and legend, above what is seen on the page
    return { title: { text: escape(this.title.textContent), font: { size: 14 * scale }, y: 0.98, yanchor: "top" },
      showlegend: true, legend: { orientation: "h", y: 1, yanchor: "bottom", yref: "paper" },
      height: this.plot.layout.height + head, margin: { ...this.margins(), t: this.margins().t + head } };
  }

  // `lines` are { letter, label, colour, dash, x, y, raw? }; `levels` are { letter, colour, name, y }.
  plotCurves(Plotly, { lines, levels, x, y, across, floating }, colours) {
    const { text } = this.data;
    const hover = ({ letter, label }) =>
      `<b>${letter}</b> ${escape(label)}<br>%{y:.4~g}<br>%{x:,.4~s} ${escape(text[across.unit])}<extra></extra>`;
    const dim = lines.filter(({ raw }) => raw).map((line) => ({
      ...dots(line.x, line.raw, 2.5, line.colour, 0.22), hoverinfo: "skip", showlegend: false }));
    const traces = [...dim, ...lines.map((line) => ({
      x: line.x, y: line.y, mode: line.x.length > 1 ? "lines" : "markers", name: `${line.letter} ${escape(line.label)}`,
      line: { width: 2.5, color: line.colour, dash: line.dash }, marker: { size: 7, color: line.colour },
      hovertemplate: hover(line) }))];
    const shown = this.zoomed ? this.plotted() : [this.across || across.range, y];
    const layout = {
      xaxis: { title: { text: escape(x), standoff: 5 }, exponentformat: "SI", nticks: 7 },
      yaxis: { title: { text: escape(floating), standoff: 5 }, nticks: 6, exponentformat: "SI" },
      shapes: levels.map((level) => ({ type: "line", xref: "paper", x0: 0, x1: 1, y0: level.y, y1: level.y,
        line: { width: 1.2, dash: level.name === "start" ? "dot" : "dash", color: level.colour }, opacity: 0.8 })),
      annotations: [...this.levelNames(levels, shown[1], colours), ...this.ends(lines, shown, colours)],
      hovermode: "closest",
    };
    return this.show(Plotly, traces, [this.across || across.range, y], layout, colours);
  }

  // The letter at each curve's end, moved apart where ends meet.
  ends(lines, [[x0, x1], [y0, y1]], colours) {
    const height = this.size()[1];
    const at = lines.filter(({ y }) => y.length).map(({ letter, colour, x, y }) => {
      let i = y.length - 1;
      while (i > 0 && !Number.isFinite(y[i])) i--;
      return { letter, colour, x: Math.min(x1, Math.max(x0, x[i])), y: Math.min(y1, Math.max(y0, y[i])) };
    });
    const room = (15 * scale * (y1 - y0)) / height;
    const near = (14 * scale * (x1 - x0)) / this.size()[0];
    at.sort((a, b) => a.y - b.y);
    at.forEach((end, i) => {
      end.at = end.y;
      for (const below of at.slice(0, i))
        if (Math.abs(end.x - below.x) < near) end.at = Math.max(end.at, below.at + room);
    });
    const top = y1 - 0.4 * room;
    at.reverse().forEach((end, i) => {
      end.at = Math.min(end.at, top);
      for (const above of at.slice(0, i))
        if (Math.abs(end.x - above.x) < near) end.at = Math.min(end.at, above.at - room);
    });
    return at.map(({ letter, colour, x, at: y }) => ({ x, y, text: `<b>${letter}</b>`, showarrow: false,
      xanchor: "left", xshift: 3, borderpad: 0, bgcolor: plain(colours.background), font: { color: colour, size: 13 } }));
  }

  // What the lines across are, at the right end; names of lines that are close together share a place.
  levelNames(levels, [y0, y1], colours) {
    const room = (15 * scale * (y1 - y0)) / this.size()[1];
    const groups = [];
    for (const level of [...levels].sort((a, b) => a.y - b.y)) {
      const last = groups[groups.length - 1];
      if (last && level.y - last[0].y < room) last.push(level);
      else groups.push([level]);
    }
    return groups.map((group) => {
      const names = [...new Set(group.map(({ name }) => name))].map((name) => {
        const alike = group.filter((level) => level.name === name);
        const letters = alike.map(({ letter }) => letter).sort().join(" ");
        return `${escape(this.data.text[name])} ${letters}`.trim();
      });
      const own = group.length === 1 ? group[0].colour : colours.muted;
      return { xref: "paper", x: 1, xanchor: "right", y: group[group.length - 1].y, yanchor: "bottom", showarrow: false,
        text: names.join(", "), font: { color: own, size: 11 } };
    });
  }

  // A range that holds what is given, grown in leaps so that the axis stands still in between.
  grown(view, first, values) {
    if (!this.kept.has(view)) this.kept.set(view, [...first]);
    const range = this.kept.get(view);
    const [low, high] = values.reduce(([a, b], v) => (Number.isFinite(v) ? [Math.min(a, v), Math.max(b, v)] : [a, b]),
      [Infinity, -Infinity]);
    const span = Math.max(high, range[1]) - Math.min(low, range[0]);
    if (low < range[0]) range[0] = low - 0.25 * span;
    if (high > range[1]) range[1] = high + 0.15 * span;
    return range;
  }
}

// The loss: running or on the probe, in nats or as relative progress.
class LossCurves extends Curves {
  draw(Plotly, data, colours) {
    this.data = data;
    const { text, lanes } = data;
    const { x, y, source } = data.choice;
    this.title.textContent = text.loss;
    this.plot.setAttribute("aria-label", text.loss_alt);
    const lines = [], levels = [];
    for (const { letter, label, colour, dash, [source]: curve } of lanes) {
      if (curve[y] === null) continue; // no floor, no relative progress
      const line = { letter, label, colour, dash, x: clock(curve, x), y: floats(curve[y]) };
      if (y === "nats" && curve.raw) line.raw = floats(curve.raw);
      lines.push(line);
      if (y === "nats") {
        levels.push({ letter, colour, name: "start", y: curve.start });
        if (curve.floor !== null) levels.push({ letter, colour, name: "floor", y: curve.floor });
      }
    }
    if (y === "relative")
      levels.push({ letter: "", colour: colours.muted, name: "start", y: 1 },
        { letter: "", colour: colours.muted, name: "floor", y: 0 });
    const starts = levels.filter(({ name }) => name === "start").map((level) => level.y);
    const floors = levels.filter(({ name }) => name === "floor").map((level) => level.y);
    const top = Math.max(...starts);
    const bottom = Math.min(...floors, 0.8 * Math.min(...starts));
    const first = [bottom - 0.06 * (top - bottom), top + 0.1 * (top - bottom)];
    const values = lines.flatMap((line) => [...line.y]).map((value) => Math.min(value, CLIP * top));
    const range = this.grown(`${source} ${y}`, first, values);
    return this.plotCurves(Plotly, { lines, levels: merged(levels, colours), x: text[`${x}_axis`],
      floating: text[`${y}_axis`], y: range, across: data.across }, colours);
  }
}

// What can be compared whatever the losses are.
class RankCurves extends Curves {
  draw(Plotly, data, colours) {
    this.data = data;
    const { text, lanes } = data;
    const { x, metric } = data.choice;
    this.title.textContent = text.ranks;
    this.plot.setAttribute("aria-label", text.ranks_alt);
    const lines = lanes.map(({ letter, label, colour, dash, probe }) => ({
      letter, label, colour, dash, x: clock(probe, x), y: floats(probe[metric]) }));
    const start = Math.max(...lines.map(({ y }) => y[0]));
    const entropy = metric === "cross_entropy";
    const values = lines.flatMap(({ y }) => [...y]).map((value) => (entropy ? Math.min(value, CLIP * start) : value));
    const range = this.grown(metric, entropy ? [0.7 * start, 1.05 * start] : [0, 0.1], values);
    if (!entropy) range[0] = -0.02 * range[1];
    return this.plotCurves(Plotly, { lines, levels: [], x: text[`${x}_axis`], floating: text[`${metric}_axis`], y: range,
      across: data.across }, colours);
  }
}

const clock = (curve, x) => (x === "seconds" ? floats(curve.seconds) : new Float64Array(bytes(curve[x])));

// Lines at the same height become one, in grey.
function merged(levels, colours) {
  const found = [];
  for (const level of levels) {
    const same = found.find((other) => other.name === level.name && Math.abs(other.y - level.y) < 5e-4 * Math.abs(level.y));
    if (!same) found.push({ ...level });
    else Object.assign(same, { letter: `${same.letter} ${level.letter}`, colour: colours.muted });
  }
  return found;
}
