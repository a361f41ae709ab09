// A table of shares, each cell shaded by its number; the largest is framed.
import { colour, element, rgb, scale } from "./kit.js";

export const sheet = "finetuning.css";
const made = new WeakMap();

export function draw(root, part, { dark, label }) {
  const shape = JSON.stringify([part.columns, part.rows.map(({ name }) => name)]);
  let state = made.get(root);
  if (state?.shape !== shape) made.set(root, (state = build(root, part, shape)));
  if (state.dark !== dark || !state.table) Object.assign(state, { dark, table: scale(root), inks: ["--ink", "--paper"].map((name) => colour(root, name)) });
  state.element.setAttribute("aria-label", label);
  part.rows.flatMap(({ cells }) => cells).forEach(({ shade, value, text, title }, i) => {
    const rgba = state.table[Math.round(255 * shade)], fill = [rgba & 255, (rgba >> 8) & 255, (rgba >> 16) & 255], cell = state.cells[i];
    cell.textContent = text;
    cell.title = title;
    cell.dataset.value = value;
    cell.style.background = `rgb(${fill})`;
    cell.style.color = state.inks.toSorted((a, b) => apart(rgb(b), fill) - apart(rgb(a), fill))[0];
    cell.classList.toggle("most", shade === 1);
  });
}

const light = ([r, g, b]) => 0.3 * r + 0.59 * g + 0.11 * b, apart = (a, b) => Math.abs(light(a) - light(b));

function build(root, part, shape) {
  const table = element("table", "shades"), head = table.createTHead().insertRow(), body = table.createTBody(), state = { shape, element: table, cells: [] };
  for (const name of [part.corner, ...part.columns]) head.append(Object.assign(element("th"), { textContent: name, scope: "col" }));
  for (const { name, cells } of part.rows) {
    const row = body.insertRow();
    row.append(Object.assign(element("th"), { textContent: name, scope: "row" }));
    for (const _ of cells) state.cells.push(row.insertCell());
  }
  root.replaceChildren(table);
  return state;
}
