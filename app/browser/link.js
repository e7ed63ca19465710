// @ts-check
// A button that copies the address, which it keeps up to date: at every run of the page, since
// Streamlit drops the query when pages change. No widget of Streamlit's reaches the clipboard.

import { writeAddress } from "./address.js";
import { keep } from "./tab.js";

const BUTTON =
  '<button type="button" class="w2v-link"><i aria-hidden="true">link</i></button>' +
  '<span class="w2v-link-said" role="status"></span>';

/** @type {number | undefined} the run of the page that the address is of */
let written;

export function link({ data, parentElement, setTriggerValue }) {
  const { copy, copied, note, query, run, session, course, unsaved } = data;
  if (!parentElement.querySelector("button")) parentElement.insertAdjacentHTML("beforeend", BUTTON);
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
