// Words as points in two or three dimensions on one canvas, which redraws thousands of them while it pans or turns.
// A camera turns a point (x, y, z) and projects it; a flat map is one whose points have no z and which is never turned.

const LAYERS = 8; // of depth, in 3D: what is nearer lies on top, and is larger
const EYE = 3.5; // the eye's distance from the middle, in radii of the cloud
const STRAYS = 0.0025; // share of the points, at either end of an axis, for which the view does not grow
const SPACE = 0.86; // of the canvas for the cloud: labels need a margin
const HEAD = 30; // pixels at the top for the tools, times the size of letters

class Cloud extends CloudMarks {
  constructor(section) {
    super();
    this.section = section;
    this.canvas = element("canvas", "w2v-cloud", section);
    this.canvas.tabIndex = 0;
    this.canvas.setAttribute("role", "img");
    this.pen = this.canvas.getContext("2d");
    this.labels = new CloudLabels();
    this.n = 0;
    this.dimensions = 2;
    this.frames = 0; // drawn so far; read by the tests and the measurements
    this.overlay = {};
    this.covers = []; // elements that lie on the map: no label goes under them
    this.forget();
    new ResizeObserver(() => this.resize()).observe(this.canvas);
  }

  forget() {
    this.home();
    this.labels.forget();
  }

  home() {
    this.camera = { yaw: 0.5, pitch: 0.35, zoom: 1, x: 0, y: 0 };
    this.stir();
  }

  recentre() {
    Object.assign(this.camera, { zoom: 1, x: 0, y: 0 });
    this.stir();
  }

  // Bring a point into view, if it is out of it when all has come to rest.
  reveal(i) {
    this.sought = i;
    this.stir();
  }

  bring(i) {
    const { screen, camera, width, height } = this;
    if (screen.x[i] > 0 && screen.x[i] < width && screen.y[i] > 0 && screen.y[i] < height) return;
    const [x, y] = this.middle();
    camera.x += x - screen.x[i];
    camera.y += y - screen.y[i];
    this.project();
  }

  // Come close to what is lit.
  focus() {
    const { camera, screen } = this;
    const lit = [...(this.lit || [])].filter((i) => i >= 0);
    if (!lit.length) return this.home();
    const [[left, right], [top, bottom]] = [screen.x, screen.y].map((values) => {
      const shown = lit.map((i) => values[i]);
      return [Math.min(...shown), Math.max(...shown)];
    });
    const [x, y] = this.middle();
    const room = Math.min((0.7 * this.width) / (right - left + 1), (0.7 * this.free()) / (bottom - top + 1));
    const by = Math.min(60, camera.zoom * room) / camera.zoom;
    camera.zoom *= by;
    camera.x = by * (camera.x + x - (left + right) / 2);
    camera.y = by * (camera.y + y - (top + bottom) / 2);
    this.stir();
  }

  // Other words: nothing of the old places can be kept.
  words({ words, order, size }) {
    this.n = size;
    this.names = words;
    this.labels.words(words, order);
    this.at = this.from = this.to = null;
    this.screen = { x: new Float32Array(size), y: new Float32Array(size), near: new Float32Array(size).fill(1) };
  }

  // Move to new places: (n, dimensions) numbers, in `ms` milliseconds. The view is to hold them, or others, but for a
  // share of strays.
  move(places, dimensions, ms, held = places, strays = STRAYS) {
    const to = new Float32Array(3 * this.n);
    for (let i = 0; i < this.n; i++)
      for (let axis = 0; axis < dimensions; axis++) to[3 * i + axis] = places[i * dimensions + axis];
    const fit = fitted(held, this.n, dimensions, strays);
    if (dimensions !== this.dimensions) this.recentre();
    this.dimensions = dimensions;
    this.began = performance.now();
    this.lasts = this.at ? ms : 0;
    this.from = this.at || to;
    this.at = Float32Array.from(this.from);
    this.to = to;
    this.fitFrom = this.fit || fit;
    this.fitTo = fit;
    this.fit = this.fitFrom;
    this.canvas.dataset.still = this.still = false; // read by the tests, too
    this.stir();
  }

  // Colours: the class of each point (-1: none) and the classes' colours; `only` lights one class.
  paint(classes, colours, only = null) {
    this.classes = classes;
    this.colours = colours;
    this.only = only;
    this.stir();
  }

  resize() {
    this.width = this.canvas.clientWidth;
    this.height = this.canvas.clientHeight;
    this.ratio = window.devicePixelRatio || 1;
    this.canvas.width = this.width * this.ratio;
    this.canvas.height = this.height * this.ratio;
    this.draw();
  }

  // Draw soon: at most once for each frame of the screen, and not at all while nothing changes.
  stir() {
    this.waiting ||= requestAnimationFrame(() => {
      this.waiting = null;
      this.draw();
    });
  }

  draw() {
    if (!this.at || !this.width || !this.classes) return;
    const share = this.lasts ? Math.min(1, (performance.now() - this.began) / this.lasts) : 1;
    const eased = share * share * (3 - 2 * share);
    if (!this.still) for (let j = 0; j < this.at.length; j++) this.at[j] = this.from[j] + eased * (this.to[j] - this.from[j]);
    this.fit = mixed(this.fitFrom, this.fitTo, eased);
    this.project();
    if (share === 1 && this.sought >= 0) this.bring(this.sought);
    if (share === 1) this.sought = -1;
    const { pen } = this;
    this.theme = theme(this.canvas);
    pen.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    pen.clearRect(0, 0, this.width, this.height);
    this.drawAxes();
    this.drawLinks();
    this.drawPoints();
    this.drawRings();
    this.labels.draw(this);
    this.drawOverlay();
    this.drawLasso();
    this.frames++;
    if (share < 1) this.stir();
    this.canvas.dataset.still = this.still = share === 1;
  }

  // Where a place is on the canvas: x, y, and how much nearer than the middle it is.
  place(x, y, z) {
    const { lens, fit } = this;
    [x, y, z] = [x - fit.x, y - fit.y, z - fit.z];
    let near = 1;
    if (lens.eye) {
      [x, z] = [lens.cosYaw * x + lens.sinYaw * z, lens.cosYaw * z - lens.sinYaw * x];
      [y, z] = [lens.cosPitch * y - lens.sinPitch * z, lens.cosPitch * z + lens.sinPitch * y];
      near = lens.eye / Math.max(0.05 * lens.eye, lens.eye - z);
    }
    return [lens.x + lens.unit * near * x, lens.y - lens.unit * near * y, near];
  }

  // How high the canvas is below the tools, and the middle of that.
  free() {
    return this.height - HEAD * scale;
  }

  middle() {
    return [this.width / 2, this.height - this.free() / 2];
  }

  project() {
    const { at, camera, fit, screen, width } = this;
    const flat = this.dimensions === 2;
    const [free, [x, y]] = [this.free(), this.middle()];
    const room = flat ? Math.min(width / fit.across, free / fit.high) : Math.min(width, free) / (2 * fit.radius);
    this.lens = {
      x: x + camera.x,
      y: y + camera.y,
      unit: SPACE * camera.zoom * room, // pixels for a length of 1
      eye: flat ? 0 : EYE * fit.radius,
      cosYaw: Math.cos(camera.yaw),
      sinYaw: Math.sin(camera.yaw),
      cosPitch: Math.cos(camera.pitch),
      sinPitch: Math.sin(camera.pitch),
    };
    for (let i = 0; i < this.n; i++)
      [screen.x[i], screen.y[i], screen.near[i]] = this.place(at[3 * i], at[3 * i + 1], at[3 * i + 2]);
  }

  // Points of one colour, brightness and depth as a single path of lines without length, which round caps make dots:
  // thousands of strokes or images would take the browser longer than a frame lasts.
  drawPoints() {
    const { pen, screen, classes, colours, lit, only, width, height } = this;
    const kinds = colours.length + 1;
    const [far, near] = this.dimensions === 3 ? [0.75, 1.4] : [1, 1];
    const depth = (i) => Math.min(LAYERS - 1, Math.max(0, Math.floor((LAYERS * (screen.near[i] - far)) / (near - far)))) || 0;
    const groups = [];
    for (let i = 0; i < this.n; i++) {
      const [x, y] = [screen.x[i], screen.y[i]];
      if (x < -9 || y < -9 || x > width + 9 || y > height + 9) continue;
      const on = lit ? lit.has(i) : only === null || only === classes[i];
      (groups[(2 * depth(i) + on) * kinds + classes[i] + 1] ||= []).push(i);
    }
    pen.lineCap = "round";
    groups.forEach((points, group) => {
      const kind = (group % kinds) - 1;
      const on = Math.floor(group / kinds) % 2;
      const layer = Math.floor(group / kinds / 2);
      const background = kind < 0 && kinds > 1;
      const size = (background ? POINT.plain : POINT.coloured) * scale * (this.n > 2500 ? 0.75 : 1);
      pen.lineWidth = size * (far + ((layer + 0.5) / LAYERS) * (near - far));
      pen.strokeStyle = kind < 0 ? this.theme.muted : colours[kind];
      pen.globalAlpha = !on ? 0.25 : background ? 0.45 : 0.9;
      pen.beginPath();
      for (const i of points) {
        pen.moveTo(screen.x[i], screen.y[i]);
        pen.lineTo(screen.x[i], screen.y[i]);
      }
      pen.stroke();
    });
    pen.lineCap = "butt";
    pen.globalAlpha = 1;
  }

  // The point nearest to a place on the canvas, no more than a finger's breadth away; -1 if none.
  nearest(x, y) {
    const { screen } = this;
    let [best, found] = [14 ** 2, -1];
    for (let i = 0; i < this.n; i++) {
      const distance = (screen.x[i] - x) ** 2 + (screen.y[i] - y) ** 2;
      if (distance < best) [best, found] = [distance, i];
    }
    return found;
  }

  // The points inside a closed line (even-odd rule).
  inside(line) {
    const { screen } = this;
    return [...screen.x.keys()].filter((i) => {
      let within = false;
      for (let j = 0, k = line.length - 1; j < line.length; k = j++) {
        const [[x1, y1], [x2, y2]] = [line[j], line[k]];
        if (y1 > screen.y[i] !== y2 > screen.y[i]
          && screen.x[i] < ((x2 - x1) * (screen.y[i] - y1)) / (y2 - y1) + x1) within = !within;
      }
      return within;
    });
  }
}

// The box (flat) or ball that holds the cloud, a few strays aside.
function fitted(places, n, dimensions, strays) {
  const ends = [0, 1, 2].map((axis) => {
    if (axis >= dimensions) return [0, 0];
    const values = Float32Array.from({ length: n }, (_, i) => places[dimensions * i + axis]).sort();
    const stray = Math.floor(strays * n);
    return [values[stray], values[n - 1 - stray]];
  });
  const [x, y, z] = ends.map(([low, high]) => (low + high) / 2);
  const [across, high] = ends.map(([low, top]) => top - low || 1e-6);
  if (dimensions < 3) return { x, y, z, across, high, radius: 0.5 * Math.max(across, high) };
  const away = Float32Array.from({ length: n }, (_, i) =>
    Math.hypot(places[3 * i] - x, places[3 * i + 1] - y, places[3 * i + 2] - z)).sort();
  return { x, y, z, across, high, radius: away[n - 1 - Math.floor(strays * n)] || 1e-6 };
}

const mixed = (a, b, share) => Object.fromEntries(Object.keys(b).map((key) => [key, a[key] + share * (b[key] - a[key])]));
