// W and U for the words at hand: each row before the step, its gradient, and after it. Touched rows have a bar.

class HeatMap {
  constructor(box) {
    this.box = element("div", "w2v-heat", box);
  }

  draw(data) {
    const { text } = data;
    this.box.replaceChildren(
      ...data.tables.map(({ title, rows, more }) => {
        const table = element("div", "w2v-table");
        const head = element("div", "w2v-heat-row w2v-heat-head", table);
        element("b", "", head).textContent = title;
        for (const column of text.columns) element("span", "", head).textContent = column;
        for (const row of rows) this.row(table, row, data);
        if (more) element("div", "w2v-more", table).textContent = `⋮ ${more}`;
        return table;
      }),
    );
    const legend = element("div", "w2v-scale", this.box);
    for (const range of [data.vectors_range, data.gradients_range]) {
      element("span", "", legend).textContent = `−${range}`;
      element("i", "", legend);
      element("span", "", legend).textContent = range;
    }
  }

  row(table, { word, role, touched, strips }, data) {
    const row = element("div", "w2v-heat-row", table);
    row.dataset.role = role;
    row.classList.toggle("w2v-touched", touched);
    row.title = touched ? data.text.touched : data.text.untouched;
    element("span", "w2v-heat-word", row).textContent = word;
    strips.forEach((packed, i) => {
      const cell = element("span", "w2v-heat-cell", row);
      if (packed) strip(element("canvas", "", cell), packed, i === 1 ? data.gradients_max : data.vectors_max);
      else cell.textContent = i === 1 ? "0" : "=";
    });
  }
}
