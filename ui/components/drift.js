// For each head how its attention differs between two models: a thumbnail of the differences, and how much of it moved as a bar.
import { bytes, element, scale } from "./kit.js";

export const sheet = "finetuning.css";
const made = new WeakMap();

export function draw(root, part, { dark }) {
  let state = made.get(root);
  const shape = `${part.layers}x${part.heads}`;
  if (state?.shape !== shape) made.set(root, (state = build(root, part, shape)));
  if (state.dark !== dark || !state.table) Object.assign(state, { dark, table: scale(root) });
  Object.assign(state, { part });
  const n = part.size, values = bytes(part.values), image = new ImageData(n, n), pixels = new Uint32Array(image.data.buffer);
  state.corner.textContent = part.words.head;
  state.sides.forEach((side, layer) => { side.textContent = `${part.words.layer} ${layer}`; });
  state.cells.forEach((cell, i) => {
    for (let at = 0; at < n * n; at++) pixels[at] = state.table[values[i * n * n + at]];
    const [canvas, bar] = cell.children;
    if (canvas.width !== n) canvas.width = canvas.height = n;
    canvas.getContext("2d").putImageData(image, 0, 0);
    bar.style.width = `${100 * (part.moved[i] / part.most)}%`;
    cell.dataset.value = part.moved[i];
    cell.setAttribute("aria-label", part.said[i]);
    cell.classList.toggle("most", i === part.largest);
  });
  state.low.textContent = part.words.low;
  state.high.textContent = part.words.high;
  state.tip.textContent = part.said[state.at ?? part.largest];
}

function build(root, part, shape) {
  const grid = element("div", "drift"), state = { shape, sides: [], cells: [], tip: element("p", "readout"), legend: element("div", "legend"), at: null,
    low: element("span"), high: element("span") };
  grid.style.gridTemplateColumns = `2.7rem repeat(${part.heads}, minmax(0, 1fr))`;
  const axis = () => grid.appendChild(element("span", "axis"));
  state.corner = axis();
  for (let h = 0; h < part.heads; h++) axis().textContent = h;
  for (let l = 0; l < part.layers; l++) {
    state.sides.push(axis());
    for (let h = 0; h < part.heads; h++) {
      const cell = grid.appendChild(element("div", "cell")), index = state.cells.length;
      cell.tabIndex = index ? -1 : 0;
      cell.setAttribute("role", "img");
      cell.append(element("canvas"), element("span", "share"));
      cell.onpointerenter = cell.onfocus = () => look(state, index);
      cell.onkeydown = (event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: state.part.heads, ArrowUp: -state.part.heads }[event.key];
        if (!step) return;
        event.preventDefault();
        const all = state.cells, next = (index + step + all.length) % all.length;
        all.forEach((other, i) => { other.tabIndex = i === next ? 0 : -1; });
        all[next].focus();
      };
      state.cells.push(cell);
    }
  }
  grid.onpointerleave = () => { if (!grid.querySelector(":focus-visible")) look(state, null); };
  state.tip.setAttribute("role", "status");
  state.legend.append(state.low, element("span", "scale"), state.high);
  root.replaceChildren(grid, state.tip, state.legend);
  return state;
}

function look(state, index) {
  state.at = index;
  state.tip.textContent = state.part.said[index ?? state.part.largest];
}
