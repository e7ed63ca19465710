// Sentences as the words that training will see.
export default function ({ data, parentElement }) {
  let list = parentElement.querySelector(".w2v-preview");
  if (!list) list = element("ol", "w2v-preview", parentElement);
  list.replaceChildren(...data.sentences.map((words) => {
    const sentence = element("li");
    sentence.append(...words.map((word) => Object.assign(element("bdi"), { textContent: word })));
    if (words.length === data.most) sentence.append("…");
    return sentence;
  }));
}
