// Where a field of numbers crosses a level: line segments between the middles of its cells, by marching squares.

// values row by row from the top; returns [x1, y1, x2, y2] in cells, (0, 0) being the middle of the first one.
export function contour(values, rows, columns, level) {
  const found = [];
  for (let r = 0; r + 1 < rows; r++) for (let c = 0; c + 1 < columns; c++) {
    const at = r * columns + c, corners = [values[at], values[at + 1], values[at + columns + 1], values[at + columns]];
    if (!corners.every(Number.isFinite)) continue;
    const sides = [];
    for (let i = 0; i < 4; i++) {
      const a = corners[i], b = corners[(i + 1) % 4];
      if ((a > level) === (b > level)) continue;
      const share = (level - a) / (b - a);
      sides.push([[c + share, r], [c + 1, r + share], [c + 1 - share, r + 1], [c, r + 1 - share]][i]);
    }
    for (let i = 0; i + 1 < sides.length; i += 2) found.push([...sides[i], ...sides[i + 1]]);
  }
  return found;
}

// An array of shape (rows, columns) as a small canvas of its own, each number coloured by `paint`, to be stretched where it is drawn.
export function raster(values, rows, columns, paint) {
  const image = new ImageData(columns, rows), pixels = new Uint32Array(image.data.buffer), still = new OffscreenCanvas(columns, rows);
  for (let i = 0; i < pixels.length; i++) pixels[i] = paint(values[i]);
  still.getContext("2d").putImageData(image, 0, 0);
  return still;
}
