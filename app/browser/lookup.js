// The Lookup page in the browser: a question, and its answer while it is typed. What is drawn lives outside Streamlit's
// tree, as in `live.js`, so that the field keeps its focus whatever is drawn around it.

const views = (window.w2vViews ||= new Map());

export default function ({ data, parentElement, setTriggerValue }) {
  let view = views.get("lookup");
  if (!view) views.set("lookup", (view = new LookupView()));
  view.ask = (verb, value) => setTriggerValue("ask", [verb, value]);
  if (view.box.parentNode !== parentElement) {
    parentElement.append(view.box);
    view.arrived = true;
  }
  view.take(data);
}

const NOTHING = { tokens: [], cards: [], between: [], hints: [] }; // where there are no vectors yet
const TYPING_MS = 80; // a pause this long is worth an answer

class LookupView {
  constructor() {
    this.box = element("div", "w2v w2v-lookup");
    this.standing = new Standing(element("div", "w2v-standing", this.box), (verb) => this.ask(verb, null));
    this.form = new QuestionForm(element("div", "w2v-question", this.box), (question) => this.ask("question", question),
      () => this.ask("save", null));
    this.hints = element("div", "w2v-hints", this.box);
    this.hints.setAttribute("aria-live", "polite");
    this.between = element("div", "w2v-between", this.box);
    this.cards = element("div", "w2v-cards", this.box);
    this.legend = element("div", "w2v-key", this.box);
  }

  take(data) {
    this.data = data = { ...NOTHING, ...data };
    this.standing.draw(data);
    this.form.draw(data, this.arrived);
    this.arrived = false;
    this.drawHints(data);
    // While every word may go on the last answer stays, faintly: nothing jumps about between two words.
    const unfinished = !data.cards.length && data.question.words.trim() && data.standing.what === this.asked
      && data.hints.every(({ options }) => options.length);
    this.asked = data.standing.what;
    this.box.classList.toggle("w2v-stale", Boolean(unfinished));
    if (!unfinished) {
      this.drawBetween(data);
      this.drawCards(data);
    }
    writeAddress(data.link);
    if (data.file && data.file.number !== this.saved) this.save(data.file); // not when drawn again
    this.box.dataset.answers = data.question.words; // read by the tests
    this.box.dataset.drawn = +(this.box.dataset.drawn || 0) + 1;
  }

  // Ask with another word in one place, or with one more.
  put(at, word) {
    const words = [...this.data.tokens];
    words[Math.min(at, words.length)] = word;
    this.form.write(words.map(quoted).join(", "));
  }

  save({ number, name, content }) {
    this.saved = number;
    download(new Blob([bytes(content)], { type: "text/csv" }), name);
  }

  drawHints({ hints }) {
    const state = JSON.stringify(hints);
    if (state === this.hinted) return;
    this.hinted = state;
    this.hints.replaceChildren(...hints.map((hint) => {
      const line = element("div", "w2v-hint");
      element("span", "w2v-hint-label", line).textContent = hint.label;
      for (const word of hint.options) line.append(this.word(word, () => this.put(hint.at, word)));
      return line;
    }));
  }

  word(word, onclick) {
    const button = element("button", "w2v-word");
    button.type = "button";
    button.dir = "auto";
    button.textContent = word;
    button.onclick = onclick;
    return button;
  }

  drawBetween({ between, cards, text }) {
    this.between.hidden = !between.length;
    if (!between.length) return;
    const words = cards.map((card) => card.word);
    const state = JSON.stringify([between, words, text.between]);
    if (state === this.compared) return;
    this.compared = state;
    this.between.replaceChildren();
    element("h3", "w2v-title", this.between).textContent = text.between;
    const table = element("table", "w2v-pairs-table", this.between);
    const compare = (line, row, column) => {
      const cell = element("td", row === column ? "w2v-itself" : "", line);
      cell.textContent = between[row][column].value;
      cell.style.setProperty("--near", `${100 * between[row][column].near}%`);
    };
    if (words.length === 2) {
      const line = element("tr", "", table);
      wordCell(line, words[0]);
      compare(line, 0, 1);
      wordCell(line, words[1]);
      return;
    }
    const head = element("tr", "", table);
    element("th", "", head);
    words.forEach((word) => wordCell(head, word));
    words.forEach((word, row) => {
      const line = element("tr", "", table);
      wordCell(line, word);
      words.forEach((_, column) => compare(line, row, column));
    });
  }

  drawCards(data) {
    const { cards, text } = data;
    const kept = [...this.cards.children];
    while (kept.length > cards.length) kept.pop().remove();
    cards.forEach((card, i) => (kept[i]?.card || this.newCard()).draw(card, data));
    this.cards.dataset.count = cards.length;
    this.legend.hidden = !cards.length;
    const shared = cards.some((card) => card.near.some((near) => near.shared));
    this.legend.textContent = shared ? `${text.hill} ${text.shared}` : text.hill;
  }

  newCard() {
    const section = element("section", "w2v-card", this.cards);
    return (section.card = new Card(section, this));
  }
}

// Which vectors are asked, how far they are trained, and a button that stops or goes on.
class Standing {
  constructor(box, ask) {
    this.what = element("span", "w2v-what", box);
    this.track = element("span", "w2v-track", box);
    this.bar = element("span", "w2v-bar", this.track);
    this.state = element("span", "w2v-state", box);
    this.button = element("button", "w2v-button", box);
    this.button.type = "button";
    this.button.onclick = () => ask(this.verb);
  }

  draw({ standing }) {
    this.what.textContent = standing.what;
    this.state.textContent = standing.state;
    this.track.hidden = standing.share === null;
    this.bar.style.width = `${100 * (standing.share || 0)}%`;
    this.button.hidden = !standing.verb;
    this.button.textContent = standing.label || "";
    this.verb = standing.verb;
  }
}

// The field, k and the metric.
class QuestionForm {
  constructor(box, ask, save) {
    this.ask = ask;
    this.field = element("input", "w2v-search", box);
    Object.assign(this.field, { type: "search", spellcheck: false, autocomplete: "off", maxLength: 300 });
    this.field.setAttribute("autocapitalize", "none");
    // What an input method has not finished is no word yet: pinyin, say.
    this.field.addEventListener("input", (event) => event.isComposing || this.soon());
    this.field.addEventListener("compositionend", () => this.soon());
    this.field.addEventListener("keydown", (event) => event.key === "Enter" && !event.isComposing && this.now());
    const label = element("label", "w2v-k", box);
    this.kName = element("span", "", label);
    this.k = element("input", "w2v-search", label);
    Object.assign(this.k, { type: "number", min: 1, max: 100 });
    this.k.addEventListener("input", () => this.soon());
    this.metrics = element("div", "w2v-metrics", box);
    this.metrics.setAttribute("role", "group");
    this.save = element("button", "w2v-button", box);
    this.save.type = "button";
    this.save.onclick = save;
  }

  write(words) {
    this.field.value = words;
    this.field.focus();
    this.now();
  }

  soon() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.now(), TYPING_MS);
  }

  now() {
    clearTimeout(this.waiting);
    this.waiting = null;
    this.ask({ words: this.field.value, k: this.k.valueAsNumber || null, metric: this.metric });
  }

  draw({ question, cards, text }, arrived) {
    const typing = (field) => document.activeElement === field || this.waiting;
    if (arrived || !typing(this.field)) this.field.value = question.words;
    if (arrived || !typing(this.k)) this.k.value = question.k;
    this.metric = question.metric;
    this.field.placeholder = text.search;
    this.field.setAttribute("aria-label", text.search);
    this.kName.textContent = text.k;
    this.k.title = text.k_help;
    this.metrics.setAttribute("aria-label", text.metric);
    this.save.textContent = text.save;
    this.save.title = text.save_help;
    this.save.disabled = !cards.length;
    const chosen = Object.entries(text.metrics).map(([id, label]) => {
      const chip = element("button", "w2v-chip");
      chip.type = "button";
      chip.textContent = label;
      chip.title = text.metrics_help[id];
      chip.setAttribute("aria-pressed", id === question.metric);
      chip.onclick = () => { this.metric = id; this.now(); };
      return chip;
    });
    const focused = [...this.metrics.children].indexOf(document.activeElement);
    this.metrics.replaceChildren(...chosen);
    chosen[focused]?.focus();
    if (arrived) this.field.select(); // and gives it the focus: what is typed takes the place of what was asked
  }
}

const quoted = (word) => (/[\s,，、;；]/.test(word) ? `"${word}"` : word);

function wordCell(line, word) {
  const span = element("bdi", "", element("th", "", line));
  span.textContent = span.title = word;
}
