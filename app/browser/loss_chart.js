// The loss curve: every block's mean as a faint dot, the running average as a line, the start value dashed.

const LOSS = "#CC79A7";

class LossChart extends Chart {
  constructor(section) {
    super(section, { l: 52, r: 12, t: 8, b: 42 });
  }

  draw(Plotly, data, colours) {
    this.data = data;
    const { loss, text } = data;
    const [raw, smooth] = [loss.raw, loss.smooth].map(floats);
    const pairs = new Float64Array(bytes(loss.pairs));
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
    y[1] = Math.max(y[1], start + 0.08 * (start - y[0])); // room for the start line's label
    // An explosion leaves through the top: to show all of it would flatten the rest.
    if (high > y[1]) y[1] = Math.min(high + 0.15 * span, 3 * start);
  }
}
