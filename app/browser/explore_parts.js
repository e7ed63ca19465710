// Small parts of the Explore page: fields, buttons, lists of words, icons, and scales of colours.

const SHADES = 24; // of a scale of colours

// A select whose options come with their labels.
function chooser(parent, className, changed) {
  const select = element("select", `w2v-select ${className}`, parent);
  select.onchange = () => changed(select.value);
  select.fill = (label, options, value) => {
    const state = JSON.stringify([label, options]);
    if (state !== select.state) {
      select.state = state;
      select.setAttribute("aria-label", label);
      select.title = label;
      select.replaceChildren(...options.map(([id, name]) => Object.assign(element("option"), { value: id, textContent: name })));
    }
    select.value = value;
  };
  return select;
}

function button(parent, className, pressed) {
  const node = element("button", className, parent);
  node.type = "button";
  node.onclick = pressed;
  return node;
}

// A field that asks while one types, and is not overwritten meanwhile.
function field(parent, className, typed, wait = 120) {
  const input = element("input", `w2v-search ${className}`, parent);
  input.type = "search";
  input.autocomplete = "off";
  input.spellcheck = false;
  input.addEventListener("input", () => {
    clearTimeout(input.waiting);
    input.waiting = setTimeout(() => typed(input.value), wait);
  });
  input.show = (label, value) => {
    input.placeholder = label;
    input.setAttribute("aria-label", label);
    if (document.activeElement !== input) input.value = value;
  };
  return input;
}

// Words with a bar and a number each. `marked` puts a sign before each word.
class Ranking {
  constructor(parent, { pick, hover }) {
    Object.assign(this, { pick, hover });
    this.list = element("ol", "w2v-ranking", parent);
  }

  draw(rows, missing = "") {
    const state = JSON.stringify([rows, missing]);
    if (state === this.state) return;
    this.state = state;
    this.list.replaceChildren(...rows.map((row) => {
      const item = element("li", row.at < 0 ? "w2v-off" : "");
      if (row.at < 0) item.title = missing;
      const sign = element("i", `w2v-sign ${row.sign ? `w2v-sign-${row.sign}` : ""}`, item);
      sign.title = row.why || "";
      const name = button(item, "w2v-word", () => this.pick(row.word));
      name.textContent = row.word;
      name.dir = "auto";
      const bar = element("span", "w2v-bar", element("span", "w2v-track", item));
      bar.style.width = `${100 * Math.min(1, Math.max(0, row.share))}%`;
      bar.style.background = row.colour || "";
      element("span", "w2v-value", item).textContent = row.value;
      item.onpointerenter = () => this.hover(row.at);
      item.onpointerleave = () => this.hover(-1);
      return item;
    }));
  }
}

function chips(box, words, { pick, hover }) {
  box.replaceChildren(...words.map(({ word, at }) => {
    const chip = button(null, "w2v-chip", () => pick(word));
    chip.textContent = word;
    chip.dir = "auto";
    chip.onpointerenter = () => hover(at);
    chip.onpointerleave = () => hover(-1);
    return chip;
  }));
}

// From almost the page's own colour over blue to almost that of its letters: more is more visible, in light and dark.
function shading(background, ink) {
  const [from, to] = [background, ink].map((colour) => colour.match(/\d+/g).map(Number));
  const blue = [0, 114, 178];
  const dark = from[0] < 128;
  const stops = [blend(from, to, 0.22), dark ? [86, 180, 233] : blue, blend(dark ? [86, 180, 233] : blue, to, 0.65)];
  return Array.from({ length: SHADES }, (_, i) => {
    const at = (2 * i) / (SHADES - 1);
    const [a, b] = at < 1 ? [stops[0], stops[1]] : [stops[1], stops[2]];
    return `rgb(${blend(a, b, at < 1 ? at : at - 1).map(Math.round)})`;
  });
}

const blend = (a, b, share) => a.map((value, i) => value + share * (b[i] - value));

const ICON = {
  move: "M12 2l3 3h-2v6h6V9l3 3-3 3v-2h-6v6h2l-3 3-3-3h2v-6H5v2l-3-3 3-3v2h6V5H9z",
  lasso: "M12 3C6.5 3 2 6.1 2 10c0 2 1.2 3.8 3.1 5-.1.3-.1.6-.1 1 0 1.700 1.300 3 3 3 .3 0 .7-.1 1-.2-.2 1-1 1.700-2.300 2.200l.8 1.700c2.500-.9 3.500-2.800 3.500-4.900V17c.3 0 .7.000 1 .000 5.500 0 10-3.100 10-7s-4.500-7-10-7zm0 12c-.5 0-1 0-1.400-.1-.5-1.100-1.500-1.900-2.600-1.900-.5 0-1 .2-1.500.4C4.900 12.500 4 11.300 4 10c0-2.800 3.600-5 8-5s8 2.200 8 5-3.600 5-8 5z",
  closer: "M11 5h2v6h6v2h-6v6h-2v-6H5v-2h6z",
  farther: "M5 11h14v2H5z",
  focus: "M4 4h5v2H6v3H4zM15 4h5v5h-2V6h-3zM4 15h2v3h3v2H4zM18 15h2v5h-5v-2h3zM12 9a3 3 0 1 1 0 6 3 3 0 0 1 0-6z",
  whole: "M10 20v-6h4v6h5v-8h3L12 3 2 12h3v8z",
  picture: "M21 19V5a2 2 0 0 0-2-2H5a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h14a2 2 0 0 0 2-2zM8.500 13.500l2.500 3 3.500-4.500 4.500 6H5z",
  play: "M8 5v14l11-7z",
  pause: "M7 5h4v14H7zM13 5h4v14h-4z",
};

function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", ICON[name]);
  svg.append(path);
  return svg;
}

const fill = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);
