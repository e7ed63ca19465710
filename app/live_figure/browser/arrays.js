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
  const { buffer } = bytes.slice(); // in which it begins at a multiple of 8
  const length = new DataView(buffer).getUint32(0, true);
  const text = new TextDecoder().decode(new Uint8Array(buffer, 4, length));
  return JSON.parse(text, (_, value) => {
    if (!Array.isArray(value?.$)) return value;
    const [kind, from, size] = value.$;
    return new KINDS[kind](buffer, 4 + length + from, size).slice();
  });
}

/**
 * A figure from its JSON. Plotly's own arrays ({dtype, bdata}) are unpacked once, not at every
 * drawing; those of heat maps, which have a shape, by Plotly.
 * @param {string} json
 * @returns {any}
 */
export function parsed(json) {
  return JSON.parse(json, (_, value) => {
    if (typeof value?.bdata !== "string" || value.shape) return value;
    const bytes = Uint8Array.from(atob(value.bdata), (c) => c.charCodeAt(0));
    return new KINDS[value.dtype](bytes.buffer);
  });
}

/** Set a value at a path such as "marker.color". @param {string} path */
export function set(part, path, value) {
  const steps = path.split(".");
  const last = /** @type {string} */ (steps.pop());
  for (const step of steps) part = part[step] ??= {};
  part[last] = value;
}
