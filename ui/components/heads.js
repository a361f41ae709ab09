// Every head of every layer as a thumbnail of its attention; a radio group: click or arrow keys choose the large one.
import { bytes, colour, element, rgb, scale } from "./kit.js";

const made = new WeakMap();

export function draw(root, part, { dark, send }) {
  let state = made.get(root);
  if (!state || state.shape !== `${part.layers}x${part.heads}`) made.set(root, (state = build(root, part)));
  Object.assign(state, { part, send });
  const n = part.size, values = bytes(part.values);
  if (state.dark !== dark || !state.table) Object.assign(state, { dark, table: scale(root), future: packed(rgb(colour(root, "--future"))) });
  const image = new ImageData(n, n), pixels = new Uint32Array(image.data.buffer);
  state.buttons.forEach((button, i) => {
    for (let q = 0, at = 0; q < n; q++)
      for (let k = 0; k < n; k++, at++)
        pixels[at] = k > q && part.masked ? state.future : state.table[values[i * n * n + at]];
    const canvas = button.firstChild;
    if (canvas.width !== n) canvas.width = canvas.height = n;
    canvas.getContext("2d").putImageData(image, 0, 0);
    const chosen = part.ids[i] === part.selected;
    button.setAttribute("aria-checked", chosen);
    button.tabIndex = chosen ? 0 : -1;
    button.setAttribute("aria-label", part.labels[i]);
    button.title = part.labels[i];
  });
}

const packed = ([r, g, b]) => (255 << 24) | (b << 16) | (g << 8) | r;

function build(root, part) {
  const grid = element("div", "heads");
  grid.setAttribute("role", "radiogroup");
  grid.setAttribute("aria-label", part.title);
  grid.style.gridTemplateColumns = `2.7rem repeat(${part.heads}, minmax(0, 1fr))`;
  const state = { shape: `${part.layers}x${part.heads}`, buttons: [] };
  const cell = (text) => { const span = element("span", "axis"); span.textContent = text; grid.append(span); };
  cell(part.headWord);                  // once: eight of them would run into one another
  for (let h = 0; h < part.heads; h++) cell(`${h}`);
  for (let l = 0; l < part.layers; l++) {
    cell(`${part.layerWord} ${l}`);
    for (let h = 0; h < part.heads; h++) {
      const button = element("button");
      const index = l * part.heads + h;
      button.type = "button";
      button.setAttribute("role", "radio");
      button.append(element("canvas"));
      button.onclick = () => choose(state, index);
      button.onkeydown = (event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: part.heads, ArrowUp: -part.heads }[event.key];
        if (!step) return;
        event.preventDefault();
        const next = (index + step + state.buttons.length) % state.buttons.length;
        state.buttons[next].focus();
        choose(state, next);
      };
      grid.append(button);
      state.buttons.push(button);
    }
  }
  root.replaceChildren(grid);
  return state;
}

function choose(state, index) {
  state.buttons.forEach((button, i) => button.setAttribute("aria-checked", i === index));
  state.send({ [state.part.knob]: state.part.ids[index] });
}
