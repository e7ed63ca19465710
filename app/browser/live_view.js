// What live pictures share. Streamlit calls a component's function on mount and again at every new record; the
// charts themselves live in `views`, outside Streamlit's tree, so that a remount re-attaches them and never makes
// new ones. While Plotly is busy or the pointer is down (a redraw would cancel a drag), only the newest record waits.

const views = (window.w2vViews ||= new Map());

// Show a view in a component's place, made at first sight, with the newest data.
function show(name, make, { data, parentElement, setTriggerValue }) {
  let view = views.get(name);
  if (!view) views.set(name, (view = make()));
  view.follow = (word) => setTriggerValue("follow", word);
  if (view.box.parentNode !== parentElement) parentElement.append(view.box);
  view.take(data);
  // No cleanup function: Streamlit would also call it for calls that newer data have overtaken.
}

class LiveView {
  constructor(className) {
    this.box = element("div", `w2v ${className}`);
    this.pointerDown = false;
    for (const end of ["pointerup", "pointercancel"])
      window.addEventListener(end, () => {
        this.pointerDown = false;
        setTimeout(() => this.draw(), 50); // after Plotly has finished the gesture
      }, true);
  }

  // Hold still while the pointer is down in there.
  guard(node) {
    node.addEventListener("pointerdown", () => (this.pointerDown = true), true);
  }

  take(data) {
    this.newest = data;
    this.draw();
  }

  // Draw the last record again: what is to be seen of it has changed.
  again() {
    if (this.data) this.take(this.newest || this.data);
  }

  // What takes long and may come a moment after the rest.
  async paintLast() {}

  async draw() {
    if (this.busy || this.pointerDown) return;
    this.busy = true;
    try {
      while (this.newest && !this.pointerDown) {
        const data = (this.data = this.newest);
        this.newest = null;
        if (data.run !== this.run) this.forget();
        this.run = data.run;
        let Plotly;
        try {
          Plotly = await loadPlotly();
        } catch {
          this.box.textContent = data.text.missing;
          return;
        }
        const colours = theme(this.box);
        await this.paint(Plotly, data, colours);
        this.updates = (this.updates || 0) + 1; // read by the tests and the benchmark
        this.box.dataset.version = data.version;
        this.box.dataset.step = data.step;
        this.box.dataset.running = data.running;
        await this.paintLast(Plotly, data, colours);
      }
    } finally {
      this.busy = false;
    }
  }
}
