// Several runs side by side: a card each, two linked charts, and below them neighbours or maps.

const MAPS_MS = 50; // to spend on maps at each record, if only just begun
const ANSWER_MS = 600; // in which maps wait after a click or a key outside of the charts: the answer comes first

export default function (component) {
  show("compare", () => new CompareView(), component);
}

class CompareView extends LiveView {
  constructor() {
    super("w2v-compare");
    this.choice = { x: "pairs", y: "nats", source: "running", metric: "mean_reciprocal_rank", lower: "neighbors_of" };
    this.clocks = {}; // how far each clock's axis reaches
    this.cards = element("div", "w2v-cards", this.box);
    const curves = element("div", "w2v-curves", this.box);
    this.loss = new LossCurves(element("section", "w2v-loss", curves));
    this.ranks = new RankCurves(element("section", "w2v-ranks", curves));
    this.loss.link(this.ranks);
    this.ranks.link(this.loss);
    this.note = element("p", "w2v-said", this.box);
    this.lower = element("div", "w2v-lower", this.box);
    const head = element("div", "w2v-head", this.lower);
    this.switches = [
      this.switch(this.loss.head, "source", ["running", "probe"]),
      this.switch(this.loss.head, "y", ["nats", "relative"]),
      this.switch(this.loss.head, "x", ["pairs", "rows", "seconds"]),
      this.switch(this.ranks.head, "metric", ["mean_reciprocal_rank", "top_10", "cross_entropy"]),
      this.switch(head, "lower", ["neighbors_of", "maps"]),
    ];
    this.aside = element("span", "w2v-aside", head);
    this.columns = element("div", "w2v-columns", this.lower);
    this.maps = element("div", "w2v-maps", this.lower);
    this.wordMaps = [];
    this.drawn = []; // when each map was
    this.guard(curves);
    this.guard(this.maps);
    for (const type of ["pointerdown", "keydown"])
      window.addEventListener(type, ({ target }) => {
        if (!this.box.contains(target)) this.acted = performance.now();
      }, true);
  }

  switch(parent, name, options, chosen = this.choice[name]) {
    return new Switch(parent, name, options, chosen, (option) => {
      this.choice = { ...this.choice, [name]: option };
      if (name !== "lower") [this.loss, this.ranks].forEach((chart) => chart.turn());
      this.again();
    });
  }

  forget() {
    this.clocks = {};
    [this.loss, this.ranks, ...this.wordMaps].forEach((chart) => chart.forget());
  }

  async paint(Plotly, data, colours) {
    const { lanes, text } = data;
    const seen = { ...data, choice: this.choice, across: this.across(lanes) };
    this.box.style.setProperty("--runs", lanes.length);
    this.box.dataset.view = Object.values(this.choice).join(" "); // read by the tests
    for (const drawn of this.switches) drawn.draw(text[drawn.box.dataset.name], text);
    this.drawCards(lanes);
    this.note.textContent = data.notes[this.choice.y];
    await this.loss.draw(Plotly, seen, colours);
    await this.ranks.draw(Plotly, seen, colours);
    const maps = this.choice.lower === "maps";
    document.documentElement.classList.toggle("w2v-taller", maps); // see compare.css
    this.columns.hidden = maps;
    this.maps.hidden = !maps;
    this.aside.textContent = maps ? text.maps_note : "";
    if (!maps) this.drawNeighbors(data);
  }

  async paintLast(Plotly, data, colours) {
    if (this.choice.lower === "maps") await this.drawMaps(Plotly, data, colours);
  }

  // The clock that both charts share: as far as the run that is farthest, and some room to go on.
  across(lanes) {
    const { x } = this.choice;
    const ends = lanes.map(({ running }) => clock(running, x)).map((values) => values[values.length - 1] || 0);
    const far = Math.max(...ends);
    if (!(1.06 * far <= this.clocks[x])) // with room for the letters at the ends
      this.clocks[x] = Math.max(1.6 * far, x === "seconds" ? 0.1 : 1000);
    return { range: [0, this.clocks[x]], unit: x };
  }

  drawCards(lanes) {
    fit(this.cards, lanes.length, () => {
      const card = element("div", "w2v-card");
      card.head = element("div", "w2v-card-head", card);
      card.line = sample(card.head);
      card.name = element("b", "", card.head);
      card.loss = element("div", "w2v-card-loss", card);
      card.cost = element("div", "w2v-card-cost", card);
      return card;
    }).forEach((card, i) => {
      const lane = lanes[i];
      paintSample(card.line, lane);
      card.name.textContent = `${lane.letter}  ${lane.label}`;
      card.loss.textContent = lane.card[this.choice.source];
      card.cost.textContent = lane.card.cost;
    });
  }

  drawNeighbors({ lanes, map }) {
    fit(this.columns, lanes.length, () => {
      const section = element("section", "w2v-column");
      section.list = new NeighborList(section, (word) => this.follow(word));
      section.list.title.prepend((section.line = sample()));
      return section;
    }).forEach((section, i) => {
      const lane = lanes[i];
      section.list.draw({ neighbors: lane.neighbors, map, text: { neighbors: lane.letter } });
      section.list.title.prepend(section.line); // the title's text has just replaced it
      paintSample(section.line, lane);
    });
  }

  async drawMaps(Plotly, { lanes, map, text, step, version, run, running }, colours) {
    fit(this.maps, lanes.length, () => {
      const section = element("section", "w2v-map");
      section.map = new WordMap(section, (word) => this.follow(word));
      section.map.highlight = (category) =>
        this.wordMaps.forEach((other) => other.last && WordMap.prototype.highlight.call(other, category));
      this.wordMaps.push(section.map);
      section.line = sample(section);
      return section;
    });
    this.lower.append(this.wordMaps[0].legend); // one for all
    // While runs play, the next record may come before all maps are drawn: those that have waited longest go first.
    const waiting = [...lanes.keys()].sort((i, j) => (this.drawn[i] || 0) - (this.drawn[j] || 0));
    const began = performance.now();
    if (running && began - this.acted < ANSWER_MS) return;
    for (const i of waiting) {
      const [section, lane] = [this.maps.children[i], lanes[i]];
      const data = { map: { ...map, xy: lane.xy, note: "" }, neighbors: lane.neighbors, step, version, run,
        text: { ...text, map: lane.letter } };
      await section.map.draw(Plotly, data, colours);
      paintSample(section.line, lane);
      this.drawn[i] = performance.now();
      if (running && performance.now() - began > MAPS_MS) break;
    }
  }
}

// As many children as there are runs; those of runs that are no more only hide, their charts kept.
function fit(parent, count, make) {
  while (parent.children.length < count) parent.append(make());
  const children = [...parent.children];
  children.forEach((child, i) => (child.hidden = i >= count));
  return children.slice(0, count);
}

// A short piece of a run's line: its colour and its dash.
function sample(parent) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "w2v-sample");
  svg.setAttribute("viewBox", "0 0 34 8");
  svg.append(document.createElementNS(svg.namespaceURI, "path"));
  svg.lastChild.setAttribute("d", "M1 4H33");
  if (parent) parent.append(svg);
  return svg;
}

function paintSample(svg, { colour, dash }) {
  svg.lastChild.setAttribute("stroke", colour);
  svg.lastChild.setAttribute("stroke-dasharray", dash === "solid" ? "none" : dash.replaceAll("px", ""));
}
