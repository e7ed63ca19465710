// @ts-check
// A clicker's keys: Streamlit gives a button one key, and others have the arrows and space on the
// pages. In a lecture these come first.

/** @type {Record<string, string>} the button of each key; of a key that blanks the screen, none */
let buttons = {};

const TYPED = "input:not([type=radio], [type=checkbox]), textarea";
const blank = document.createElement("div");
blank.style.cssText = "position:fixed;inset:0;background:#000;z-index:2147483647";

/** @param {Event} event */
function pressed(event) {
  if (!(event instanceof KeyboardEvent) || event.ctrlKey || event.altKey || event.metaKey) return;
  const { key, target, type, repeat } = event;
  if (!(key in buttons) || !document.querySelector(".st-key-lecture")) return;
  if (target instanceof Element && target.matches(TYPED)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (type !== "keydown" || repeat) return;
  const button = buttons[key] && document.querySelector(buttons[key]);
  if (blank.isConnected) blank.remove();
  else if (button instanceof HTMLElement) button.click();
  else document.body.append(blank);
}

for (const type of ["keydown", "keyup"]) addEventListener(type, pressed, true);

/** @param {{ data: Record<string, string>, parentElement: HTMLElement }} component */
export function lecture({ data, parentElement }) {
  buttons = data;
  parentElement.dataset.keys = "heard"; // from here on
}
