// The picture of one run: its loss, its map, the neighbours of a word.

export default function (component) {
  show("train", () => new TrainView(), component);
}

class TrainView extends LiveView {
  constructor() {
    super("w2v-live");
    const charts = element("div", "w2v-charts", this.box);
    this.guard(charts);
    this.loss = new LossChart(element("section", "w2v-loss", charts));
    this.map = new WordMap(element("section", "w2v-map", charts), (word) => this.follow(word));
    this.neighbors = new NeighborList(element("section", "w2v-neighbors", this.box), (word) => this.follow(word));
  }

  forget() {
    [this.loss, this.map].forEach((chart) => chart.forget());
  }

  async paint(Plotly, data, colours) {
    this.neighbors.draw(data);
    await this.loss.draw(Plotly, data, colours);
    await this.map.draw(Plotly, data, colours);
  }
}
