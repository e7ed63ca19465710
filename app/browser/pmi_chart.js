// Pairs as points: across, where the loss drives them (known from the text alone); up, where the vectors have them.
// Pairs that never occur belong at minus infinity: they stand in a column of their own at the left.

const PAIR = "#009E73"; // a pair is a context, green; what never occurs is met as noise only, vermilion
const STRANGER = "#D55E00";
const LOOKS = [[4, 0.5], [5, 0.6], [6.5, 0.75], [8, 0.95]]; // size and opacity, by how often a pair occurs
const COLUMN = 0.085; // of the width

class PairChart extends Chart {
  constructor(section) {
    super(section, { l: 56, r: 14, t: 8, b: 46 }, { scrollZoom: true });
    this.legend = element("p", "w2v-pair-legend", section);
  }

  draw(Plotly, data, colours) {
    this.data = data;
    const { text, words, classes } = data;
    const [x, y, times, pmi] = ["x", "y", "times", "pmi"].map((name) => floats(data.pairs[name]));
    const [center, context] = ["center", "context"].map((name) => integers(data.pairs[name]));
    const strange = floats(data.strange.y);
    const [strangeCenter, strangeContext] = ["center", "context"].map((name) => integers(data.strange[name]));
    this.title.textContent = text.title;
    this.plot.setAttribute("aria-label", text.alt);
    this.grow(x, y, strange);

    const name = (c, o) => `<b>${escape(words[c])} → ${escape(words[o])}</b>`;
    const says = (value) => value.toFixed(2).replace("-", "−");
    const hover = ({ times: often, said, belongs, pmi: mutual }) => (i) =>
      `${name(center[i], context[i])}<br>${often}: ${+times[i].toPrecision(3)}<br>${said} <b>${says(y[i])}</b>` +
      ` · ${belongs} <b>${says(x[i])}</b><br>${mutual} ${says(pmi[i])}`;
    const told = hover(Object.fromEntries(Object.entries(text.hover).map(([key, value]) => [key, escape(value)])));
    const groups = LOOKS.map(() => []);
    times.forEach((n, i) => groups[classes.filter((limit) => n >= limit).length].push(i));
    this.drawLegend(text, groups);
    const pick = (values, ids) => ids.map((i) => values[i]);
    const spread = (i) => ((i * 0.618034) % 1) * 0.8 + 0.1; // apart from each other, and the same at every look
    const traces = [
      ...groups.map((ids, c) => ({ ...dots(pick(x, ids), pick(y, ids), LOOKS[c][0], PAIR, LOOKS[c][1]),
        name: escape(text.classes[c] ?? ""), showlegend: ids.length > 0,
        customdata: apart(ids.map(told)), hovertemplate: "%{customdata}<extra></extra>" })),
      { ...dots(Array.from(strange, (_, i) => spread(i)), strange, 4, STRANGER, 0.55), xaxis: "x2", showlegend: false,
        customdata: apart(Array.from(strange, (value, i) => `${name(strangeCenter[i], strangeContext[i])}<br>` +
          `${escape(text.hover.said)} <b>${says(value)}</b><br>${escape(text.hover.never)}`)),
        hovertemplate: "%{customdata}<extra></extra>" },
    ];
    const some = strange.length > 0;
    const [low, high] = this.ranges.x;
    const layout = {
      xaxis: { domain: [some ? COLUMN + 0.02 : 0, 1], nticks: 10, title: { text: escape(text.x), standoff: 6 } },
      xaxis2: { domain: [0, COLUMN], range: [0, 1], fixedrange: true, showgrid: false, zeroline: false, anchor: "y",
        tickmode: "array", tickvals: some ? [0.5] : [], ticktext: [text.never], tickfont: { color: STRANGER } },
      yaxis: { nticks: 9, anchor: some ? "x2" : "x", title: { text: escape(text.y), standoff: 6 } },
      shapes: [
        { type: "line", x0: low, x1: high, y0: low, y1: high, line: { dash: "dash", width: 2, color: colours.muted } },
        ...(some ? [{ type: "rect", xref: "paper", yref: "paper", x0: 0, x1: COLUMN, y0: 0, y1: 1, layer: "below",
          line: { width: 0 }, fillcolor: "rgba(213, 94, 0, 0.07)" }] : []),
      ],
      annotations: [{ ...this.onDiagonal(), xanchor: "left", yanchor: "top", xshift: 12, showarrow: false, text: escape(text.diagonal),
        font: { color: colours.muted, size: 12 } }],
      dragmode: "pan",
      hovermode: "closest",
    };
    return this.show(Plotly, traces, [this.ranges.x, this.ranges.y], layout, colours);
  }

  // Where the diagonal is named: low on it, but with room below for the letters.
  onDiagonal() {
    const [[left, right], [low, high]] = [this.ranges.x, this.ranges.y];
    const at = Math.max(left, low + (30 * scale * (high - low)) / this.size()[1]);
    return { x: Math.min(at, right), y: Math.min(at, right) };
  }

  caption() {
    return { title: { text: escape(this.title.textContent), font: { size: 14 * scale } }, showlegend: true,
      margin: { ...this.margins(), t: 40 * scale, b: 70 * scale }, legend: { orientation: "h", y: -0.16, title: { text: escape(this.data.text.legend) } } };
  }

  // The text's side is known from the start; the vectors' side grows as they leave zero, and never shrinks. Pairs that
  // never occur sink without end: the lowest few may leave the view.
  grow(x, y, strange) {
    const span = (values) => values.reduce(([low, high], v) => [Math.min(low, v), Math.max(high, v)], [Infinity, -Infinity]);
    const [left, right] = span(x);
    const room = 0.06 * (right - left) + 0.1;
    this.ranges ||= { x: [left - room, right + room], y: [left - room, right + room] };
    const [low, high] = span(y);
    const sunk = Float32Array.from(strange).sort()[Math.floor(0.04 * strange.length)] ?? 0;
    const range = this.ranges.y;
    if (Math.min(low, sunk) < range[0]) range[0] = Math.min(low, sunk) - 0.8;
    if (high > range[1]) range[1] = high + 0.8;
  }

  drawLegend(text, groups) {
    const state = JSON.stringify([text.legend, text.classes, groups.map((ids) => ids.length > 0)]);
    if (state === this.legendState) return;
    this.legendState = state;
    this.legend.replaceChildren(text.legend, ...groups.flatMap((ids, c) => {
      if (!ids.length) return [];
      const entry = element("span");
      const dot = element("i", "", entry);
      const [size, opacity] = LOOKS[c];
      Object.assign(dot.style, { width: `${size}px`, height: `${size}px`, background: PAIR, opacity });
      entry.append(text.classes[c]);
      return [entry];
    }));
  }
}
