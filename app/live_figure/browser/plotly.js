// @ts-check
// Plotly itself, from the server's own package; what it needs of the browser; saved pictures.

/** @type {Promise<any> | null} */
let loading = null;

/** @returns {Promise<any>} Plotly; rejected where it cannot be loaded: the next call tries again */
export function plotly() {
  const { Plotly } = /** @type {any} */ (window);
  if (Plotly) return Promise.resolve(Plotly);
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = "plotly/plotly.min.js";
    script.onload = () => resolve(/** @type {any} */ (window).Plotly);
    script.onerror = (error) => {
      loading = null;
      reject(error);
    };
    document.head.append(script);
  });
  return loading;
}

/** @type {boolean | undefined} */
let webgl;

/** Whether the browser draws with WebGL. */
export function hasWebgl() {
  if (webgl === undefined) {
    const context = document.createElement("canvas").getContext("webgl");
    webgl = context !== null;
    context?.getExtension("WEBGL_lose_context")?.loseContext();
  }
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
