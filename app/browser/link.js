// A button that copies the address, which it keeps up to date: at every run of the page, since Streamlit drops the
// query when pages change.
export default function ({ data, parentElement }) {
  let button = parentElement.querySelector(".w2v-link");
  if (!button) {
    button = element("button", "w2v-link", parentElement);
    button.type = "button";
    button.innerHTML = COPY;
    button.said = element("span", "w2v-link-said", parentElement);
    button.said.setAttribute("role", "status");
  }
  const { copy, copied, note, query, run } = data;
  button.title = note ? `${copy}. ${note}` : copy;
  button.setAttribute("aria-label", copy);
  button.onclick = () => copyText(location.href).then(() => say(button, note ? `${copied} ${note}` : copied));
  if (button.run !== run) writeAddress(query); // not again with an old record, only because the theme changed
  button.run = run;
}

const COPY = '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M3.9 12a3.1 3.1 0 0 1 3.1-3.1h4V7H7a5 5 0 0 0 0 10h4'
  + 'v-1.9H7A3.1 3.1 0 0 1 3.9 12zM8 13h8v-2H8zm9-6h-4v1.9h4a3.1 3.1 0 0 1 0 6.2h-4V17h4a5 5 0 0 0 0-10z"/></svg>';

// Streamlit puts a check box's question mark into its label: a click that asks for help would change the setting.
window.w2vHelp ||= ["pointerdown", "pointerup", "mousedown", "mouseup", "click"].map((type) =>
  document.addEventListener(type, (event) => {
    if (!event.target.closest("label [data-testid='stTooltipIcon']")) return;
    event.stopPropagation();
    event.preventDefault();
  }, true));

function say(button, text) {
  button.said.textContent = text;
  clearTimeout(button.timer);
  button.timer = setTimeout(() => (button.said.textContent = ""), 4000);
}

// Browsers give the clipboard to safe addresses only (https, localhost); a classroom's server is none.
async function copyText(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = element("textarea", "", document.body);
  field.value = text;
  field.select();
  document.execCommand("copy");
  field.remove();
}
