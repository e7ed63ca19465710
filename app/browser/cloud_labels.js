// Labels that do not overlap. A word that has one keeps it, and its side, as long as there is room: labels must not
// flicker while the map moves.

const LABEL = { size: 12, most: 110, tries: 1500 }; // the size times that of the page's letters
const LABEL_SIDES = [[0, -1], [0, 1], [1, 0], [-1, 0]]; // above, below, right, left

class CloudLabels {
  constructor() {
    this.widths = new Map();
    this.forget();
  }

  forget() {
    this.kept = new Map(); // point -> side
  }

  // The words, and the points in the order in which they deserve a label.
  words(words, order) {
    this.names = words;
    this.order = order;
    this.forget();
  }

  draw(cloud) {
    const { pen, screen, lit, only, classes, overlay, theme: { text, background, font } } = cloud;
    const size = LABEL.size * scale;
    if (size !== this.size) this.widths.clear();
    this.size = size;
    pen.font = `${size}px ${font}`;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.lineJoin = "round";
    pen.lineWidth = 3;
    pen.strokeStyle = background;
    pen.fillStyle = text;
    const first = overlay.first || []; // these before all others
    const taken = new Boxes();
    for (const { hidden, offsetLeft, offsetTop, offsetWidth, offsetHeight } of cloud.covers)
      if (!hidden) taken.add([offsetLeft, offsetTop, offsetLeft + offsetWidth, offsetTop + offsetHeight]);
    const kept = new Map();
    let tries = 0;
    const label = (i) => {
      if (kept.has(i) || kept.size >= LABEL.most) return;
      if (!lit && only !== null && only !== classes[i]) return;
      const [x, y] = [screen.x[i], screen.y[i]];
      if (x < 0 || y < 0 || x > cloud.width || y > cloud.height) return;
      tries++;
      const w = this.width(pen, this.names[i]);
      const before = this.kept.get(i);
      for (const side of before ? [before, ...LABEL_SIDES] : LABEL_SIDES) {
        const [mx, my] = [x + side[0] * (w / 2 + 8), y + side[1] * size];
        const box = [mx - w / 2 - 2, my - size / 2 - 1, mx + w / 2 + 2, my + size / 2 + 1];
        if (box[0] < 0 || box[1] < 0 || box[2] > cloud.width || box[3] > cloud.height || !taken.free(box)) continue;
        taken.add(box);
        kept.set(i, side);
        pen.globalAlpha = lit && !lit.has(i) ? 0.45 : 1;
        pen.strokeText(this.names[i], mx, my);
        pen.fillText(this.names[i], mx, my);
        break;
      }
    };
    first.forEach(label);
    if (lit && lit.size < LABEL.most) lit.forEach(label);
    for (const i of this.kept.keys()) label(i);
    for (const i of this.order) {
      if (kept.size >= LABEL.most || tries > LABEL.tries) break;
      label(i);
    }
    pen.globalAlpha = 1;
    this.kept = kept;
  }

  width(pen, word) {
    if (!this.widths.has(word)) this.widths.set(word, pen.measureText(word).width);
    return this.widths.get(word);
  }
}

// Boxes on a canvas, sorted into rows, so that a new one is compared with few.
class Boxes {
  constructor() {
    this.rows = new Map();
  }

  *near([, top, , bottom]) {
    for (let row = Math.floor(top / 32); row <= Math.floor(bottom / 32); row++) yield row;
  }

  free(box) {
    for (const row of this.near(box))
      for (const b of this.rows.get(row) || [])
        if (box[0] < b[2] && b[0] < box[2] && box[1] < b[3] && b[1] < box[3]) return false;
    return true;
  }

  add(box) {
    for (const row of this.near(box)) this.rows.set(row, [...(this.rows.get(row) || []), box]);
  }
}
