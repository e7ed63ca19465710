// What is drawn on the map besides its points: axes, lines to neighbours, rings, an analogy, a way through time.
// `Cloud` gives pen, screen, lens and overlay.

const CENTER = "#0072B2"; // the chosen word's colour
const TARGET = "#D55E00"; // and that of what is looked for
const POINT = { plain: 5, coloured: 8, ring: 7 }; // diameters, and a ring's radius, in pixels

class CloudMarks {
  // Lines from the chosen word to its neighbours; broken ones to those that the map does not keep near.
  drawLinks() {
    const { pen, screen } = this;
    const { word, links = [] } = this.overlay;
    pen.strokeStyle = CENTER;
    for (const { at, kept } of links) {
      pen.globalAlpha = kept ? 0.8 : 0.5;
      pen.lineWidth = kept ? 1.6 : 1;
      pen.setLineDash(kept ? [] : [4, 4]);
      this.line(screen.x[word], screen.y[word], screen.x[at], screen.y[at]);
    }
    pen.setLineDash([]);
    pen.globalAlpha = 1;
  }

  line(...ends) {
    const { pen } = this;
    pen.beginPath();
    for (let j = 0; j < ends.length; j += 2) pen.lineTo(ends[j], ends[j + 1]);
    pen.stroke();
  }

  drawRings() {
    const { pen, screen } = this;
    const { word, links = [], found = [] } = this.overlay;
    const ring = (i, radius, colour, width) => {
      pen.strokeStyle = colour;
      pen.lineWidth = width;
      pen.beginPath();
      pen.arc(screen.x[i], screen.y[i], radius * Math.sqrt(screen.near[i]), 0, 2 * Math.PI);
      pen.stroke();
    };
    for (const i of found) ring(i, POINT.ring - 1, this.theme.ink, 1);
    for (const { at } of links) if (at >= 0) ring(at, POINT.ring - 1, this.theme.ink, 1);
    if (word >= 0) ring(word, POINT.ring + 2, CENTER, 2.5);
    if (this.hovered >= 0) ring(this.hovered, POINT.ring + 1, this.theme.ink, 2);
  }

  // An analogy's parallelogram with the place where b - a + c lies, and a word's way through time.
  drawOverlay() {
    const { pen, screen, at } = this;
    const { arrows = [], sides = [], target, trail } = this.overlay;
    pen.strokeStyle = this.theme.muted;
    pen.lineWidth = 1;
    for (const [from, to] of sides) this.line(screen.x[from], screen.y[from], screen.x[to], screen.y[to]);
    for (const [from, to, colour] of arrows) {
      pen.strokeStyle = pen.fillStyle = colour;
      pen.lineWidth = 2;
      this.arrow(screen.x[from], screen.y[from], screen.x[to], screen.y[to]);
    }
    if (target) {
      const [a, b, c] = target.map((i) => at.subarray(3 * i, 3 * i + 3));
      const [x, y] = this.place(b[0] - a[0] + c[0], b[1] - a[1] + c[1], b[2] - a[2] + c[2]);
      pen.strokeStyle = TARGET;
      pen.lineWidth = 2;
      this.line(x - 6, y - 6, x + 6, y + 6);
      this.line(x - 6, y + 6, x + 6, y - 6);
      pen.setLineDash([4, 4]);
      this.line(screen.x[target[2]], screen.y[target[2]], x, y);
      pen.setLineDash([]);
      pen.font = `italic ${12 * scale}px ${this.theme.font}`;
      pen.fillStyle = this.theme.text;
      pen.textAlign = "left";
      pen.textBaseline = "middle";
      pen.strokeStyle = this.theme.background;
      pen.lineWidth = 3;
      pen.strokeText("b − a + c", x + 10, y);
      pen.fillText("b − a + c", x + 10, y);
    }
    if (trail) {
      pen.strokeStyle = CENTER;
      pen.lineWidth = 1.5;
      this.line(...trail.flatMap(([x, y]) => this.place(x, y, 0).slice(0, 2)));
    }
  }

  arrow(x1, y1, x2, y2) {
    const { pen } = this;
    const length = Math.hypot(x2 - x1, y2 - y1);
    if (length < 4) return;
    const [dx, dy] = [(x2 - x1) / length, (y2 - y1) / length];
    const [ex, ey] = [x2 - 7 * dx, y2 - 7 * dy]; // ends at the point's rim
    this.line(x1, y1, ex, ey);
    pen.beginPath();
    pen.moveTo(ex, ey);
    pen.lineTo(ex - 9 * dx - 4 * dy, ey - 9 * dy + 4 * dx);
    pen.lineTo(ex - 9 * dx + 4 * dy, ey - 9 * dy - 4 * dx);
    pen.fill();
  }

  // Lines through the middle, and what the axes mean at their ends.
  drawAxes() {
    const { pen, overlay: { axes }, theme: { grid, text } } = this;
    if (!axes) return;
    pen.strokeStyle = grid;
    pen.lineWidth = 1;
    pen.fillStyle = text;
    pen.globalAlpha = 0.8;
    pen.font = `${12 * scale}px ${this.theme.font}`;
    pen.textBaseline = "middle";
    const say = (words, x, y, align) => {
      pen.textAlign = align;
      pen.fillText(words, x, y);
    };
    if (this.dimensions === 3) {
      const { fit } = this;
      axes.forEach(([low, high], axis) => {
        const end = (sign) => this.place(...[fit.x, fit.y, fit.z].map((middle, j) => middle + (j === axis ? sign * fit.radius : 0)));
        const [[x1, y1], [x2, y2]] = [end(-1), end(1)];
        this.line(x1, y1, x2, y2);
        say(high, x2, y2, "center");
        if (low) say(low, x1, y1, "center");
      });
    } else {
      const [x0, y0] = this.place(0, 0, 0);
      this.line(x0, 0, x0, this.height);
      this.line(0, y0, this.width, y0);
      const [[left, right], [bottom, top]] = axes;
      const w = this.width, h = this.height;
      if (left) say(`← ${left}`, 6, h - 9, "left");
      say(`${right} →`, w - 6, h - 9, "right");
      pen.rotate(-Math.PI / 2);
      if (bottom) say(`← ${bottom}`, -(h - 24), 9, "left");
      say(`${top} →`, -6, 9, "right");
      pen.rotate(Math.PI / 2);
    }
    pen.globalAlpha = 1;
  }

  drawLasso() {
    const { pen, lasso } = this;
    if (!lasso) return;
    pen.strokeStyle = this.theme.ink;
    pen.lineWidth = 1.5;
    pen.setLineDash([5, 4]);
    this.line(...lasso.flat());
    pen.setLineDash([]);
  }
}
