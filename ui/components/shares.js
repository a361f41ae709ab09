// How many parameters a decoder has and where they are: areas that change as the shape is dragged, and each part with its formula, exact.
import { element, write } from "./kit.js";
import { hear, plainly, worked, writing } from "./laws.js";

export const sheet = "scale.css";
const made = new WeakMap(), GROUPS = [["tokens", "positions", "head"], ["c_attn", "c_proj", "forward", "norms", "final"]];

export function draw(root, part, { language }) {
  let state = made.get(root);
  if (!state) made.set(root, (state = build(root, part)));
  Object.assign(state, { part, language, write: writing(language), set: plainly(part.values) });
  for (const [id, { name, formula }] of Object.entries(part.parts)) {
    const row = state.rows[id];
    row.name.textContent = name;
    row.formula.textContent = formula;
  }
  state.unit.textContent = part.words.unit;
  show(state);
}

function build(root, part) {
  const total = element("p", "grand"), number = element("b"), unit = element("span"), map = element("div", "areas"), list = element("div", "parts");
  const state = { number, unit, map, rows: {}, areas: {}, columns: [] };
  total.append(number, unit);
  total.setAttribute("role", "status");
  map.setAttribute("aria-hidden", "true");              // the rows below say the same in words
  list.setAttribute("role", "list");
  for (const group of GROUPS) {
    const column = map.appendChild(element("div", "column"));
    state.columns.push(column);
    for (const id of group) {
      const area = state.areas[id] = column.appendChild(element("div", `area p-${id}`));
      area.append(element("span", "name"), element("span", "share"));
    }
  }
  for (const id of Object.keys(part.parts)) {
    const line = list.appendChild(element("div", "line")), row = { line, formula: element("span", "formula"), name: element("span", "name"), count: element("span", "count"), share: element("span", "share") };
    line.dataset.part = id;
    line.setAttribute("role", "listitem");
    line.append(element("span", `swatch p-${id}`), row.name, row.formula, row.count, row.share);
    line.onpointerenter = () => state.areas[id].classList.add("on");
    line.onpointerleave = () => state.areas[id].classList.remove("on");
    state.rows[id] = row;
  }
  root.replaceChildren(total, map, list);
  hear(root, (set) => { Object.assign(state.set, set); show(state); });
  return state;
}

function show(state) {
  const { part, set, rows, areas, columns, write: as } = state, { parts, total, layers } = worked(part.laws, set);
  write(state.number, as.whole(total));
  state.number.dataset.value = total;
  for (const [id, count] of Object.entries(parts)) {
    const { line, count: cell, share } = rows[id];
    cell.textContent = as.whole(count);
    share.textContent = as.percent(count / total);
    line.dataset.value = count;
    line.classList.toggle("none", count === 0);
  }
  GROUPS.forEach((group, i) => {
    const whole = group.reduce((sum, id) => sum + parts[id], 0);
    columns[i].style.width = `${100 * whole / total}%`;
    for (const id of group) {
      const area = areas[id], share = parts[id] / total;
      area.style.height = `${whole ? 100 * parts[id] / whole : 0}%`;
      area.dataset.share = share;
      area.classList.toggle("room", share > 0.03 && parts[id] / whole > 0.11 && whole / total > 0.13);
      area.children[0].textContent = part.parts[id].name;
      area.children[1].textContent = as.percent(share);
      area.title = `${part.parts[id].name}: ${as.whole(parts[id])} (${as.percent(share)})`;
    }
  });
  columns[1].style.setProperty("--layers", layers);
}
