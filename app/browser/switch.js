// A choice of one in a few, as small buttons side by side.
class Switch {
  constructor(parent, name, options, chosen, choose) {
    this.box = element("span", "w2v-switch", parent);
    this.box.setAttribute("role", "radiogroup");
    this.box.dataset.name = name;
    this.buttons = options.map((option) => {
      const button = element("button", "", this.box);
      button.type = "button";
      button.value = option;
      button.setAttribute("role", "radio");
      button.onclick = () => {
        this.mark(option);
        choose(option);
      };
      return button;
    });
    this.mark(chosen);
  }

  mark(chosen) {
    for (const button of this.buttons) button.setAttribute("aria-checked", button.value === chosen);
  }

  // `text` has a label under each option's name, and may have help under option_help.
  draw(label, text) {
    this.box.setAttribute("aria-label", label);
    for (const button of this.buttons) {
      button.textContent = text[button.value];
      button.title = text[`${button.value}_help`] || text[`${button.value}_axis`] || "";
    }
  }
}
