// The pictures of the page "Inside a step". Streamlit calls the function below for each of them, and again at every
// change; the pictures live in `parts`, outside Streamlit's tree, so that bars glide instead of being made anew.

const parts = (window.w2vInside ||= new Map());
const PARTS = { sentence: Sentence, strip: Strip, picture: Picture, rise: Rise };

export default function ({ data, parentElement, setTriggerValue }) {
  let part = parts.get(data.part);
  if (!part) {
    const box = element("div", `w2v-inside w2v-inside-${data.part}`);
    parts.set(data.part, (part = new PARTS[data.part](box)));
    part.root = box;
  }
  part.send = setTriggerValue;
  if (part.root.parentNode !== parentElement) parentElement.append(part.root);
  part.draw(data);
  Object.assign(part.root.dataset, data.state); // read by the tests
}
