// A sentence with the window on it: the center, its contexts, the words that subsampling dropped, the pairs.
// Stepping along needs nobody's help; other passages, sentences and draws are asked for.
const STEP_MILLISECONDS = 900;
const ICONS = {
  previous: "M6 5h2v14H6zM20 5v14L9 12z",
  back: "M15.5 5 17 6.5 11.5 12l5.5 5.5-1.5 1.5L8.5 12z",
  play: "M8 5v14l11-7z",
  pause: "M7 5h4v14H7zM13 5h4v14h-4z",
  forward: "M8.5 5 7 6.5 12.5 12 7 17.5 8.5 19l7-7z",
  next: "M16 5h2v14h-2zM4 5v14l11-7z",
};

class WindowView {
  constructor(section, ask, marked) {
    this.ask = ask;
    this.onMarked = marked;
    const head = element("div", "w2v-window-head", section);
    this.title = element("h3", "w2v-title", head);
    this.number = element("span", "w2v-said", head);
    this.legend = element("span", "w2v-legend-row", head);
    const buttons = element("div", "w2v-buttons", head);
    const button = (act) => {
      const made = element("button", "w2v-button", buttons);
      made.type = "button";
      made.onclick = act;
      return made;
    };
    this.buttons = {
      previous: button(() => this.ask("move", -1)),
      back: button(() => this.step(-1)),
      play: button(() => this.toggle()),
      forward: button(() => this.step(1)),
      next: button(() => this.ask("move", 1)),
      again: button(() => this.ask("again", null)),
    };
    this.sentence = element("div", "w2v-sentence", section);
    this.said = element("p", "w2v-now", section);
    this.said.setAttribute("aria-live", "polite");
    this.pairs = element("div", "w2v-pairs", section);
    this.note = element("p", "w2v-said", section);
    document.addEventListener("keydown", (event) => this.key(event));
  }

  draw({ window: shown, text }) {
    const asked = JSON.stringify(shown.version);
    const changed = asked !== this.asked;
    [this.shown, this.text, this.asked] = [shown, text, asked];
    this.title.textContent = text.window;
    this.number.textContent = shown.title;
    this.note.textContent = shown.note;
    this.label();
    if (changed) {
      const place = this.wanted === "last" ? shown.words.length - 1 : this.wanted === "first" ? 0 : shown.place;
      this.wanted = null;
      this.at = shown.kept[place] ? place : this.nearest(place);
      this.fillSentence();
    }
    this.paint();
  }

  label() {
    const { text, buttons } = this;
    const [before, after] = this.shown.more;
    const icon = (name, title, shape = name) => {
      buttons[name].replaceChildren(drawing(ICONS[shape]));
      buttons[name].title = title;
      buttons[name].setAttribute("aria-label", title);
    };
    for (const name of ["back", "forward"]) icon(name, text[name]);
    icon("previous", before ? text.previous_passage : text.previous);
    icon("next", after ? text.next_passage : text.next);
    icon("play", this.timer ? text.pause : text.play, this.timer ? "pause" : "play");
    buttons.again.textContent = text.again;
    buttons.again.title = text.again_help;
    const entries = [["center", text.legend_center], ["context", text.legend_context], ["dropped", text.legend_dropped]];
    this.legend.replaceChildren(...entries.map(([kind, label]) => {
      const entry = element("span", `w2v-key w2v-key-${kind}`);
      entry.textContent = label;
      return entry;
    }));
  }

  fillSentence() {
    const { words, more } = this.shown;
    const dots = () => Object.assign(element("span", "w2v-more"), { textContent: "…" });
    this.tokens = words.map((word, i) => {
      const token = element("button", "w2v-token");
      token.type = "button";
      element("bdi", "", token).textContent = word;
      element("small", "", token);
      token.onclick = () => this.choose(i);
      return token;
    });
    this.sentence.replaceChildren(...(more[0] ? [dots()] : []), ...this.tokens, ...(more[1] ? [dots()] : []));
  }

  paint() {
    const { words, kept, keep, reach, pairs, window } = this.shown;
    const { text, at } = this;
    const contexts = new Set(pairs.filter(([center]) => center === at).map(([, context]) => context));
    const order = [...kept.keys()].filter((i) => kept[i]); // the places that are left
    const steps = (i) => order.indexOf(i) - order.indexOf(at);
    this.tokens.forEach((token, i) => {
      const kind = i === at ? "center" : contexts.has(i) ? "context" : "";
      token.className = `w2v-token ${kind && `w2v-${kind}`} ${kept[i] ? "" : "w2v-dropped"}`;
      token.title = fill(text.stays, { keep: keep[i] });
      token.lastChild.textContent = kind === "center" ? text.center : kind && `${steps(i) > 0 ? "+" : "−"}${Math.abs(steps(i))}`;
      token.setAttribute("aria-pressed", i === at);
    });
    const sentence = !kept[at] ? text.dropped : reach[at] === 1 ? text.reach_one : text.reach;
    this.said.textContent = fill(sentence, { word: words[at], reach: reach[at], window, keep: keep[at],
      pairs: contexts.size });
    this.pairs.replaceChildren(...[...contexts].map((context) => {
      const pair = element("span", "w2v-pair");
      element("bdi", "w2v-center", pair).textContent = words[at];
      pair.append("→");
      element("bdi", "w2v-context", pair).textContent = words[context];
      return pair;
    }));
    const [box, token] = [this.sentence, this.tokens[at]].map((part) => part.getBoundingClientRect());
    this.sentence.scrollTop += Math.min(0, token.top - box.top) + Math.max(0, token.bottom - box.bottom);
    this.sentence.dataset.at = at; // read by the tests
    this.onMarked(at);
  }

  nearest(place) {
    const { kept } = this.shown;
    const left = [...kept.keys()].filter((i) => kept[i]);
    return left.length ? left.reduce((a, b) => (Math.abs(b - place) < Math.abs(a - place) ? b : a)) : place;
  }

  choose(place) {
    this.at = place;
    this.paint();
  }

  // On to the next word that is a center; past the end, to the next passage or sentence.
  step(direction) {
    const { kept } = this.shown;
    for (let i = this.at + direction; i >= 0 && i < kept.length; i += direction)
      if (kept[i]) return this.choose(i);
    this.wanted = direction > 0 ? "first" : "last";
    this.ask("move", direction);
  }

  toggle() {
    if (this.timer) clearInterval(this.timer);
    this.timer = this.timer ? null : setInterval(() => this.beat(), STEP_MILLISECONDS);
    this.label();
    if (this.timer) this.step(1);
  }

  beat() {
    if (!this.sentence.isConnected) this.toggle(); // another page
    else this.step(1);
  }

  key(event) {
    const { target, key } = event;
    if (!this.sentence.isConnected || event.ctrlKey || event.metaKey || event.altKey) return;
    if (target.closest("input, textarea, select, [role=slider], [role=listbox], [role=combobox], [role=dialog]")) return;
    if (key === " " && target.closest("button, a, [role=radio], [role=tab]")) return; // the button's own
    const act = { ArrowLeft: () => this.step(-1), ArrowRight: () => this.step(1), " ": () => this.toggle() }[key];
    if (!act) return;
    event.preventDefault();
    act();
  }
}

function drawing(path) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.append(document.createElementNS(svg.namespaceURI, "path"));
  svg.lastChild.setAttribute("d", path);
  return svg;
}
