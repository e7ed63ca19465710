// A half-step as rows: a name, a bar or a vector, a number. Rows keep their places from one half-step to the next, so
// that a word can be followed with the eye; bars glide to their new length. In the tree a path runs down the left.

class Rows {
  constructor(box, send) {
    this.box = element("div", "w2v-rows", box);
    this.axis = element("div", "w2v-axis", box);
    this.note = element("div", "w2v-rows-note", box);
    this.rows = new Map();
    this.send = send;
  }

  draw(data) {
    this.data = data;
    this.box.dataset.layout = data.kind === "waterfall" ? "waterfall" : data.layout;
    this.box.dataset.step = data.half_step;
    this.box.setAttribute("aria-label", data.text.alt);
    this.axis.textContent = data.axis;
    this.note.textContent = data.note || "";
    this.note.hidden = !data.note;
    const kept = new Map();
    const check = data.half_step === "check";
    data.rows.forEach((entry, i) => {
      const key = check ? `check-${i}` : String(entry.id);
      const row = this.rows.get(key) || this.make();
      kept.set(key, row);
      this.fill(row, entry, data, i);
      this.box.append(row.item); // in order; what is there already only moves
    });
    for (const [key, row] of this.rows) if (!kept.has(key)) row.item.remove();
    this.rows = kept;
    this.box.style.setProperty("--rows", data.rows.length);
    this.path(data);
  }

  make() {
    const item = element("button", "w2v-row");
    item.type = "button";
    const name = element("span", "w2v-row-name", item);
    const row = {
      item,
      symbol: element("i", "w2v-symbol", name),
      word: element("span", "w2v-row-word", name),
      tag: element("span", "w2v-tag", name),
      area: element("span", "w2v-area", item),
      value: element("span", "w2v-row-value", item),
    };
    row.bar = element("span", "w2v-fill", row.area);
    row.ghost = element("span", "w2v-ghost", row.area);
    row.wanted = element("span", "w2v-wanted", row.area);
    row.canvas = element("canvas", "w2v-strip-cells", row.area);
    row.text = element("b", "", row.value);
    row.was = element("small", "", row.value);
    return row;
  }

  fill(row, entry, data, i) {
    const check = data.half_step === "check";
    const { item } = row;
    item.dataset.role = entry.role;
    item.dataset.id = entry.id;
    item.dataset.value = entry.value;
    item.dataset.colour = data.colour === "loss" || entry.role === "sum" ? "loss" : entry.role;
    row.symbol.textContent = entry.symbol ? (entry.role === "center" ? "w" : "u") : "";
    if (entry.symbol) element("sub", "", row.symbol).textContent = entry.symbol;
    row.word.textContent = entry.turn === undefined ? entry.word : `→ ${entry.word}`;
    row.tag.textContent = entry.tag;
    row.tag.hidden = !entry.tag;
    row.text.textContent = entry.text;
    row.was.textContent = entry.was || "";
    item.title = entry.aside ? `${entry.tag} → ${entry.word}\n✕ ${entry.aside}` : `${entry.word} ${entry.text}`;
    const picks = typeof entry.id === "number" && !check;
    item.tabIndex = picks ? 0 : -1;
    item.classList.toggle("w2v-still", !picks);
    item.setAttribute("aria-pressed", picks && entry.id === data.selected);
    item.onclick = picks ? () => this.send("row", entry.id) : null;
    this.bars(row, entry, data);
  }

  bars(row, entry, data) {
    const layout = data.kind === "waterfall" ? "waterfall" : data.layout;
    const strips = layout === "strips";
    for (const part of [row.bar, row.ghost]) part.hidden = strips;
    row.canvas.hidden = !strips;
    row.wanted.hidden = entry.wanted === undefined;
    if (strips) return strip(row.canvas, entry.strip, data.max);
    // From the middle (diverging), from the left, or each from where the last one ended.
    const [low, high] = layout === "diverging" ? [-data.max, data.max]
      : layout === "waterfall" ? [data.low, data.max] : [0, data.max];
    const at = (value) => (100 * Math.min(1, Math.max(0, (value - low) / (high - low))));
    const from = entry.start || 0;
    const place = (part, a, b) => {
      part.style.left = `${Math.min(at(a), at(b))}%`;
      part.style.width = `${Math.abs(at(b) - at(a))}%`;
    };
    place(row.bar, from, from + entry.value);
    row.item.classList.toggle("w2v-beyond", layout !== "waterfall" && Math.abs(entry.value) > data.max * 1.0001);
    row.ghost.hidden = entry.before === undefined;
    row.area.style.setProperty("--zero", `${at(0)}%`);
    if (entry.before !== undefined) place(row.ghost, 0, entry.before);
    row.ghost.classList.toggle("w2v-negative", entry.before < 0);
    if (entry.wanted !== undefined) row.wanted.style.left = `${100 * entry.wanted}%`;
  }

  // The walk down the tree: left or right at each fork, the way not taken as a stub.
  path(data) {
    this.svg?.remove();
    this.dots?.remove();
    this.box.classList.toggle("w2v-dense", data.tree && data.rows.length > 8);
    this.box.classList.toggle("w2v-tree", data.tree);
    const forks = data.rows.filter((entry) => entry.turn !== undefined);
    if (!data.tree || !forks.length) return;
    const offset = data.rows.findIndex((entry) => entry.turn !== undefined);
    const svg = (this.svg = shape("svg", { class: "w2v-path" }, this.box));
    const n = forks.length;
    const [width, row] = [96, 100 / data.rows.length];
    let x = 0;
    const xs = [0, ...forks.map(({ turn }) => (x += turn ? 1 : -1))];
    const [least, most] = [Math.min(...xs) - 1, Math.max(...xs) + 1];
    const px = (at) => 8 + ((at - least) / (most - least)) * (width - 16);
    svg.setAttribute("viewBox", `0 0 ${width} 100`);
    svg.setAttribute("preserveAspectRatio", "none");
    const y = (i) => (offset + i + 0.5) * row;
    forks.forEach(({ turn }, i) => {
      const [from, to] = [px(xs[i]), px(xs[i + 1])];
      const stub = px(xs[i] - (turn ? 1 : -1));
      const line = (a, b, end, name) =>
        shape("line", { x1: a, y1: y(i), x2: b, y2: end, class: name, "vector-effect": "non-scaling-stroke" }, svg);
      line(from, from + (stub - from) * 0.6, y(i) + row * 0.45, "w2v-not-taken");
      line(from, to, Math.min(99, y(i) + row * (i === n - 1 ? 0.5 : 1)), "w2v-taken");
    });
    const dots = (this.dots = element("div", "w2v-forks", this.box));
    forks.forEach((entry, i) => {
      const dot = element("span", "", dots);
      dot.style.left = `${px(xs[i])}px`;
      dot.style.top = `${y(i)}%`;
      dot.textContent = i + 1;
    });
  }
}

function shape(tag, attributes, parent) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const name in attributes) node.setAttribute(name, attributes[name]);
  parent.append(node);
  return node;
}

// The large picture: rows, or one of the other views.
class Picture {
  constructor(box) {
    const send = (name, value) => this.send(name, value);
    this.views = {
      rows: element("div", "w2v-view", box),
      heat: element("div", "w2v-view", box),
      arrows: element("div", "w2v-view", box),
    };
    this.chips = element("div", "w2v-vectors", this.views.rows);
    this.box = box;
    this.drawing = {
      rows: new Rows(this.views.rows, send),
      heat: new HeatMap(this.views.heat),
      arrows: new Arrows(this.views.arrows),
    };
  }

  draw(data) {
    const kind = data.kind === "waterfall" ? "rows" : data.kind;
    this.save?.remove();
    this.save = pictureButtons(this.views[kind], data.name, data.buttons, this.box);
    for (const name in this.views) this.views[name].hidden = name !== kind;
    this.chips.replaceChildren(...(data.vectors || []).map((vector) => this.chip(vector, data.vector)));
    this.chips.hidden = !data.vectors;
    this.drawing[kind].draw(data);
  }

  // Which vector's gradient is checked.
  chip({ id, role, word, symbol }, chosen) {
    const chip = element("button", `w2v-vector`);
    chip.type = "button";
    chip.dataset.role = role;
    chip.setAttribute("aria-pressed", id === chosen);
    const [letter, index] = symbol.split("_");
    const name = element("i", "w2v-symbol", chip);
    name.textContent = letter;
    element("sub", "", name).textContent = index;
    chip.append(word);
    chip.onclick = () => this.send("row", id === "center" ? null : id);
    return chip;
  }
}
