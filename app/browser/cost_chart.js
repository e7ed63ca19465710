// Time (or, before anything is measured, scores) of one pair against the size of the vocabulary, both logarithmic:
// theory dashed, measurements as points joined by a line, each loss named where its line ends.

const SIGNS = { circle: "●", square: "■", diamond: "◆", "triangle-up": "▲" };
const log = (value) => Math.log10(value);

class CostChart extends Chart {
  constructor(section) {
    super(section, { l: 64, r: 150, t: 8, b: 44 });
    this.legend = element("p", "w2v-cost-legend", section);
  }

  draw(Plotly, data, colours) {
    this.data = data;
    const { text, sizes } = data;
    this.title.textContent = text.title;
    this.plot.setAttribute("aria-label", text.alt);
    this.legend.textContent = data.measured ? `● ${text.legend[0]}   ┅ ${text.legend[1]}` : "\u00a0";
    const x = [log(sizes[0]) - 0.08, log(sizes[sizes.length - 1]) + 0.08];
    const [low, high] = data.range.map(log);
    const y = [low - 0.15, high + 0.2];
    if (this.measured !== data.measured) this.zoomed = false; // other units
    this.measured = data.measured;
    const hover = { hovertemplate: "%{customdata}<extra></extra>" };
    const traces = [
      ...data.series.map(({ theory, theory_hover, colour }) => ({ x: theory.length ? sizes : [], y: theory, mode: "lines",
        customdata: theory_hover.map(escape), line: { width: 2, color: colour, dash: "dash" }, opacity: 0.75, ...hover })),
      ...data.series.map((one) => ({ x: one.x, y: one.y, mode: "lines+markers", customdata: one.hover.map(escape),
        line: { width: 2.5, color: one.colour }, ...hover,
        marker: { size: 10, color: one.colour, symbol: one.symbol, line: { width: 1.5, color: colours.background } } })),
    ];
    const ticks = { tickmode: "array", title: { standoff: 8 } };
    const layout = {
      xaxis: { ...ticks, type: "log", tickvals: sizes, ticktext: this.sizeLabels(x), tickangle: 0, title: { text: escape(text.x), standoff: 6 } },
      yaxis: { ...ticks, type: "log", tickvals: data.ticks.map(([value]) => value), ticktext: data.ticks.map(([, label]) => label),
        title: { text: escape(text.y), standoff: 6 } },
      annotations: this.names(data.series, y),
      hovermode: "closest",
    };
    return this.show(Plotly, traces, [x, y], layout, colours);
  }

  caption() {
    const title = `${escape(this.title.textContent)}<br><span style="font-size: 80%">${escape(this.legend.textContent)}</span>`;
    return { title: { text: title, font: { size: 14 * scale } }, margin: { ...this.margins(), t: 56 * scale } };
  }

  // The sizes' labels, from the largest down, without those for which there is no room.
  sizeLabels([low, high]) {
    const { sizes, size_labels: labels } = this.data;
    const perPixel = (high - low) / this.size()[0];
    let free = Infinity;
    return sizes.map(log).reduceRight((shown, at, i) => {
      const fits = at <= free;
      if (fits) free = at - 44 * scale * perPixel;
      return [fits ? labels[i] : "", ...shown];
    }, []);
  }

  // Each loss's name at the end of its line, moved apart where lines end together.
  names(series, [low, high]) {
    const height = this.size()[1];
    const room = 18 * scale;
    const ends = series
      .map(({ x, y, theory, name, colour, symbol }) => {
        const measured = x.length === this.data.sizes.length;
        const end = theory.length ? (measured ? y[y.length - 1] : theory[theory.length - 1]) : null;
        return { name, colour, symbol, at: end && ((high - log(end)) / (high - low)) * height };
      })
      .filter(({ at }) => at !== null)
      .sort((a, b) => a.at - b.at);
    for (let i = 1; i < ends.length; i++) ends[i].at = Math.max(ends[i].at, ends[i - 1].at + room);
    return this.zoomed ? [] : ends.map(({ name, colour, symbol, at }) => ({ xref: "paper", x: 1, xanchor: "left", xshift: 4, yref: "paper",
      y: 1 - at / height, yanchor: "middle", showarrow: false, align: "left", font: { size: 12 },
      text: `<span style="color: ${colour}">${SIGNS[symbol]}</span> ${escape(name)}` }));
  }
}
