// Beside the map: the search, and what there is to know about the chosen words.

class SearchBox {
  constructor(section, hand) {
    this.hand = hand;
    const row = element("div", "w2v-row", section);
    this.input = field(row, "w2v-find", (value) => hand.ask("query", value));
    this.how = chooser(row, "", (value) => hand.ask("how", value));
    this.note = element("p", "w2v-said", section);
    this.found = element("div", "w2v-found", section);
    this.input.addEventListener("input", () => (this.entered = false));
    this.input.addEventListener("keydown", ({ key }) => {
      if (key === "Enter") this.enter();
    });
  }

  // Choose the first word found; if what was found is for another query yet, as soon as it is for this one.
  enter() {
    this.entered = this.query !== this.input.value;
    if (!this.entered && this.words.length) this.hand.pick(this.words[0].word);
    if (!this.entered) return;
    clearTimeout(this.input.waiting);
    this.hand.ask("query", this.input.value);
  }

  draw({ search }, text) {
    this.input.show(text.search, search.query);
    this.how.fill(text.how, search.hows, search.how);
    this.note.textContent = search.note;
    this.note.classList.toggle("w2v-wrong", search.wrong);
    this.words = search.words;
    this.query = search.query;
    if (this.entered && this.query === this.input.value) setTimeout(() => this.enter());
    chips(this.found, search.words, this.hand);
    if (search.words.length > 1) {
      const all = button(null, "w2v-chip w2v-strong", () => this.hand.ask("select", search.words.map(({ word }) => word)));
      all.textContent = text.select_all;
      this.found.prepend(all);
    }
    this.found.hidden = !search.query;
    this.note.hidden = !search.query;
  }
}

class NeighborPanel {
  constructor(section, hand) {
    this.hand = hand;
    this.section = section;
    this.head = element("div", "w2v-side-head", section);
    this.name = element("bdi", "w2v-chosen", this.head);
    this.facts = element("span", "w2v-said", this.head);
    const row = element("div", "w2v-row", section);
    this.metric = chooser(row, "", (value) => hand.ask("metric", value));
    this.k = chooser(row, "w2v-short", (value) => hand.ask("k", +value));
    this.isolate = button(row, "w2v-button", () => hand.ask("isolate", null));
    this.clear = button(row, "w2v-button", () => hand.ask("word", null));
    this.truth = element("p", "w2v-said w2v-truth", section);
    this.scroll = element("div", "w2v-scroll", section);
    this.ranking = new Ranking(this.scroll, hand);
    this.group = element("div", "w2v-group", this.scroll);
    this.strangersTitle = element("p", "w2v-said", this.scroll);
    this.strangers = element("div", "w2v-group", this.scroll);
  }

  draw({ neighbors }, text) {
    this.name.textContent = neighbors.title;
    this.facts.textContent = neighbors.facts;
    this.metric.fill(text.metric, neighbors.metrics, neighbors.metric);
    this.k.fill(text.k, neighbors.ks, neighbors.k);
    this.metric.hidden = this.k.hidden = !neighbors.rows.length;
    for (const [node, label, help] of [[this.isolate, text.isolate, text.isolate_help], [this.clear, "✕", text.clear]]) {
      node.textContent = label;
      node.title = help;
      node.setAttribute("aria-label", help);
      node.hidden = !neighbors.chosen;
    }
    this.truth.textContent = neighbors.truth;
    this.ranking.draw(neighbors.rows, text.not_on_map);
    chips(this.group, neighbors.group, this.hand);
    this.strangersTitle.textContent = neighbors.strangers.length ? text.strangers : "";
    chips(this.strangers, neighbors.strangers, this.hand);
  }
}

class AnalogyPanel {
  constructor(section, hand) {
    this.section = section;
    this.form = element("div", "w2v-analogy", section);
    const typed = () => hand.ask("analogy", this.inputs.map((input) => input.value));
    this.inputs = [0, 1, 2].map(() => field(this.form, "", typed, 250));
    [":", "::"].forEach((sign, i) => this.inputs[i].after(Object.assign(element("span"), { textContent: sign })));
    element("span", "", this.form).textContent = ": ?";
    const label = element("label", "w2v-said w2v-check", section);
    this.own = Object.assign(element("input", "", label), { type: "checkbox" });
    this.own.onchange = () => hand.ask("own", this.own.checked);
    this.ownLabel = element("span", "", label);
    this.note = element("p", "w2v-said w2v-truth", section);
    const scroll = element("div", "w2v-scroll", section);
    this.ranking = new Ranking(scroll, hand);
    this.oddTitle = element("h4", "", scroll);
    const row = element("div", "w2v-row", scroll);
    this.odd = field(row, "", (value) => hand.ask("odd", value), 250);
    this.oddAnswer = element("p", "w2v-said w2v-answer", scroll);
    this.title = element("h4", "", scroll);
    this.total = element("p", "w2v-said", scroll);
    this.sections = element("ol", "w2v-ranking w2v-sections", scroll);
    this.hand = hand;
  }

  draw({ analogies }, text) {
    this.inputs.forEach((input, i) => input.show("abc"[i], analogies.words[i]));
    this.own.checked = analogies.own;
    this.ownLabel.textContent = text.own;
    this.note.textContent = analogies.note;
    this.note.classList.toggle("w2v-wrong", analogies.wrong);
    this.ranking.draw(analogies.rows, text.not_on_map);
    this.title.textContent = analogies.sections.length ? text.sections : "";
    this.total.textContent = analogies.total;
    this.sections.replaceChildren(...analogies.sections.map(({ title, share, value, question }) => {
      const item = element("li");
      const name = button(item, "w2v-word", () => {
        this.inputs.forEach((input, i) => (input.value = question[i]));
        this.hand.ask("analogy", question.slice(0, 3));
      });
      name.textContent = title;
      name.title = question.join(" · ");
      element("span", "w2v-bar", element("span", "w2v-track", item)).style.width = `${100 * share}%`;
      element("span", "w2v-value", item).textContent = value;
      return item;
    }));
    this.oddTitle.textContent = text.odd;
    this.odd.show(analogies.odd_example, analogies.odd);
    this.oddAnswer.textContent = analogies.odd_answer;
  }
}

class TimePanel {
  constructor(section, hand) {
    this.section = section;
    this.hand = hand;
    this.note = element("p", "w2v-said", section);
    const row = element("div", "w2v-row", section);
    this.play = button(row, "w2v-button", () => this.toggle());
    this.slider = Object.assign(element("input", "w2v-slider", row), { type: "range", min: 0, step: 0.01, disabled: true });
    this.slider.oninput = () => {
      this.stop();
      this.show();
    };
    this.moment = element("p", "w2v-said w2v-moment", section);
    const scroll = element("div", "w2v-scroll", section);
    this.title = element("h4", "", scroll);
    this.ranking = new Ranking(scroll, hand);
    this.movedTitle = element("h4", "", scroll);
    this.moved = new Ranking(scroll, hand);
  }

  // The frames come when they are asked for, and stay until the run has gone on.
  draw(frames, history, text) {
    Object.assign(this, { frames, history, text });
    this.note.textContent = frames.note;
    this.movedTitle.textContent = frames.moved.length ? text.moved : "";
    this.moved.draw(frames.moved, text.not_on_map);
    this.slider.max = Math.max(0, frames.moments.length - 1);
    this.slider.setAttribute("aria-label", text.moment);
    this.slider.disabled = this.play.disabled = frames.moments.length < 2;
    if (frames.key !== this.key) this.slider.value = this.slider.max;
    this.key = frames.key;
    this.label();
    this.show();
  }

  label() {
    this.play.replaceChildren(icon(this.playing ? "pause" : "play"));
    this.play.title = this.playing ? this.text.stop : this.text.replay;
    this.play.setAttribute("aria-label", this.play.title);
  }

  toggle() {
    if (this.playing) return this.stop();
    if (+this.slider.value >= +this.slider.max) this.slider.value = 0;
    let before = performance.now();
    const tick = (now) => {
      this.slider.value = Math.min(this.slider.max, +this.slider.value + (now - before) / TimePanel.FRAME_MS);
      before = now;
      this.show();
      if (+this.slider.value >= +this.slider.max) this.stop();
      else this.playing = requestAnimationFrame(tick);
    };
    this.playing = requestAnimationFrame(tick);
    this.label();
  }

  stop() {
    if (this.playing) cancelAnimationFrame(this.playing);
    this.playing = null;
    this.label();
  }

  show() {
    const { moments } = this.frames;
    const { title, neighbors } = this.history;
    if (!moments.length) return;
    const at = +this.slider.value;
    const frame = Math.round(at);
    this.moment.textContent = moments[frame];
    this.slider.setAttribute("aria-valuetext", moments[frame]);
    this.title.textContent = neighbors.length ? title : "";
    this.ranking.draw(neighbors[frame] || [], this.text.not_on_map);
    this.hand.moment(at);
  }
}
TimePanel.FRAME_MS = 160;
