// A word, how near all others are to it, and the nearest as bars. Rows keep their places, bars glide.
class Card {
  constructor(section, view) {
    this.view = view;
    const head = element("div", "w2v-card-head", section);
    this.name = element("h3", "w2v-title", head);
    this.name.dir = "auto";
    this.rank = element("span", "w2v-said", head);
    this.remove = element("button", "w2v-chip", head);
    this.remove.type = "button";
    this.remove.textContent = "×";
    this.remove.onclick = () => view.form.write(view.data.tokens.filter((_, i) => i !== this.at).map(quoted).join(", "));
    this.hill = new Hill(element("div", "w2v-hill", section));
    this.list = element("ol", "w2v-near", section);
    this.rows = [];
  }

  draw({ word, at, rank, near, spread }, { cards, text }) {
    this.at = at;
    this.name.textContent = word;
    this.rank.textContent = rank;
    this.remove.hidden = cards.length < 2;
    this.remove.title = text.remove;
    this.remove.setAttribute("aria-label", text.remove);
    this.hill.draw(spread);
    while (this.rows.length < near.length) this.rows.push(this.row());
    this.rows.splice(near.length).forEach(({ item }) => item.remove());
    near.forEach((entry, i) => {
      const row = this.rows[i];
      row.word = entry.word;
      row.name.textContent = row.name.title = entry.word;
      row.bar.style.width = `${100 * entry.size}%`;
      row.value.textContent = entry.value;
      row.item.classList.toggle("w2v-shared", entry.shared);
      row.add.title = text.add;
      row.add.setAttribute("aria-label", `${text.add}: ${entry.word}`);
    });
  }

  row() {
    const item = element("li", "", this.list);
    const row = { item };
    row.name = this.view.word("", () => this.view.put(this.at, row.word));
    item.append(row.name);
    row.bar = element("span", "w2v-bar", element("span", "w2v-track", item));
    row.value = element("span", "w2v-value", item);
    row.add = element("button", "w2v-chip w2v-add", item);
    row.add.type = "button";
    row.add.textContent = "+";
    row.add.onclick = () => this.view.put(Infinity, row.word);
    return row;
  }
}

// How many words are how near: a hill, whose end with the listed words is coloured.
class Hill {
  constructor(box) {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("preserveAspectRatio", "none");
    svg.setAttribute("viewBox", "0 0 100 100");
    svg.setAttribute("aria-hidden", "true");
    this.parts = ["w2v-others", "w2v-listed"].map((name) => {
      const path = document.createElementNS(SVG, "path");
      path.setAttribute("class", name);
      svg.append(path);
      return path;
    });
    box.append(svg);
    const scale = element("div", "w2v-scale", box);
    [this.low, this.label, this.high] = [0, 1, 2].map(() => element("span", "", scale));
  }

  draw({ counts, ends, last, nearest_left, label }) {
    const cut = 100 * last;
    const [listed, others] = nearest_left ? [[0, cut], [cut, 100]] : [[cut, 100], [0, cut]];
    [others, listed].forEach(([from, to], i) => this.parts[i].setAttribute("d", hillside(counts, from, to)));
    [this.low.textContent, this.high.textContent] = ends;
    this.label.textContent = label;
  }
}

// The part of a histogram between two places, on a square of 100. Heights are square roots: a handful of words would
// not be seen beside thousands.
function hillside(counts, from, to) {
  const most = Math.sqrt(Math.max(...counts, 1));
  const width = 100 / counts.length;
  const top = counts.map((count, i) => {
    const [left, right] = [Math.max(i * width, from), Math.min((i + 1) * width, to)];
    const height = (100 - (96 * Math.sqrt(count)) / most).toFixed(1);
    return left < right ? `L${left} ${height}L${right} ${height}` : "";
  });
  return `M${from} 100${top.join("")}L${to} 100Z`;
}

const SVG = "http://www.w3.org/2000/svg";
