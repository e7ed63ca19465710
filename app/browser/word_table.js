// The words with their counts, searched as one types. A click finds a sentence with the word.
class WordTable {
  constructor(section, ask) {
    this.ask = ask;
    const head = element("div", "w2v-table-head", section);
    this.title = element("h3", "w2v-title", head);
    this.note = element("span", "w2v-said", head);
    const tools = element("div", "w2v-tools", section);
    this.search = element("input", "w2v-search", tools);
    this.search.type = "search";
    this.search.addEventListener("input", () => {
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => this.ask("query", this.search.value), 150);
    });
    this.orders = [false, true].map((rarest) => {
      const button = element("button", "w2v-chip", tools);
      button.type = "button";
      button.onclick = () => this.ask("rarest", rarest);
      return button;
    });
    const table = element("table", "w2v-words", element("div", "w2v-scroll", section));
    const row = element("tr", "", element("thead", "", table));
    this.heads = Array.from({ length: 4 }, () => element("th", "", row));
    this.body = element("tbody", "", table);
  }

  draw({ table, text }) {
    this.title.textContent = text.words;
    this.note.textContent = table.note;
    this.search.placeholder = text.search;
    this.search.setAttribute("aria-label", text.search);
    if (document.activeElement !== this.search) this.search.value = table.query;
    [text.most, text.least].forEach((label, i) => {
      this.orders[i].textContent = label;
      this.orders[i].setAttribute("aria-pressed", table.rarest === Boolean(i));
    });
    [text.word, text.count, text.kept, text.noise_column].forEach((label, i) => {
      this.heads[i].textContent = label;
      this.heads[i].title = ["", "", text.kept_help, text.noise_help][i];
    });
    const state = JSON.stringify(table);
    if (state === this.state) return;
    this.state = state;
    this.body.replaceChildren(...table.rows.map((row) => this.row(row)));
    if (!table.rows.length) element("td", "w2v-said", element("tr", "", this.body)).textContent = text.nothing;
    this.mark(this.marked);
  }

  row({ word, count, keep, noise }) {
    const row = element("tr");
    const name = element("button", "w2v-word", element("td", "", row));
    name.type = "button";
    name.textContent = word;
    name.title = word;
    name.dir = "auto";
    for (const value of [count, keep, noise]) element("td", "", row).textContent = value;
    row.onclick = () => this.ask("word", word);
    row.word = word;
    return row;
  }

  mark(word) {
    this.marked = word;
    for (const row of this.body.rows) row.classList.toggle("w2v-marked", row.word === word);
  }
}
