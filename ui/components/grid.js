// Shares in rows and columns, each cell with its number; one cell is chosen, by click or arrow keys.
import { aside, colour, element, rgb, scale } from "./kit.js";

export const sheet = "grid.css";
const made = new WeakMap();

export function draw(root, part, { dark, send }) {
  let state = made.get(root);
  const shape = `${part.rows.length}x${part.columns.length}`;
  if (state?.shape !== shape) made.set(root, (state = build(root, part, shape)));
  if (state.dark !== dark || !state.table) Object.assign(state, { dark, table: scale(root), inks: ["--ink", "--paper"].map((name) => colour(root, name)) });
  Object.assign(state, { part, send });
  state.corner.textContent = part.corner;
  state.heads.forEach((head, c) => { head.textContent = part.columns[c]; });
  state.names.forEach((name, r) => { name.textContent = part.rows[r].name; });
  state.buttons.forEach((button, i) => {
    const r = Math.floor(i / part.columns.length), c = i % part.columns.length, { value, text, title } = part.rows[r].cells[c];
    const rgba = state.table[Math.round(255 * value)], fill = [rgba & 255, (rgba >> 8) & 255, (rgba >> 16) & 255], chosen = r === part.row && c === part.column;
    button.textContent = text;
    button.title = title;
    button.setAttribute("aria-label", title);
    button.dataset.value = value;
    button.style.background = `rgb(${fill})`;
    button.style.color = state.inks.toSorted((a, b) => apart(rgb(b), fill) - apart(rgb(a), fill))[0];
    button.setAttribute("aria-checked", chosen);
    button.tabIndex = chosen ? 0 : -1;
  });
}

const light = ([r, g, b]) => 0.3 * r + 0.59 * g + 0.11 * b, apart = (a, b) => Math.abs(light(a) - light(b));

function build(root, part, shape) {
  const grid = element("div", "grid"), state = { shape, corner: element("span", "corner"), heads: [], names: [], buttons: [] };
  grid.style.gridTemplateColumns = `max-content repeat(${part.columns.length}, minmax(0, 1fr))`;
  grid.setAttribute("role", "radiogroup");
  grid.setAttribute("aria-label", part.title);
  grid.append(state.corner);
  for (const _ of part.columns) state.heads.push(grid.appendChild(element("span", "head")));
  part.rows.forEach((_, r) => {
    state.names.push(grid.appendChild(element("span", "name")));
    part.columns.forEach((_, c) => {
      const button = grid.appendChild(element("button"));
      button.type = "button";
      button.setAttribute("role", "radio");
      button.onclick = () => choose(state, r, c);
      button.onkeydown = (event) => {
        const [down, right] = aside(event);
        if (down === undefined) return;
        event.preventDefault();
        const { rows, columns } = state.part, to = [(r + down + rows.length) % rows.length, (c + right + columns.length) % columns.length];
        state.buttons[to[0] * columns.length + to[1]].focus();
        choose(state, ...to);
      };
      state.buttons.push(button);
    });
  });
  root.replaceChildren(grid);
  return state;
}

function choose({ buttons, part, send }, r, c) {
  buttons.forEach((button, i) => button.setAttribute("aria-checked", i === r * part.columns.length + c));
  send({ [part.knobs[0]]: part.rows[r].id, [part.knobs[1]]: c });
}
