// What a shape costs: bytes, operations, time, as rows that change while the shape is dragged; a bar where rows can be compared.
import { element, write } from "./kit.js";
import { hear, lasting, plainly, worked, writing } from "./laws.js";

export const sheet = "scale.css";
const made = new WeakMap();

export function draw(root, part, { language }) {
  let state = made.get(root);
  if (!state) made.set(root, (state = build(root, part)));
  Object.assign(state, { part, write: writing(language), set: plainly(part.values) });
  part.rows.forEach(({ label, help }, i) => { write(state.rows[i].label, label); state.rows[i].line.title = help ?? ""; });
  show(state);
}

function build(root, part) {
  const list = element("div", "costs"), state = { rows: [] };
  list.setAttribute("role", "list");
  for (const { id, of, bar } of part.rows) {
    const line = list.appendChild(element("div", "line")), row = { line, label: element("span", "label"), track: element("span", "track"), value: element("b", "value") };
    line.dataset.cost = `${of}.${id}`;
    line.setAttribute("role", "listitem");
    line.classList.toggle("bare", !bar);
    row.fill = row.track.appendChild(element("span", "fill"));
    line.append(row.label, ...(bar ? [row.track] : []), row.value);
    state.rows.push(row);
  }
  root.replaceChildren(list);
  hear(root, (set) => { Object.assign(state.set, set); show(state); });
  return state;
}

function show(state) {
  const { part, set, write: as } = state, found = worked(part.laws, set), { words } = part;
  const most = Math.max(...part.rows.filter(({ bar }) => bar).map(({ of, id }) => found[of][id]));
  part.rows.forEach(({ id, of, bar, unit }, i) => {
    const value = found[of][id], { line, fill, value: cell } = state.rows[i];
    cell.textContent = unit === "bytes" ? as.bytes(value) : unit === "time" ? lasting(value, words, as) : (words[unit] ?? "{value}").replace("{value}", as.scientific(value));
    line.dataset.value = value;
    if (bar) fill.style.width = `${100 * (value / most)}%`;
  });
}
