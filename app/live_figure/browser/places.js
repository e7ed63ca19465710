// @ts-check
// Where the points of a trace are, in pixels.

/** @typedef {{ x: number, y: number }} Point */

const name = (/** @type {string | undefined} */ id, /** @type {string} */ letter) =>
  `${letter}axis${(id ?? letter).slice(1)}`;

/** The names of a trace's two axes in the layout. @returns {[string, string]} */
export const axesOf = (trace) => [name(trace.xaxis, "x"), name(trace.yaxis, "y")];

/** The axes that change together with one: those that `matches` ties to it. @param {string} axis */
export function tied(layout, axis) {
  const root = (/** @type {string} */ each) =>
    layout[each].matches?.replace(/^(.)(\d*)$/, "$1axis$2") ?? each;
  return Object.keys(layout).filter(
    (each) => /^[xy]axis\d*$/.test(each) && root(each) === root(axis),
  );
}

/**
 * From a trace's numbers to pixels of its subplot, as a layout is about to draw it: where one axis
 * has the scale of the other, Plotly widens the one that would be too tight, about its middle.
 * @returns {{ left: number, top: number, width: number, height: number,
 *   at: (...point: number[]) => Point }} the subplot in the chart, a point in it
 */
export function subplot(full, layout, trace) {
  if (trace.type === "scatter3d") return scene(full, full[trace.scene ?? "scene"]);
  const [xName, yName] = axesOf(trace);
  const [x, y] = [xName, yName].map((axis) => {
    const { range = full[axis].range, scaleanchor } = layout[axis];
    const [low, high] = range.map(Number);
    return { low, span: high - low, length: full[axis]._length, scaleanchor };
  });
  if (x.scaleanchor || y.scaleanchor) {
    const scale = Math.max(x.span / x.length, y.span / y.length);
    for (const axis of [x, y]) {
      const span = scale * axis.length;
      axis.low -= (span - axis.span) / 2;
      axis.span = span;
    }
  }
  const [left, top, width, height] = [full[xName]._offset, full[yName]._offset, x.length, y.length];
  const across = (/** @type {number} */ a) => ((a - x.low) / x.span) * width;
  const down = (/** @type {number} */ b) => (1 - (b - y.low) / y.span) * height;
  return { left, top, width, height, at: (a, b) => ({ x: across(a), y: down(b) }) };
}

// In three dimensions: through the camera as it stands. A point behind it is nowhere.
function scene({ _size: { l, t, w, h } }, { _scene: drawn, domain }) {
  const { model, view, projection } = drawn.glplot.cameraParams;
  const width = w * (domain.x[1] - domain.x[0]);
  const height = h * (domain.y[1] - domain.y[0]);
  const at = (/** @type {number[]} */ ...point) => {
    const scaled = [...point.map((value, k) => value * drawn.dataScale[k]), 1];
    const [a, b, , depth] = [model, view, projection].reduce(through, scaled);
    const [x, y] = depth > 0 ? [a / depth, b / depth] : [Number.NaN, Number.NaN];
    return { x: (0.5 + x / 2) * width, y: (0.5 - y / 2) * height };
  };
  return { left: l + w * domain.x[0], top: t + h * (1 - domain.y[1]), width, height, at };
}

// A point through a matrix of 4 x 4, column by column, as WebGL has them.
const through = (/** @type {number[]} */ point, /** @type {ArrayLike<number>} */ matrix) =>
  point.map((_, i) => point.reduce((sum, value, k) => sum + matrix[i + 4 * k] * value, 0));

/** @type {Map<string, TextMetrics>} of words, in letters of 100 pixels */
const sizes = new Map();
const pen = () => /** @type {any} */ (document.createElement("canvas").getContext("2d"));

/** The room that a word takes. @param {string} word @param {string} family @param {number} size */
export function textSize(word, family, size) {
  const key = `100px ${family} ${word}`;
  const found =
    sizes.get(key) ?? Object.assign(pen(), { font: `100px ${family}` }).measureText(word);
  sizes.set(key, found);
  const height = found.fontBoundingBoxAscent + found.fontBoundingBoxDescent;
  return { width: (found.width * size) / 100, height: (height * size) / 100 };
}
