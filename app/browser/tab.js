// @ts-check
// What outlasts a reload: a tab keeps its session's name and gives it to the next session, which
// finds the run by it. While a run is in no file, leaving asks first. Streamlit does neither.

const KEY = "w2v-session";

let asks = false;

/** @param {string} session @param {boolean} unsaved @param {(before: string) => void} claim */
export function keep(session, unsaved, claim) {
  const before = sessionStorage.getItem(KEY);
  sessionStorage.setItem(KEY, session);
  asks = unsaved;
  if (before && before !== session) claim(before);
}

addEventListener("beforeunload", (event) => asks && event.preventDefault());
