// The page about what is learned: one chart.

export default function (component) {
  show("pmi", () => new PairView(), component);
}

class PairView extends LiveView {
  constructor() {
    super("w2v-pmi");
    const section = element("section", "w2v-pairs-chart", this.box);
    this.guard(section);
    this.chart = new PairChart(section);
  }

  forget() {
    this.chart.forget();
  }

  async paint(Plotly, data, colours) {
    await this.chart.draw(Plotly, data, colours);
  }
}
