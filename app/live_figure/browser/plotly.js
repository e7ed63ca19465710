// @ts-check
// Plotly itself, from the server's own package; what it needs of the browser; saved pictures.

let tries = 0; // by which addresses differ: a browser asks once for a module, got or not
/** @type {Promise<any> | null} */
let loading = null;

/** @returns {Promise<any>} Plotly; rejected where it cannot be loaded: the next call tries again */
export async function plotly() {
  loading ??= import(new URL(`plotly/plotly.min.js?${tries++}`, document.baseURI).href);
  await loading.catch((error) => {
    loading = null;
    throw error;
  });
  return /** @type {any} */ (window).Plotly;
}

/** @type {boolean | undefined} */
let webgl;

/** Whether the browser draws with WebGL. */
export function hasWebgl() {
  webgl ??= document.createElement("canvas").getContext("webgl") !== null;
  return webgl;
}

/** The same traces drawn as SVG. @param {any[]} traces */
export const asVectors = (traces) =>
  traces.map((trace) => (trace.type === "scattergl" ? { ...trace, type: "scatter" } : trace));

/**
 * Save a chart as it is seen, on the page's background: its dots as vectors, too, not as the pixels
 * that WebGL draws (which would lie above the labels).
 * @param {"png" | "svg"} format
 * @param {string} filename
 */
async function save(plot, format, filename) {
  const Plotly = await plotly();
  const { width, height } = plot._fullLayout;
  const app = /** @type {Element} */ (document.querySelector(".stApp"));
  const layout = { ...plot.layout, paper_bgcolor: getComputedStyle(app).backgroundColor };
  const size = { width, height, scale: format === "png" ? 2 : 1 };
  await Plotly.downloadImage({ data: asVectors(plot.data), layout }, { format, filename, ...size });
}

const BUTTONS = /** @type {const} */ ([
  ["picture", "camera", "png"],
  ["drawing", "disk", "svg"],
]);

/** The buttons that save a chart. @param {Record<string, string>} words @param {string} file */
export const saveButtons = (plot, words, file) =>
  BUTTONS.map(([name, icon, format]) => {
    const { [icon]: drawn } = /** @type {any} */ (window).Plotly.Icons;
    return { name, title: words[name], icon: drawn, click: () => save(plot, format, file) };
  });
