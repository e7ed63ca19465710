// How the probability rises as the pair is applied again and again: drawn along as it grows.

class Rise {
  constructor(box) {
    this.box = element("div", "w2v-rise", box);
    new ResizeObserver(() => this.data && this.draw(this.data)).observe(this.box);
  }

  draw(data) {
    const grown = this.applied !== undefined && data.applied > this.applied ? this.applied : null;
    this.box.replaceChildren(...data.charts.map(() => element("figure", "w2v-curve")));
    this.data = data;
    this.applied = data.applied;
    data.charts.forEach((chart, i) => this.curve(this.box.children[i], chart, data, grown));
    this.box.dataset.applied = data.applied;
  }

  curve(figure, chart, data, grown) {
    const title = element("figcaption", "", figure);
    element("span", "", title).textContent = chart.title;
    pictureButtons(figure, chart.title, data.buttons, title);
    element("b", "", title).textContent = chart.last;
    const values = floats(chart.values);
    const [width, height] = [Math.max(120, figure.clientWidth), Math.max(40, figure.clientHeight - 22)];
    const svg = shape("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", height }, figure);
    svg.setAttribute("aria-label", `${data.text.alt}: ${chart.now}`);
    const [left, right, top, bottom] = [14 + 6 * chart.top_text.length, 10, 6, 16];
    const steps = Math.max(1, data.applied);
    const x = (i) => left + (i / steps) * (width - left - right);
    const y = (value) => height - bottom - (value / chart.top) * (height - top - bottom);
    const write = (text, at, down, anchor) => {
      shape("text", { x: at, y: down, "text-anchor": anchor, class: "w2v-tick" }, svg).textContent = text;
    };
    shape("path", { d: `M${left} ${top}V${height - bottom}H${width - right}`, class: "w2v-frame" }, svg);
    write(chart.top_text, left - 5, top + 8, "end");
    write("0", left - 5, height - bottom + 3, "end");
    write(data.text.axis, (left + width - right) / 2, height - 3, "middle");
    write(data.applied, width - right, height - 3, "end");
    const points = Array.from(values, (value, i) => `${x(i)} ${y(value)}`);
    const line = shape("path", { d: `M${points.join("L")}`, class: "w2v-rising" }, svg);
    const dot = shape("circle", { cx: x(values.length - 1), cy: y(values.at(-1)), r: 4.5, class: "w2v-now" }, svg);
    if (grown === null || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    const length = line.getTotalLength();
    line.style.strokeDasharray = length;
    line.animate([{ strokeDashoffset: length }, { strokeDashoffset: 0 }], { duration: data.applied > 1 ? 1500 : 300 });
    dot.animate([{ opacity: 0 }, { opacity: 0, offset: 0.9 }, { opacity: 1 }], { duration: data.applied > 1 ? 1500 : 300 });
  }
}
