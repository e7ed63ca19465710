// The plane of the vectors that take part: where the center is, who pulls and who pushes it, where it goes.

const ARROWS = ["pull", "push", "rest", "move", "own"];

class Arrows {
  constructor(box) {
    this.box = element("div", "w2v-arrows", box);
    this.svg = shape("svg", { role: "img" }, this.box);
    this.legend = element("div", "w2v-arrow-legend", box);
    this.note = element("div", "w2v-rows-note", box);
    new ResizeObserver(() => this.data && this.plot()).observe(this.box);
  }

  draw(data) {
    this.data = data;
    this.note.textContent = data.text.note;
    this.legend.replaceChildren(
      ...ARROWS.filter((name) => name !== "rest" || data.rest).map((name) => {
        const item = element("span", `w2v-arrow-name w2v-arrow-${name}`);
        element("i", "", item);
        item.append(data.text[name]);
        return item;
      }),
    );
    this.plot();
  }

  plot() {
    const { data, svg } = this;
    const [width, height] = [this.box.clientWidth || 600, this.box.clientHeight || 300];
    const times = data.magnified;
    const { center, origin } = data;
    const tip = (at, move) => [at[0] + times * move[0], at[1] + times * move[1]];
    const points = [center.at, origin, tip(center.at, center.move), ...data.outputs.flatMap((word) => [
      word.at, tip(word.at, word.move), tip(center.at, word.gives)])];
    if (data.rest) points.push(tip(center.at, data.rest));
    const [xs, ys] = [0, 1].map((axis) => points.map((point) => point[axis]));
    const middle = (values) => (Math.min(...values) + Math.max(...values)) / 2;
    const span = (values) => Math.max(...values) - Math.min(...values) || 1e-9;
    const scale = Math.min((width - 150) / span(xs), (height - 50) / span(ys));
    const px = ([x, y]) => [width / 2 + (x - middle(xs)) * scale, height / 2 - (y - middle(ys)) * scale];

    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    svg.setAttribute("aria-label", data.text.note);
    svg.replaceChildren();
    const line = (from, to, name) => {
      const [[x1, y1], [x2, y2]] = [px(from), px(to)];
      return shape("line", { x1, y1, x2, y2, class: name }, svg);
    };
    const arrow = (from, to, name) => {
      const [[x1, y1], [x2, y2]] = [px(from), px(to)];
      const length = Math.hypot(x2 - x1, y2 - y1);
      if (length < 2) return;
      const [dx, dy] = [(x2 - x1) / length, (y2 - y1) / length];
      const head = Math.min(11, length);
      const group = shape("g", { class: `w2v-arrow w2v-arrow-${name}` }, svg);
      shape("line", { x1, y1, x2: x2 - dx * head * 0.8, y2: y2 - dy * head * 0.8 }, group);
      const [bx, by, side] = [x2 - dx * head, y2 - dy * head, head * 0.45];
      shape("path", { d: `M${x2} ${y2}L${bx - dy * side} ${by + dx * side}L${bx + dy * side} ${by - dx * side}Z` }, group);
    };
    for (const word of data.outputs) line(origin, word.at, `w2v-ray w2v-ray-${word.role}`);
    line(origin, center.at, "w2v-ray w2v-ray-center");
    for (const word of data.outputs) arrow(word.at, tip(word.at, word.move), "own");
    for (const word of data.outputs) arrow(center.at, tip(center.at, word.gives), word.pull ? "pull" : "push");
    if (data.rest) arrow(center.at, tip(center.at, data.rest), "rest");
    arrow(center.at, tip(center.at, center.move), "move");

    const taken = [];
    const label = (at, text, role) => {
      const [x, y] = px(at);
      const dot = shape(role === "noise" ? "rect" : "circle", role === "noise"
        ? { x: x - 4.5, y: y - 4.5, width: 9, height: 9, class: `w2v-dot w2v-dot-${role}` }
        : { cx: x, cy: y, r: role === "zero" ? 3 : 5.5, class: `w2v-dot w2v-dot-${role}` }, svg);
      shape("title", {}, dot).textContent = text;
      const node = shape("text", { class: `w2v-point-name w2v-text-${role}` }, svg);
      node.textContent = text;
      const size = node.getBBox();
      const [w, h] = [size.width, 17];
      const spots = [[x + 9, y + 5], [x - 9 - w, y + 5], [x - w / 2, y - 11], [x - w / 2, y + 21]];
      const free = ([a, b]) => a > 2 && a + w < width - 2 && b - h > 0 && b < height
        && taken.every(([l, t, r, u]) => a > r || a + w < l || b - h > u || b < t);
      const spot = spots.find(free);
      if (!spot) {
        node.remove(); // in a crowd only the dot stays; its name shows on hover
        return;
      }
      const [a, b] = spot;
      taken.push([a, b - h, a + w, b]);
      node.setAttribute("x", a);
      node.setAttribute("y", b);
    };
    label(center.at, center.word, "center");
    for (const word of [...data.outputs].sort((a) => (a.role === "context" ? -1 : 1)))
      label(word.at, word.word, word.role);
    label(origin, data.text.zero, "zero");
  }
}
