// A sentence of the text: the center and one context picked out, the window underlined. What a click picks is
// chosen beside it; a center is followed by a context.

class Sentence {
  constructor(box) {
    this.as = "context";
    this.modes = element("div", "w2v-modes", box);
    this.modes.setAttribute("role", "radiogroup");
    this.mode = Object.fromEntries(
      ["center", "context"].map((as) => {
        const button = element("button", `w2v-mode w2v-${as}`, this.modes);
        button.type = "button";
        button.setAttribute("role", "radio");
        button.onclick = () => this.choose(as);
        return [as, button];
      }),
    );
    this.line = element("p", "w2v-sentence", box);
  }

  choose(as) {
    this.as = as;
    this.draw(this.data);
  }

  draw(data) {
    this.data = data;
    const { text } = data;
    const window_ = new Set(data.window);
    for (const as in this.mode) {
      this.mode[as].textContent = text[as];
      this.mode[as].title = text[`hint_${as}`];
      this.mode[as].setAttribute("aria-checked", this.as === as);
    }
    this.line.setAttribute("aria-label", text.label);
    this.line.dataset.as = this.as;
    const words = data.words.map((word, i) => {
      const at = data.start + i;
      const button = element("button", "w2v-token");
      button.type = "button";
      button.textContent = word;
      button.dataset.at = at;
      const role = at === data.center ? "center" : at === data.context ? "context" : "";
      if (role) button.classList.add(`w2v-${role}`);
      if (role) button.setAttribute("aria-label", `${word}, ${text[role]}`);
      button.classList.toggle("w2v-window", window_.has(at) || at === data.center);
      button.disabled = this.as === "context" && !window_.has(at);
      button.title = text[`hint_${this.as}`];
      button.onclick = () => {
        this.send("pick", { at, as: this.as });
        if (this.as === "center") this.choose("context");
      };
      return button;
    });
    const dots = (shown) => (shown ? [] : [element("span", "w2v-dots")]);
    const [before, after] = data.whole.map(dots);
    for (const span of [...before, ...after]) span.textContent = "…";
    this.line.replaceChildren(...before, ...words, ...after);
  }
}
