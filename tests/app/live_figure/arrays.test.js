// @ts-check
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { decoded, parsed } from "../../../app/live_figure/browser/arrays.js";

/** @param {string} code of Python that prints a value */
const python = (code) => execFileSync(".venv/bin/python", ["-c", code], { maxBuffer: 1 << 24 });

test("what Python encodes comes out as it was, wherever the bytes lie", () => {
  const bytes = python(
    [
      "import sys, numpy as np",
      "from app.live_figure.component import encoded",
      "arrays = {'a': np.arange(3, dtype='f4'), 'b': np.array([1.5e9, 2])}",
      "arrays |= {'c': np.array([7]), 'd': np.array([])}",
      "message = {'figures': {'map': {'traces': {'世界': arrays}, 'layout': {'x': [0, 1.5]}}}}",
      "sys.stdout.buffer.write(encoded(message))",
    ].join("; "),
  );
  for (const shift of [0, 1, 8]) {
    const place = new Uint8Array(bytes.length + shift);
    place.set(bytes, shift);
    const { map } = decoded(place.subarray(shift)).figures;
    const { a, b, c, d } = map.traces.世界;
    assert.deepEqual(a, new Float32Array([0, 1, 2]));
    assert.deepEqual(b, new Float64Array([1.5e9, 2]));
    assert.deepEqual(c, new Int32Array([7]));
    assert.equal(d.length, 0);
    assert.deepEqual(map.layout.x, [0, 1.5]);
  }
});

test("the arrays in a figure's JSON are unpacked, but for tables", () => {
  const json = python(
    [
      "import numpy as np, plotly.graph_objects as go",
      "figure = go.Figure([go.Scatter(x=np.arange(3.0), text=['<']), go.Heatmap(z=np.eye(2, 3))])",
      "print(figure.to_json(remove_uids=False))",
    ].join("; "),
  ).toString();
  const [line, heat] = parsed(json).data;
  assert.deepEqual([...line.x], [0, 1, 2]);
  assert.deepEqual(line.text, ["<"]);
  assert.equal(heat.z.shape, "2, 3"); // by Plotly
});
