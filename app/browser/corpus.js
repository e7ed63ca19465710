// The Corpus page in the browser: the window, four charts and the words. As in `live.js`, what is drawn lives
// outside Streamlit's tree, so that a new record changes it and never makes it anew.

const views = (window.w2vViews ||= new Map());

export default function ({ data, parentElement, setTriggerValue }) {
  let view = views.get("corpus");
  if (!view) views.set("corpus", (view = new CorpusView()));
  view.ask = (verb, value) => setTriggerValue("ask", [verb, value]);
  if (view.box.parentNode !== parentElement) parentElement.append(view.box);
  view.take(data);
}

class CorpusView {
  constructor() {
    this.box = element("div", "w2v w2v-corpus");
    const part = (name) => element("section", `w2v-tile w2v-${name}`, this.box);
    const ask = (verb, value) => this.ask(verb, value);
    this.window = new WindowView(part("window"), ask, (at) => this.mark(at));
    this.charts = [new ZipfTile(part("zipf")), new SubsamplingTile(part("subsampling")),
      new NoiseTile(part("noise")), new LengthTile(part("lengths"))];
    this.table = new WordTable(part("table"), ask);
  }

  take(data) {
    const other = this.data?.corpus !== data.corpus;
    this.data = data;
    if (other) this.charts.forEach((chart) => chart.forget());
    this.table.draw(data);
    this.window.draw(data); // marks its center, which draws the charts
  }

  // Show in every chart and in the table where the word at this place of the sentence is.
  mark(at) {
    const { words, ranks, facts, length } = this.data.window;
    this.marked = { word: words[at], rank: ranks[at], length, ...facts[at] };
    this.table.mark(words[at]);
    this.drawCharts();
  }

  async drawCharts() {
    if (this.busy) return void (this.again = true);
    this.busy = true;
    try {
      const Plotly = await loadPlotly();
      const colours = theme(this.box);
      for (const chart of this.charts) {
        chart.marked = this.marked;
        await chart.draw(Plotly, this.data, colours);
      }
      this.box.dataset.drawn = +(this.box.dataset.drawn || 0) + 1; // read by the tests
    } catch (error) {
      if (window.Plotly) throw error;
      this.charts.forEach((chart) => (chart.note.textContent = this.data.text.missing));
    } finally {
      this.busy = false;
      if (this.again) {
        this.again = false;
        this.drawCharts();
      }
    }
  }
}
