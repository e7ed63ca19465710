// The Explore page in the browser: the map, its tools and legend, and the panel beside it. It takes its data in four
// parts, each of which comes when it has changed: the words, their places, the answers to what was asked, the frames.
// As in `live.js`, what is drawn lives outside Streamlit's tree.

const MOVE_MS = 600; // from one map to another

const views = (window.w2vViews ||= new Map());

export default function ({ data, parentElement, setTriggerValue }) {
  let view = views.get("explore");
  if (!view) views.set("explore", (view = new ExploreView()));
  if (data.part === "answer") {
    view.send = (verb, value) => setTriggerValue("ask", [verb, value]);
    if (view.link !== data.link) writeAddress(data.link); // not again only because the theme changed
    view.link = data.link;
  }
  if (data.part === "words" && view.box.parentNode !== parentElement) parentElement.append(view.box);
  view.take(data);
}

class ExploreView {
  constructor() {
    this.box = element("div", "w2v w2v-explore");
    this.parts = {};
    const map = element("section", "w2v-field", this.box);
    const head = element("div", "w2v-field-head", map);
    this.title = element("h3", "w2v-title", head);
    this.note = element("span", "w2v-said", head);
    this.truth = element("p", "w2v-said w2v-fidelity", map);
    const place = element("div", "w2v-place", map);
    this.cloud = new Cloud(place);
    this.tip = element("div", "w2v-tip", place);
    this.tip.hidden = true;
    this.variance = element("div", "w2v-variance", place);
    this.caution = element("p", "w2v-said w2v-caution", place);
    this.cloud.covers = [this.makeTools(place), this.variance, this.caution];
    this.legend = element("div", "w2v-legend", map);

    const side = element("section", "w2v-side", this.box);
    const hand = {
      ask: (verb, value) => this.ask(verb, value),
      pick: (word) => this.ask("word", word),
      hover: (at) => this.hover(at),
      moment: (at) => this.moment(at),
    };
    this.search = new SearchBox(side, hand);
    this.tabs = element("div", "w2v-tabs", side);
    this.tabs.setAttribute("role", "tablist");
    const panel = () => Object.assign(element("div", "w2v-panel", side), { hidden: true });
    this.panels = {
      neighbors: new NeighborPanel(panel(), hand),
      analogies: new AnalogyPanel(panel(), hand),
      time: new TimePanel(panel(), hand),
    };
    this.hand = new CloudHand(this.cloud, {
      pick: (i) => this.picked(i),
      select: (ids) => this.ask("select", ids.map((i) => this.parts.words.words[i])),
      hover: (i) => this.tell(i),
    });
  }

  makeTools(place) {
    const tools = element("div", "w2v-tools-over", place);
    this.tools = Object.fromEntries([
      ["back", () => this.ask("back", null)],
      ["move", () => this.use("move")],
      ["lasso", () => this.use("lasso")],
      ["closer", () => this.hand.zoom(1.4)],
      ["farther", () => this.hand.zoom(1 / 1.4)],
      ["focus", () => this.cloud.focus()],
      ["whole", () => this.cloud.home()],
      ["picture", () => this.save()],
    ].map(([name, act]) => {
      const tool = button(tools, "w2v-button w2v-tool", act);
      if (ICON[name]) tool.append(icon(name));
      return [name, tool];
    }));
    this.tools.back.hidden = true;
    return tools;
  }

  use(tool) {
    this.hand.tool = tool;
    for (const name of ["move", "lasso"]) this.tools[name].setAttribute("aria-pressed", name === tool);
  }

  ask(verb, value) {
    this.asked = performance.now(); // read by the measurements
    this.send(verb, value);
  }

  picked(i) {
    if (i < 0) return this.parts.answer?.at >= 0 || this.parts.answer?.selected.length ? this.ask("word", null) : null;
    this.cloud.overlay = { ...this.cloud.overlay, word: i, links: [], first: [i] }; // at once; its neighbours follow
    this.cloud.stir();
    this.ask("word", this.parts.words.words[i]);
  }

  take(data) {
    const before = this.parts[data.part];
    this.parts[data.part] = data;
    const { words, places, answer, frames } = this.parts;
    if (data.part === "words" && data.key !== before?.key) {
      this.cloud.words({ ...data, size: data.words.length });
      this.numbers = { counts: integers(data.counts), category: integers(data.category) };
      this.moved = null;
      if (data.run !== before?.run) this.cloud.forget();
    }
    if (!words || !places || !answer || places.words !== words.key || answer.words !== words.key) return;
    if (frames && answer.tab !== "time") delete this.parts.frames;
    this.drawAnswer(words, places, answer);
    if (places.key !== this.moved && answer.tab !== "time") this.settle(places);
    this.drawHead(words, places, answer);
    if (answer.tab === "time" && frames?.words === words.key) this.panels.time.draw(frames, answer.history, words.text);
    if (answer.asked !== this.answered) {
      this.latency = performance.now() - this.asked; // read by the measurements
      if (answer.at >= 0 && answer.at !== this.at) this.cloud.reveal(answer.at);
    }
    this.at = answer.at;
    this.answered = answer.asked;
    this.cloud.stir();
    Object.assign(this.box.dataset, { words: words.words.length, kind: places.kind, places: places.version,
      iteration: places.iteration, running: places.running, training: places.training, asked: answer.asked, tab: answer.tab });
  }

  settle(places) {
    this.moved = places.key;
    const moves = places.kind === this.kind && places.running ? 200 : MOVE_MS;
    const map = `${places.words} ${places.kind}`;
    if (this.map && this.map !== map) this.cloud.recentre(); // what was near is elsewhere now
    this.map = map;
    this.kind = places.kind;
    const strays = places.kind === "axes" ? 0 : undefined; // those farthest out are the words that make the axes
    this.cloud.move(floats(places.points), places.dimensions, moves, undefined, strays);
  }

  drawHead(words, places, answer) {
    const { text } = words;
    const time = answer.tab === "time";
    this.title.textContent = time ? text.time_map : places.title;
    this.note.textContent = this.note.title = time ? "" : places.note; // the line may be too short for it
    this.truth.textContent = time ? "" : places.truth;
    this.truth.title = text.truth_help;
    this.caution.textContent = time ? "" : places.caution;
    this.cloud.canvas.setAttribute("aria-label", text.map_alt);
    for (const name of Object.keys(this.tools)) {
      this.tools[name].title = text.tools[name];
      this.tools[name].setAttribute("aria-label", text.tools[name]);
    }
    this.tools.back.hidden = !words.isolated;
    this.tools.back.textContent = `← ${text.tools.back}`;
    this.use(this.hand.tool);
    this.drawVariance(time ? [] : places.shares, places, text);
  }

  // A bar for each principal component there is: how much of the variance it holds; those on the axes are named.
  drawVariance(shares, { chosen, axes_named }, text) {
    this.variance.hidden = !shares.length;
    const state = JSON.stringify([shares, chosen]);
    if (state === this.varianceState) return;
    this.varianceState = state;
    const highest = Math.max(...shares, 1e-9);
    const bars = shares.map((share, i) => {
      const axis = chosen.indexOf(i);
      const bar = element("i", axis >= 0 ? "w2v-on" : "");
      bar.style.height = `${(100 * share) / highest}%`;
      bar.title = axes_named[i];
      if (axis >= 0) {
        const name = Object.assign(element("b", "", bar), { textContent: "xyz"[axis] });
        // Above the highest bar, one above the other: thin neighbours leave no room side by side.
        name.style.bottom = `calc(${(100 * highest) / share}% + ${0.65 * axis}rem)`;
      }
      return bar;
    });
    const row = element("div", "w2v-variance-bars");
    row.append(...bars);
    this.variance.replaceChildren(row, Object.assign(element("span", "w2v-said"), { textContent: text.variance }));
    this.variance.setAttribute("role", "img");
    this.variance.setAttribute("aria-label", text.variance);
  }

  drawAnswer(words, places, answer) {
    const { text } = words;
    this.search.draw(answer, text);
    this.drawTabs(answer.tab, text);
    for (const [name, panel] of Object.entries(this.panels)) panel.section.hidden = name !== answer.tab;
    if (answer.tab === "neighbors") this.panels.neighbors.draw(answer, text);
    if (answer.tab === "analogies") this.panels.analogies.draw(answer, text);
    if (answer.tab !== "time") this.panels.time.playing && this.panels.time.stop();
    this.drawColours(words, answer.colour);
    const { cloud } = this;
    const links = answer.tab === "neighbors" ? answer.links.filter(({ at }) => at >= 0) : [];
    const parallelogram = answer.tab === "analogies" && answer.analogies.on_map;
    const [a, b, c, d] = parallelogram || [];
    cloud.overlay = {
      axes: answer.tab === "time" ? null : places.axes,
      word: answer.at,
      links,
      found: answer.found,
      arrows: parallelogram ? [[a, b, CENTER], [c, d, TARGET]] : [],
      sides: parallelogram ? [[a, c], [b, d]] : [],
      target: parallelogram && places.kind === "pca" ? [a, b, c] : null,
      first: [answer.at, ...links.map(({ at }) => at), ...(parallelogram || []), ...answer.found.slice(0, 40)].filter((i) => i >= 0),
    };
    const lit = parallelogram || (answer.selected.length ? answer.selected
      : answer.found.length ? answer.found
      : links.length && answer.colour.classes ? [answer.at, ...links.map(({ at }) => at)] : null);
    cloud.lit = lit && new Set(lit);
  }

  drawTabs(tab, text) {
    const state = JSON.stringify([tab, text.tabs]);
    if (state === this.tabState) return;
    this.tabState = state;
    this.tabs.replaceChildren(...Object.entries(text.tabs).map(([id, label]) => {
      const node = button(null, "w2v-tab", () => this.ask("tab", id));
      node.textContent = label;
      node.setAttribute("role", "tab");
      node.setAttribute("aria-selected", id === tab);
      return node;
    }));
  }

  drawColours(words, colour) {
    const { ink, background } = theme(this.box);
    const state = JSON.stringify([words.key, colour, ink, this.only]);
    if (state === this.colourState) return;
    if (colour.kind !== this.coloured) this.only = null;
    this.coloured = colour.kind;
    this.colourState = state;
    if (colour.classes) {
      this.cloud.paint(integers(colour.values), colour.classes.map(({ colour }) => colour), this.only);
      this.legend.replaceChildren(...colour.classes.map(({ title, colour }, c) => this.legendChip(title, colour, c)));
    } else {
      const shades = shading(plain(background), ink);
      this.cloud.paint(Int32Array.from(floats(colour.values), (share) => Math.round(share * (SHADES - 1))), shades);
      const strip = element("span", "w2v-scale");
      strip.style.background = `linear-gradient(90deg, ${shades.join()})`;
      this.legend.replaceChildren(...[colour.low, strip, colour.high].map((part) =>
        typeof part === "string" ? Object.assign(element("span", "w2v-said"), { textContent: part }) : part));
    }
  }

  legendChip(title, colour, c) {
    const chip = button(null, "w2v-chip", () => {
      this.only = this.only === c ? null : c;
      this.cloud.labels.forget();
      this.take(this.parts.answer);
    });
    chip.setAttribute("aria-pressed", this.only === c);
    element("i", "", chip).style.background = colour;
    chip.append(title);
    return chip;
  }

  // Pointing at a word in a list rings it on the map.
  hover(at) {
    this.cloud.hovered = at;
    this.cloud.stir();
  }

  // Pointing at a point tells its word.
  tell(i) {
    this.tip.hidden = i < 0;
    if (i < 0) return;
    const { words } = this.parts;
    const { screen } = this.cloud;
    const category = this.numbers.category[i];
    this.tip.replaceChildren(Object.assign(element("bdi"), { textContent: words.words[i] }),
      ` · ${fill(words.text.times, { count: this.numbers.counts[i].toLocaleString("en") })}`,
      category >= 0 ? ` · ${words.categories[category]}` : "");
    const left = Math.min(screen.x[i] + 12, this.cloud.width - this.tip.offsetWidth - 4);
    this.tip.style.transform = `translate(${Math.max(0, left)}px, ${Math.max(0, screen.y[i] - 34)}px)`;
  }

  // The map at a moment of the training, between two frames where need be.
  moment(at) {
    const { frames, answer } = this.parts;
    const { cloud } = this;
    const length = 2 * cloud.n;
    if (this.film?.key !== `${frames.words} ${frames.key}`) {
      const numbers = Float32Array.from(new Int16Array(bytes(frames.points)), (number) => number / frames.unit);
      this.film = { key: `${frames.words} ${frames.key}`, numbers };
    }
    const frame = (number) => this.film.numbers.subarray(number * length, (number + 1) * length);
    const before = Math.floor(at);
    const [p, q] = [frame(before), frame(Math.min(before + 1, frames.moments.length - 1))];
    const places = Float32Array.from(p, (value, j) => value + (at - before) * (q[j] - value));
    cloud.move(places, 2, this.moved === frames.key ? 0 : MOVE_MS, frame(frames.moments.length - 1));
    this.moved = frames.key;
    const way = answer.at < 0 ? [] : frames.moments.slice(0, before + 1).map((_, number) =>
      [0, 1].map((axis) => frame(number)[2 * answer.at + axis]));
    cloud.overlay.trail = way.length > 1 ? [...way, [0, 1].map((axis) => places[2 * answer.at + axis])] : null;
    this.box.dataset.moment = at;
  }

  save() {
    const { canvas } = this.cloud;
    const copy = Object.assign(document.createElement("canvas"), { width: canvas.width, height: canvas.height });
    const pen = copy.getContext("2d");
    pen.fillStyle = theme(this.box).background;
    pen.fillRect(0, 0, copy.width, copy.height);
    pen.drawImage(canvas, 0, 0);
    copy.toBlob((blob) => download(blob, `${this.title.textContent}.png`));
  }
}
