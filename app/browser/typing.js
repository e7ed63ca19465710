// A text area whose text counts soon after it is typed or pasted. Streamlit alone waits for Ctrl+Enter or for a click
// elsewhere; and a click on a button that only the text enables would be lost.
const PAUSE_MS = 500;

export default function ({ data }) {
  if (!window.w2vTyping) document.addEventListener("input", heard);
  window.w2vTyping = data.place;
}

function heard({ target }) {
  if (!target.matches(`${window.w2vTyping} textarea`)) return;
  clearTimeout(target.w2vPause);
  const apply = new KeyboardEvent("keydown", { key: "Enter", ctrlKey: true, bubbles: true });
  target.w2vPause = setTimeout(() => target.dispatchEvent(apply), PAUSE_MS);
}
