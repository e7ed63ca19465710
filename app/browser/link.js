// @ts-check
// A button that copies the address, which it keeps up to date: at every run of the page, since
// Streamlit drops the query when pages change. No widget of Streamlit's reaches the clipboard.

import { keep } from "./tab.js";

/** @type {number | undefined} the run of the page that the address is of */
let written;

export function link({ data, parentElement, setTriggerValue }) {
  const { copy, copied, note, query, run, session, course, unsaved, dark } = data;
  const button = parentElement.querySelector("button");
  button.title = note ? `${copy}. ${note}` : copy;
  button.setAttribute("aria-label", copy);
  button.onclick = async () => {
    await copyText(location.href);
    const said = parentElement.querySelector("span");
    said.textContent = note ? `${copied} ${note}` : copied;
    setTimeout(() => said.replaceChildren(), 4000);
  };
  if (run !== written) writeAddress(query); // not an old one, only because the theme changed
  written = run;
  keep(session, course, unsaved, (before) => setTriggerValue("before", before));
  const theme = isDark();
  if (theme !== dark && theme !== told) setTriggerValue("theme", theme);
  told = theme === dark ? undefined : theme;
}

/** @type {boolean | undefined} the theme for which the page was asked to be drawn anew: figures are */
let told;

// Called at every change of the theme, too, for which Streamlit does not run the page.
function isDark() {
  const app = /** @type {Element} */ (document.querySelector(".stApp"));
  return Number(getComputedStyle(app).backgroundColor.match(/[\d.]+/)?.[0] ?? 255) < 128;
}

// Browsers give the clipboard to safe addresses only (https, localhost); a class's server is none.
/** @param {string} text */
async function copyText(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}

// Streamlit puts a check box's question mark into its label: a click that asks for help would
// change the setting.
const HELP = "label [data-testid='stTooltipIcon']";
const help = (/** @type {Event} */ event) => {
  if (event.target instanceof Element && event.target.closest(HELP)) event.stopPropagation();
};
addEventListener("pointerdown", help, true);

// The address is the link to what is shown. Replaced, never added to as Streamlit's `query_params`
// do: the browser's Back leaves the page, it does not walk through every word that was typed. What
// embeds the app in another page stays.
/** @param {string} query */
function writeAddress(query) {
  const kept = [...new URLSearchParams(location.search)].filter(([name]) => /^embed/.test(name));
  const search = [query, new URLSearchParams(kept).toString()].filter(Boolean).join("&");
  if (location.search === `?${search}`) return;
  const address = location.pathname + (search && `?${search}`) + location.hash;
  history.replaceState(history.state, "", address);
}

/** Draws nothing; for what changes without a run of the page. @param {{ data: string }} component */
export const address = ({ data }) => writeAddress(data);
