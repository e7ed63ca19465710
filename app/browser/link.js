// @ts-check
// A button that copies the address, which it keeps up to date: at every run of the page, since
// Streamlit drops the query when pages change. No widget of Streamlit's reaches the clipboard.

import { writeAddress } from "./address.js";

const COPY =
  '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M3.9 12a3.1 3.1 0 0 1 3.1-3.1h4V7H7a5 5 0' +
  " 0 0 0 10h4v-1.9H7A3.1 3.1 0 0 1 3.9 12zM8 13h8v-2H8zm9-6h-4v1.9h4a3.1 3.1 0 0 1 0 6.2h-4V17h4" +
  'a5 5 0 0 0 0-10z"/></svg>';

/** @type {number | undefined} the run of the page that the address is of */
let written;

export function link({ data, parentElement }) {
  const { copy, copied, note, query, run } = data;
  const button = parentElement.querySelector("button") ?? made(parentElement);
  button.title = note ? `${copy}. ${note}` : copy;
  button.setAttribute("aria-label", copy);
  button.onclick = async () => {
    await copyText(location.href);
    say(parentElement.querySelector("span"), note ? `${copied} ${note}` : copied);
  };
  if (run !== written) writeAddress(query); // not an old one, only because the theme changed
  written = run;
}

/** @param {HTMLElement} parent */
function made(parent) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "w2v-link";
  button.innerHTML = COPY;
  const said = document.createElement("span");
  said.className = "w2v-link-said";
  said.setAttribute("role", "status");
  parent.append(button, said);
  return button;
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let waiting;

/** @param {HTMLElement} place @param {string} text */
function say(place, text) {
  place.textContent = text;
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    place.textContent = "";
  }, 4000);
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
for (const type of ["pointerdown", "pointerup", "mousedown", "mouseup", "click"])
  document.addEventListener(
    type,
    (event) => {
      const { target } = event;
      if (!(target instanceof Element)) return;
      if (!target.closest("label [data-testid='stTooltipIcon']")) return;
      event.stopPropagation();
      event.preventDefault();
    },
    true,
  );
