import assert from "node:assert/strict";
import { test } from "node:test";
import { fit } from "../../../app/live_figure/browser/narrow.js";

const made = () => ({
  legend: { x: 1.01 },
  yaxis: { domain: [0, 1] },
  meta: { narrow: { "legend.x": 0, "legend.orientation": "h", "yaxis.domain": [0.5, 1] } },
});

test("a narrow figure has its other layout, and a wide one its own again", () => {
  const layout = made();
  fit(layout, 358);
  fit(layout, 358);
  assert.deepEqual(layout.legend, { x: 0, orientation: "h" });
  assert.deepEqual(layout.yaxis.domain, [0.5, 1]);
  fit(layout, 900);
  assert.deepEqual(layout.legend, { x: 1.01, orientation: undefined });
  assert.deepEqual(layout.yaxis.domain, [0, 1]);
});

test("a wide figure, and one without another layout, stay as they are", () => {
  const layout = made();
  fit(layout, 900);
  assert.deepEqual(layout, made());
  const plain = { legend: { x: 1 } };
  fit(plain, 358);
  assert.deepEqual(plain, { legend: { x: 1 } });
});
