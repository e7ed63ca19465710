// @ts-check
// What outlasts a reload: a tab keeps its session's name and gives it to the next session, which
// finds the run by it. While a run is in no file, leaving asks first. Streamlit does neither.

const KEY = "w2v-session";
// Loaded anew, or gone back to: not a link that was opened.
let again = performance.getEntriesByType("navigation")[0]?.toJSON().type !== "navigate";
let asks = false;

/** @param {string} session @param {boolean} unsaved @param {(before: string) => void} claim */
export function keep(session, unsaved, claim) {
  const before = sessionStorage.getItem(KEY);
  sessionStorage.setItem(KEY, session);
  asks = unsaved;
  if (again && before && before !== session) claim(before);
  again = true;
}

addEventListener("click", ({ target }) => {
  if (target instanceof Element && target.closest(".st-key-download-run")) asks = false;
});
addEventListener("beforeunload", (event) => asks && event.preventDefault());
