// @ts-check
// Numbers on their way: messages of bytes from `component.encoded`, and the arrays in a figure's
// JSON.

/** @type {Record<string, any>} */
const KINDS = {
  f4: Float32Array,
  f8: Float64Array,
  i4: Int32Array,
  i2: Int16Array,
  i1: Int8Array,
  u1: Uint8Array,
  u2: Uint16Array,
  u4: Uint32Array,
};

/** The message in some bytes, its arrays in place. @param {Uint8Array} bytes @returns {any} */
export function decoded(bytes) {
  const { buffer } = bytes.byteOffset % 8 ? bytes.slice() : bytes;
  const start = bytes.byteOffset % 8 ? 0 : bytes.byteOffset;
  const length = new DataView(buffer, start).getUint32(0, true);
  const text = new TextDecoder().decode(new Uint8Array(buffer, start + 4, length));
  return JSON.parse(text, (_, value) => {
    if (!Array.isArray(value?.$)) return value;
    const [kind, from, size] = value.$;
    return new KINDS[kind](buffer, start + 4 + length + from, size).slice();
  });
}

/**
 * A figure from its JSON. Plotly's own arrays ({dtype, bdata, shape}) are unpacked once, not at
 * every drawing.
 * @param {string} json
 * @returns {any}
 */
export function parsed(json) {
  return JSON.parse(json, (_, value) => {
    if (typeof value?.bdata !== "string") return value;
    const bytes = Uint8Array.from(atob(value.bdata), (c) => c.charCodeAt(0));
    const numbers = new KINDS[value.dtype](bytes.buffer);
    const shape = value.shape ? String(value.shape).split(",").map(Number) : [numbers.length];
    if (shape.length === 1) return numbers;
    return Array.from({ length: shape[0] }, (_, i) =>
      numbers.subarray(i * shape[1], (i + 1) * shape[1]),
    );
  });
}

/** Set a value at a path such as "marker.color". @param {string} path */
export function set(part, path, value) {
  const steps = path.split(".");
  const last = /** @type {string} */ (steps.pop());
  for (const step of steps) part = part[step] ??= {};
  part[last] = value;
}
