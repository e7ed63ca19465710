// @ts-check
// The keys of a lesson, and what it says scrolled into view. A clicker's keys: Streamlit gives a
// button one key, and others have the arrows and space on the pages. In a lecture these come first.

/** @type {Record<string, string>} the button of each key; of a key that blanks the screen, none */
let buttons = {};

const TYPED = "input:not([type=radio], [type=checkbox]), textarea";
const blank = document.createElement("div");
blank.style.cssText = "position:fixed;inset:0;background:#000;z-index:2147483647";

/** @param {Event} event */
function pressed(event) {
  if (!(event instanceof KeyboardEvent) || event.ctrlKey || event.altKey || event.metaKey) return;
  const { key, target, type, repeat } = event;
  if (!(target instanceof Element) || target.matches(TYPED)) return;
  if (!(key in buttons) || !document.querySelector(".st-key-lecture")) return play(event, target);
  event.preventDefault();
  event.stopImmediatePropagation();
  if (type !== "keydown" || repeat) return;
  const button = buttons[key] && document.querySelector(buttons[key]);
  if (blank.isConnected) blank.remove();
  else if (button instanceof HTMLElement) button.click();
  else document.body.append(blank);
}

// Space plays, as Play says, though the option that was just chosen would keep it for itself.
function play({ key, type }, /** @type {any} */ target) {
  if (key !== " " || type !== "keydown" || !target.matches(".st-key-lesson :checked")) return;
  target.blur();
  document.body.dispatchEvent(new KeyboardEvent(type, { key, keyCode: 32, bubbles: true }));
}

for (const type of ["keydown", "keyup"]) addEventListener(type, pressed, true);

/** @param {{ data: Record<string, string>, parentElement: HTMLElement }} component */
export function lecture({ data, parentElement }) {
  buttons = data;
  parentElement.dataset.keys = "heard"; // from here on
}

let before = { place: "", said: "" };

/** What has come to be said at a place is scrolled to. @param {{ data: typeof before }} component */
export function lesson({ data }) {
  const end = document.querySelector(".st-key-lesson_said");
  if (data.place === before.place && data.said !== before.said)
    setTimeout(() => end?.scrollIntoView({ block: "nearest" }), 200); // when all is drawn
  before = data;
}
