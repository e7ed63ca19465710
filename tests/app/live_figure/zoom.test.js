import assert from "node:assert/strict";
import test from "node:test";
import { Zoom } from "../../../app/live_figure/browser/zoom.js";

const layout = (range, uirevision = "run") => ({ uirevision, xaxis: { range }, yaxis: {} });

test("an axis that the user has zoomed keeps its range while the data move", () => {
  const zoom = new Zoom();
  const shown = layout([0, 10]);
  zoom.begin(shown, {});
  zoom.shift(shown, "xaxis.range", [0, 20]);
  assert.deepEqual(shown.xaxis.range, [0, 20]);
  shown.xaxis.range = [3, 4];
  zoom.note(shown, ["xaxis.range[0]", "xaxis.range[1]"]);
  zoom.shift(shown, "xaxis.range", [0, 30]);
  assert.deepEqual(shown.xaxis.range, [3, 4]);
  zoom.goHome(shown);
  assert.deepEqual(shown.xaxis.range, [0, 30]);
});

test("a zoom outlives a figure of the same thing, and no other", () => {
  const zoom = new Zoom();
  const first = layout([3, 4]);
  zoom.begin(first, {});
  zoom.note(first, ["xaxis.range[0]"]);
  const same = layout([0, 10]);
  zoom.begin(same, first);
  assert.deepEqual(same.xaxis.range, [3, 4]);
  const other = layout([0, 10], "another run");
  zoom.begin(other, same);
  assert.deepEqual(other.xaxis.range, [0, 10]);
  zoom.shift(other, "xaxis.range", [0, 5]);
  assert.deepEqual(other.xaxis.range, [0, 5]);
});

test("what a message holds for the layout is set at its path", () => {
  const zoom = new Zoom();
  const shown = layout(undefined);
  zoom.begin(shown, {});
  zoom.shift(shown, "yaxis.title.text", "loss");
  assert.equal(shown.yaxis.title.text, "loss");
  zoom.note(shown, ["yaxis.autorange"]);
  zoom.goHome(shown);
  assert.equal(shown.yaxis.autorange, true);
});
