// The half-steps by name, forward and backward; the present one is marked, and a click goes to any of them.

class Strip {
  constructor(box) {
    this.list = element("ol", "w2v-strip", box);
  }

  draw({ names, now, forward, text }) {
    this.list.setAttribute("aria-label", text.label);
    const items = names.map((name, i) => {
      const item = element("li", i < forward ? "w2v-forward" : "w2v-backward");
      const button = element("button", "", item);
      button.type = "button";
      element("span", "w2v-number", button).textContent = i + 1;
      element("span", "w2v-name", button).textContent = name;
      button.title = `${i + 1}. ${name} (${i < forward ? text.forward : text.backward})`;
      if (i === now) button.setAttribute("aria-current", "step");
      item.classList.toggle("w2v-done", i < now);
      button.onclick = () => this.send("go", i);
      return item;
    });
    this.list.replaceChildren(...items);
  }
}
