// The followed word's neighbours as bars; a click follows one of them.
class NeighborList {
  constructor(section, follow) {
    this.title = element("h3", "w2v-title", section);
    this.list = element("ol", "w2v-bars", section);
    this.rows = [];
    this.follow = follow;
  }

  draw({ neighbors, text, map }) {
    this.title.textContent = text.neighbors;
    while (this.rows.length < neighbors.length) this.rows.push(this.row());
    this.rows.splice(neighbors.length).forEach(({ item }) => item.remove());
    neighbors.forEach(([word, cosine], i) => {
      const row = this.rows[i];
      const at = map.words.indexOf(word);
      const category = at < 0 ? -1 : map.category[at];
      row.word = word;
      row.name.textContent = word;
      row.bar.style.width = `${Math.max(0, 100 * cosine)}%`;
      row.bar.style.background = category < 0 ? "" : map.categories[category].colour;
      row.number.textContent = cosine.toFixed(3);
    });
  }

  row() {
    const item = element("li", "", this.list);
    const row = { item, name: element("button", "w2v-word", item) };
    row.name.type = "button";
    row.name.onclick = () => this.follow(row.word);
    row.bar = element("span", "w2v-bar", element("span", "w2v-track", item));
    row.number = element("span", "w2v-value", item);
    return row;
  }
}
