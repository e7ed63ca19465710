// @ts-check
// A text area whose text counts soon after it is typed or pasted. Streamlit's waits for Ctrl+Enter
// or for a click elsewhere (only its text input has `live`); and a click on a button that only the
// text enables would be lost.

const PAUSE_MS = 500;
const AREA = "[class*='st-key-pasted-'] textarea";

/** Draws nothing; where it is called, the module listens. */
export const typing = () => {};
for (const type of ["input", "compositionend"]) addEventListener(type, heard);

let pause;

// While an input method composes, what stands there is not yet what is meant.
/** @param {any} event */
function heard({ target, type, isComposing }) {
  if (!(target instanceof Element && target.matches(AREA))) return;
  clearTimeout(pause);
  if (isComposing && type === "input") return;
  const apply = new KeyboardEvent("keydown", { key: "Enter", ctrlKey: true, bubbles: true });
  pause = setTimeout(() => target.dispatchEvent(apply), PAUSE_MS);
}
