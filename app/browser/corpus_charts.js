// The still charts of a corpus. Three share the axis of ranks, and mark the center word of the sentence on it.

const [CENTER, NOISE] = ["#0072B2", "#D55E00"];
const TILE = { l: 56, r: 12, t: 6, b: 34 };

const fill = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);

class Tile extends Chart {
  constructor(section) {
    super(section, TILE);
    const head = element("div", "w2v-tile-head");
    section.prepend(head);
    this.legend = element("span", "w2v-lines");
    head.append(this.title, this.legend);
    this.note = element("p", "w2v-said", section);
  }

  // `lines` name what is drawn: [style, colour, name].
  head(title, note, lines = []) {
    this.title.textContent = title;
    this.legend.replaceChildren(...lines.map(([style, colour, name]) => {
      const entry = element("span");
      Object.assign(element("i", "", entry).style, { borderTopStyle: style, borderTopColor: colour });
      entry.append(name);
      return entry;
    }));
    this.note.textContent = note;
    this.note.title = note;
    this.plot.setAttribute("aria-label", `${title}. ${note}`);
  }
}

// Between the numbers on a logarithmic axis of so many decades: 1 2 5, or powers of ten.
const spacing = (decades) => (decades < 1.5 ? "D2" : Math.ceil(decades / 5));

// Something against the rank of a word, both on logarithmic axes.
class RankTile extends Tile {
  draw(Plotly, data, colours) {
    this.data = data;
    const xs = [-0.12, Math.log10(data.curve.size) + 0.12];
    const { traces, ys, y_title, y_format, marks } = this.content(colours);
    const tickfont = { size: 11 };
    const layout = {
      xaxis: { type: "log", dtick: 1, exponentformat: "SI", tickfont, title: { text: escape(data.text.rank), standoff: 4 } },
      yaxis: { type: "log", dtick: spacing(ys[1] - ys[0]), exponentformat: "SI", tickformat: y_format || ",~f", tickfont,
        title: { text: escape(y_title), standoff: 4 } },
      hovermode: "closest",
    };
    const marked = this.marked && marks(this.marked);
    if (marked)
      traces.push({ x: marked.map(() => this.marked.rank), y: marked, mode: "markers", hoverinfo: "skip",
        marker: { size: 9, color: CENTER, line: { width: 2, color: colours.background } } });
    if (marked) layout.annotations = [this.label(marked[0], xs, colours)];
    return this.show(Plotly, traces, [xs, ys], layout, colours);
  }

  label(y, [x0, x1], colours) {
    const x = Math.log10(this.marked.rank);
    const left = x > (x0 + x1) / 2;
    return { x, y: Math.log10(y), text: `<b>${escape(this.marked.word)}</b>`, showarrow: false,
      xanchor: left ? "right" : "left", xshift: left ? -7 : 7, yshift: left ? -9 : 9,
      font: { size: 12, color: colours.text }, bgcolor: colours.background, opacity: 0.9, borderpad: 1 };
  }

  // Lines through (rank, value), with the word and the exact value on hover.
  line(values, style, unit) {
    const { curve, text } = this.data;
    return { x: curve.ranks, y: values, mode: "lines", line: style, customdata: curve.words.map(escape),
      hovertemplate: `<b>%{customdata}</b> · ${escape(text.hover_rank)} %{x:,}<br>%{y${unit}<extra></extra>` };
  }

  range(low, high) {
    const [a, b] = [Math.log10(low), Math.log10(high)];
    const room = Math.max(0.06 * Math.max(1, b - a), (0.7 - (b - a)) / 2); // so that 1, 2 and 5 are two at least
    return [a - room, b + room];
  }
}

class ZipfTile extends RankTile {
  content(colours) {
    const { curve, zipf, text } = this.data;
    this.head(text.zipf, zipf.note, [["dashed", colours.muted, text.fitted]]);
    const traces = [
      { x: [1, curve.size], y: zipf.line, mode: "lines", hoverinfo: "skip",
        line: { dash: "dash", width: 1.5, color: colours.muted } },
      { ...this.line(curve.counts, { width: 2.5, color: colours.ink }, `:,} ${escape(text.hover_times)}`),
        mode: "lines+markers", marker: { size: 4, color: colours.ink } },
    ];
    const low = Math.max(0.5, Math.min(...curve.counts, ...zipf.line));
    return { traces, ys: this.range(low, Math.max(...curve.counts, ...zipf.line)), y_title: text.count,
      marks: ({ count }) => [count] };
  }
}

class SubsamplingTile extends RankTile {
  content(colours) {
    const { curve, subsampling, text } = this.data;
    const lines = [["dotted", colours.muted, text.before], ["solid", colours.ink, text.after]];
    this.head(text.subsampling, subsampling.note, lines);
    const left = curve.counts.map((count, i) => count * subsampling.keep[i]);
    const traces = [
      this.line(curve.counts, { width: 1.5, dash: "dot", color: colours.muted },
        `:,} ${escape(text.before)}`),
      { ...this.line(left, { width: 2.5, color: colours.ink }, `:,.1f} ${escape(text.after)}`),
        fill: "tozeroy", fillcolor: "rgba(128,128,128,0.12)" },
    ];
    const ys = this.range(Math.min(...left, 1), Math.max(...curve.counts));
    return { traces, ys, y_title: text.count, marks: ({ count, share }) => [count * share] };
  }
}

const DASHES = ["dot", "solid", "dash"]; // Plotly's names
const BORDERS = ["dotted", "solid", "dashed"]; // and those of style sheets

class NoiseTile extends RankTile {
  content(colours) {
    const { noise, text } = this.data;
    const names = noise.powers.map((power) => fill(text.power, { power }));
    this.head(text.noise, noise.note, noise.powers.map((power, i) => [BORDERS[i], NOISE, i ? power : names[0]]));
    const traces = noise.probabilities.map((values, i) => {
      const style = { width: i === 1 ? 2.5 : 1.5, dash: DASHES[i], color: NOISE };
      return this.line(values, style, `:.2~%} · ${escape(names[i])}`);
    });
    const all = noise.probabilities.flat();
    return { traces, ys: this.range(Math.min(...all), Math.max(...all)), y_title: text.probability,
      y_format: "~%", marks: ({ noise }) => [noise] };
  }
}

class LengthTile extends Tile {
  draw(Plotly, data, colours) {
    this.data = data;
    const { lengths, text } = data;
    this.head(text.lengths, lengths.note);
    const places = lengths.counts.map((_, i) => i);
    const names = places.map((i) => name(lengths.from[i], lengths.to[i]));
    const traces = [{ type: "bar", x: places, y: lengths.counts, marker: { color: colours.ink, opacity: 0.7 },
      customdata: names, width: 0.85,
      hovertemplate: `%{customdata} ${escape(text.hover_words)}<br>%{y:,} ${escape(text.hover_sentences)}<extra></extra>` }];
    // Among the first lengths, the one of the sentence in the window.
    const here = lengths.to.findIndex((to) => this.marked && this.marked.length <= to);
    if (here >= 0)
      traces[0].marker = { color: places.map((i) => (i === here ? CENTER : colours.ink)),
        opacity: places.map((i) => (i === here ? 1 : 0.7)) };
    const every = Math.max(1, Math.ceil(places.length / 8));
    const ticks = places.filter((i) => i % every === 0);
    const layout = {
      xaxis: { title: { text: escape(text.length), standoff: 4 }, tickvals: ticks, ticktext: ticks.map((i) => names[i]),
        showgrid: false, tickfont: { size: 11 } },
      yaxis: { nticks: 4, exponentformat: "SI", tickfont: { size: 11 } },
    };
    const ranges = [[-0.7, places.length - 0.3], [0, 1.08 * Math.max(...lengths.counts)]];
    return this.show(Plotly, traces, ranges, layout, colours);
  }
}

const name = (from, to) => (from === to ? `${from}` : `${from}–${to}`);
