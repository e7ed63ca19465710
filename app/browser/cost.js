// The page about costs: the chart, and a card for each loss.

const SHAPES = { circle: "M6 1a5 5 0 1 0 .01 0z", square: "M1.5 1.5h9v9h-9z", diamond: "M6 0l6 6-6 6-6-6z",
  "triangle-up": "M6 .8l6 10.4H0z" };

export default function (component) {
  show("cost", () => new CostView(), component);
}

class CostView extends LiveView {
  constructor() {
    super("w2v-cost");
    const grid = element("div", "w2v-cost-grid", this.box);
    const section = element("section", "w2v-cost-chart", grid);
    this.guard(section);
    this.chart = new CostChart(section);
    this.side = element("aside", "w2v-prices", grid);
    this.cards = [];
    this.note = element("p", "w2v-cost-note", this.box);
  }

  forget() {
    this.chart.forget();
  }

  async paint(Plotly, data, colours) {
    while (this.cards.length < data.series.length) this.cards.push(this.card());
    data.series.forEach(({ name, colour, symbol, lines }, i) => {
      const card = this.cards[i];
      card.name.textContent = name;
      card.shape.setAttribute("d", SHAPES[symbol]);
      card.box.style.setProperty("--colour", colour);
      card.lines.forEach((line, j) => (line.textContent = lines[j] ?? "\u00a0"));
    });
    this.note.textContent = data.text.note;
    await this.chart.draw(Plotly, data, colours);
  }

  card() {
    const box = element("section", "w2v-price", this.side);
    const head = element("h4", "", box);
    head.innerHTML = '<svg viewBox="0 0 12 12" aria-hidden="true"><path/></svg>';
    return { box, shape: head.querySelector("path"), name: element("span", "", head),
      lines: Array.from({ length: 4 }, () => element("p", "", box)) };
  }
}
