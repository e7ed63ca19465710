// The live charts. Streamlit calls the function below on mount and again at every new record; the charts
// themselves live in `views`, outside Streamlit's tree, so that a remount re-attaches them and never makes
// new ones. While Plotly is busy or the pointer is down (a redraw would cancel a drag), only the newest record waits.

const views = (window.w2vViews ||= new Map());

export default function ({ data, parentElement, setTriggerValue }) {
  let view = views.get("train");
  if (!view) views.set("train", (view = new View()));
  view.follow = (word) => setTriggerValue("follow", word);
  if (view.box.parentNode !== parentElement) parentElement.append(view.box);
  view.take(data);
  // No cleanup function: Streamlit would also call it for calls that newer data have overtaken.
}

class View {
  constructor() {
    this.box = element("div", "w2v w2v-live");
    this.charts = element("div", "w2v-charts", this.box);
    this.loss = new LossChart(element("section", "w2v-loss", this.charts));
    this.map = new WordMap(element("section", "w2v-map", this.charts), (word) => this.follow(word));
    this.neighbors = new NeighborList(element("section", "w2v-neighbors", this.box), (word) => this.follow(word));
    this.pointerDown = false;
    this.charts.addEventListener("pointerdown", () => (this.pointerDown = true), true);
    for (const end of ["pointerup", "pointercancel"])
      window.addEventListener(end, () => {
        this.pointerDown = false;
        setTimeout(() => this.draw(), 50); // after Plotly has finished the gesture
      }, true);
  }

  take(data) {
    this.newest = data;
    this.draw();
  }

  async draw() {
    if (this.busy || this.pointerDown) return;
    this.busy = true;
    try {
      while (this.newest && !this.pointerDown) {
        const data = this.newest;
        this.newest = null;
        if (data.run !== this.run) [this.loss, this.map].forEach((chart) => chart.forget());
        this.run = data.run;
        this.neighbors.draw(data);
        let Plotly;
        try {
          Plotly = await loadPlotly();
        } catch {
          this.charts.textContent = data.text.missing;
          return;
        }
        await this.loss.draw(Plotly, data, theme(this.box));
        await this.map.draw(Plotly, data, theme(this.box));
        this.updates = (this.updates || 0) + 1; // read by the tests and the benchmark
        this.box.dataset.version = data.version;
        this.box.dataset.step = data.step;
        this.box.dataset.running = data.running;
      }
    } finally {
      this.busy = false;
    }
  }
}
