// A text area whose text counts soon after it is typed or pasted. Streamlit alone waits for Ctrl+Enter or for a click
// elsewhere; and a click on a button that only the text enables would be lost.
const PAUSE_MS = 500;

export default function ({ data }) {
  if (!window.w2vTyping) for (const type of ["input", "compositionend"]) document.addEventListener(type, heard);
  window.w2vTyping = data.place;
}

// While an input method composes, what stands there is not yet what is meant.
function heard({ target, type, isComposing }) {
  if (!target.matches(`${window.w2vTyping} textarea`)) return;
  clearTimeout(target.w2vPause);
  if (isComposing && type === "input") return;
  const apply = new KeyboardEvent("keydown", { key: "Enter", ctrlKey: true, bubbles: true });
  target.w2vPause = setTimeout(() => target.dispatchEvent(apply), PAUSE_MS);
}
