// Round points pressed into an image pixel by pixel: for thousands of them, many times faster than drawing each.
import { rgb } from "./kit.js";

// A point of `radius` pixels in a colour: how much of each of its n × n pixels it covers, 0 … 256.
export function stamp(colour, radius, strength) {
  const n = Math.ceil(radius * 2) + 2, cover = new Uint16Array(n * n), [r, g, b] = rgb(colour);
  for (let y = 0; y < n; y++)
    for (let x = 0; x < n; x++) {
      const inside = radius - Math.hypot(x + 0.5 - n / 2, y + 0.5 - n / 2) + 0.5;
      cover[y * n + x] = Math.round(256 * strength * Math.min(1, Math.max(0, inside)));
    }
  return { n, cover, even: (b << 16) | r, odd: g << 8 };
}

// A blank image as wide and high as the canvas.
export function sheet(canvas) {
  const image = new ImageData(canvas.width, canvas.height);
  return { image, width: canvas.width, height: canvas.height, pixels: new Uint32Array(image.data.buffer) };
}

export function wipe({ pixels }, colour) {
  const [r, g, b] = rgb(colour);
  pixels.fill(((255 << 24) | (b << 16) | (g << 8) | r) >>> 0);
}

// Mix a stamp over what is there, its middle at (x, y) in pixels; red and blue go in one product, as they cannot meet.
export function press({ pixels, width, height }, { n, cover, even, odd }, x, y) {
  const left = Math.round(x - n / 2), top = Math.round(y - n / 2);
  if (left < 0 || top < 0 || left + n > width || top + n > height) return;
  for (let v = 0, i = 0; v < n; v++)
    for (let at = (top + v) * width + left, end = at + n; at < end; at++, i++) {
      const a = cover[i];
      if (a === 0) continue;
      const under = pixels[at], rest = 256 - a;
      pixels[at] = (0xff000000 | ((even * a + (under & 0xff00ff) * rest) >>> 8) & 0xff00ff | ((odd * a + (under & 0xff00) * rest) >>> 8) & 0xff00) >>> 0;
    }
}
