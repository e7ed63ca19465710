// A part of the page as an SVG drawing of its own, as it is seen: boxes, letters, canvases and drawings, each where the
// browser has laid it. (An SVG that only wraps HTML opens in browsers alone.)

const PAINT = ["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin", "opacity", "paint-order",
  "font-family", "font-size", "font-weight", "text-anchor", "vector-effect"];

const EDGE = 10; // pixels around it

// A colour as it looks on the page's background: not every program that reads drawings knows transparent ones.
let paper = "#fff";
function solid(colour) {
  const pen = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d");
  for (const fill of [paper, colour]) {
    pen.fillStyle = fill;
    pen.fillRect(0, 0, 1, 1);
  }
  return `rgb(${[...pen.getImageData(0, 0, 1, 1).data].slice(0, 3)})`;
}

function drawing(node) {
  paper = getComputedStyle(document.querySelector(".stApp")).backgroundColor;
  const frame = node.getBoundingClientRect();
  const [width, height] = [frame.width, frame.height].map((length) => Math.ceil(length) + 2 * EDGE);
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  for (const [name, value] of Object.entries({ xmlns: svg.namespaceURI, width, height, viewBox: [-EDGE, -EDGE, width, height].join(" ") }))
    svg.setAttribute(name, value);
  shape("rect", { x: -EDGE, y: -EDGE, width, height, fill: solid(paper) }, svg);
  trace(node, svg, frame);
  return { svg: new XMLSerializer().serializeToString(svg), width, height };
}

function trace(node, parent, frame) {
  const style = getComputedStyle(node);
  const box = node.getBoundingClientRect();
  if (style.display === "none" || style.visibility === "hidden" || node.classList.contains("w2v-save")) return;
  const place = { x: box.x - frame.x, y: box.y - frame.y, width: box.width, height: box.height };
  const group = shape("g", style.opacity === "1" ? {} : { opacity: style.opacity }, parent);
  if (node.localName === "svg") return copy(node, group, place);
  const hides = style.overflow !== "visible" && (node.scrollWidth > node.clientWidth || node.scrollHeight > node.clientHeight);
  if (hides) group.setAttribute("clip-path", clip(place, group));
  surface(style, place, group);
  const after = getComputedStyle(node, "::after");
  if (after.content !== "none") {
    const [left, top, margin, width, height] = ["left", "top", "marginLeft", "width", "height"].map((side) => parseFloat(after[side]));
    surface(after, { x: place.x + left + margin, y: place.y + top, width, height }, group);
  }
  if (node.localName === "canvas")
    shape("image", { ...place, href: node.toDataURL(), preserveAspectRatio: "none", style: "image-rendering: pixelated" }, group);
  for (const child of node.childNodes)
    if (child.nodeType === Node.TEXT_NODE) letters(child, style, group, frame);
    else if (child.nodeType === Node.ELEMENT_NODE) trace(child, group, frame);
}

// A box's own colour, or that of its pattern; its borders and outline.
function surface(style, { x, y, width, height }, group) {
  const seen = (colour) => !/^(transparent|rgba\(.*, 0\))$/.test(colour);
  const rounded = { rx: parseFloat(style.borderTopLeftRadius) || 0 };
  const pattern = style.backgroundImage.match(/(rgb|color|oklab|oklch)a?\([^()]*\)/g)?.filter(seen) ?? [];
  const fill = seen(style.backgroundColor) ? solid(style.backgroundColor)
    : style.backgroundImage.startsWith("linear") ? shades(pattern, group) : pattern[0];
  if (width && height && fill) shape("rect", { x, y, width, height, fill, ...rounded }, group);
  const [, colour, shift] = style.boxShadow.match(/^(rgb.*\)) (-?\d+)px 0px 0px 0px inset$/) ?? [];
  if (shift) { // a mark at one end
    const thick = Math.abs(shift);
    shape("rect", { x: shift < 0 ? x + width - thick : x, y, width: thick, height, fill: colour }, group);
  }
  if (width && parseFloat(style.borderLeftWidth) + parseFloat(style.borderRightWidth) >= width) { // an arrow's head
    const d = `M${x} ${y + height}H${x + width}L${x + width / 2} ${y}Z`;
    shape("path", { d, fill: solid(style.borderBottomColor) }, group);
    return;
  }
  if (style.outlineStyle === "solid")
    shape("rect", { x, y, width, height, fill: "none", stroke: solid(style.outlineColor), ...rounded }, group);
  const sides = {
    Top: [x, y, width, 0], Bottom: [x, y + height, width, 0], Left: [x, y, 0, height], Right: [x + width, y, 0, height],
  };
  for (const [side, [left, top, across, down]] of Object.entries(sides)) {
    const thick = parseFloat(style[`border${side}Width`]);
    const colour = style[`border${side}Color`];
    if (!thick || !seen(colour) || style[`border${side}Style`] === "none" || !width || !height) continue;
    const inside = { Top: [0, thick / 2], Bottom: [0, -thick / 2], Left: [thick / 2, 0], Right: [-thick / 2, 0] }[side];
    const [x1, y1] = [left + inside[0], top + inside[1]];
    shape("line", { x1, y1, x2: x1 + across, y2: y1 + down, stroke: solid(colour), "stroke-width": thick }, group);
  }
}

// What a box hides of its content is hidden in the drawing.
let named = 0;
function clip(place, group) {
  const path = shape("clipPath", { id: `clip${(named += 1)}` }, group);
  shape("rect", place, path);
  return `url(#${path.id})`;
}

// Colours from left to right.
function shades(colours, group) {
  const gradient = shape("linearGradient", { id: `shades${(named += 1)}` }, group);
  colours.forEach((colour, i) => shape("stop", { offset: i / (colours.length - 1), "stop-color": colour }, gradient));
  return `url(#${gradient.id})`;
}

// A text, line by line as the browser has broken it.
function letters(text, style, group, frame) {
  const range = document.createRange();
  const lines = [];
  for (const { 0: word, index } of text.data.matchAll(/\S+/g)) {
    range.setStart(text, index);
    range.setEnd(text, index + word.length);
    const box = range.getBoundingClientRect();
    if (!box.width) continue;
    const line = lines.at(-1);
    if (line && Math.abs(line.y - box.y) < 2) line.words.push(word);
    else lines.push({ x: box.x, y: box.y, bottom: box.bottom, words: [word] });
    lines.at(-1).right = box.right;
  }
  for (const { x, y, right, bottom, words } of lines)
    shape("text", {
      x: x - frame.x, y: (y + bottom) / 2 - frame.y, "dominant-baseline": "central", fill: solid(style.color),
      "font-family": style.fontFamily, "font-size": style.fontSize, "font-weight": style.fontWeight, "font-style": style.fontStyle,
      textLength: right - x, lengthAdjust: "spacingAndGlyphs", // where the page's font is missing, too
    }, group).textContent = words.join(" ");
}

// A drawing inside: its shapes with the style sheet's colours written into them.
function copy(node, group, { x, y, width, height }) {
  const twin = node.cloneNode(true);
  for (const [name, value] of Object.entries({ x, y, width, height })) twin.setAttribute(name, value);
  const [from, to] = [node, twin].map((root) => [...root.querySelectorAll("*")]);
  from.forEach((original, i) => {
    const style = getComputedStyle(original);
    const value = (name) => (["fill", "stroke"].includes(name) && style[name] !== "none"
      ? solid(style[name]) : style.getPropertyValue(name));
    to[i].setAttribute("style", PAINT.map((name) => `${name}: ${value(name)}`).join("; "));
  });
  group.append(twin);
}

// The buttons that save a part of the page as a picture.
function pictureButtons(node, title, text, parent) {
  const row = element("div", "w2v-save", parent);
  [[PICTURE, "png"], [DRAWING, "svg"]].forEach(([{ icon }, format], i) => {
    const button = element("button", "", row);
    button.type = "button";
    button.title = text[i];
    button.setAttribute("aria-label", text[i]);
    const svg = shape("svg", { viewBox: `0 0 ${icon.width} ${icon.height}` }, button);
    shape("path", { d: icon.path }, svg);
    button.onclick = async () => {
      const drawn = drawing(node);
      const blob = new Blob([drawn.svg], { type: "image/svg+xml" });
      const name = title.trim().replace(/[^\p{L}\p{N}]+/gu, "_");
      download(format === "svg" ? blob : await pixels(blob, drawn.width, drawn.height), `${name}.${format}`);
    };
  });
  return row;
}
