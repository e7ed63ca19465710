// @ts-check
// What outlasts a reload: a tab gives its session's name, and its lesson's place and answers, to the
// next session, which finds the run by the name. Leaving a run that is in no file asks first.

const [KEY, COURSE] = ["w2v-session", "w2v-course"];
// Loaded anew, or gone back to: not a link that was opened.
let again = performance.getEntriesByType("navigation")[0]?.toJSON().type !== "navigate";
let asks = false;

/**
 * @param {string} session @param {string} course @param {boolean} unsaved
 * @param {(before: { session: string, course: string }) => void} claim
 */
export function keep(session, course, unsaved, claim) {
  const kept = storage();
  const [before, former] = [KEY, COURSE].map((key) => kept?.getItem(key) ?? "");
  kept?.setItem(KEY, session);
  kept?.setItem(COURSE, course);
  asks = unsaved;
  if (again && before && before !== session) claim({ session: before, course: former });
  again = true;
}

// Within a page of another site a browser may give none.
function storage() {
  try {
    return sessionStorage;
  } catch {
    return null;
  }
}

addEventListener("click", ({ target }) => {
  if (target instanceof Element && target.closest(".st-key-download-run")) asks = false;
});
addEventListener("beforeunload", (event) => asks && event.preventDefault());
