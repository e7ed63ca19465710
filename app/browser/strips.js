// A vector as a strip of cells: amber for positive entries, violet for negative ones, the stronger the larger.

const POSITIVE = [230, 159, 0];
const NEGATIVE = [116, 92, 196];

function strip(canvas, packed, most) {
  const values = floats(packed);
  canvas.width = values.length;
  canvas.height = 1;
  const pen = canvas.getContext("2d");
  const image = pen.createImageData(values.length, 1);
  values.forEach((value, i) => {
    const colour = value < 0 ? NEGATIVE : POSITIVE;
    const strength = Math.sqrt(Math.min(1, Math.abs(value) / most)); // the root, so that small entries are seen
    image.data.set([...colour, Math.round(255 * strength)], 4 * i);
  });
  pen.putImageData(image, 0, 0);
}
