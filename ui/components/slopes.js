// The likeliest next tokens of two models, each in its own order, and a line from where a token stood to where it stands.
import { across, element, watch } from "./kit.js";

export const sheet = "finetuning.css";
const made = new WeakMap(), SVG = "http://www.w3.org/2000/svg";
const ROW = 29, BAR = 23, TOP = 24;                 // pixels

export function draw(root, part, { label }) {
  let state = made.get(root);
  if (!state) {
    state = { svg: svg("svg"), tip: element("p", "readout quiet") };
    state.svg.setAttribute("role", "group");
    root.classList.add("slopes");
    state.tip.setAttribute("role", "status");
    root.replaceChildren(state.svg, state.tip);
    watch(root, () => paint(root, state));
    made.set(root, state);
  }
  Object.assign(state, { part, label });
  paint(root, state);
}

function paint(root, state) {
  const { part, svg: picture, tip } = state, width = across(root);
  if (!width || !part) return;
  const drawn = JSON.stringify([part, width]);
  if (state.drawn === drawn) return;                // a piece of a text came, nothing of this
  state.drawn = drawn;
  const column = Math.min(300, (width - Math.max(56, width * 0.2)) / 2), x = [column, width - column];
  const rows = Math.max(part.left.length, part.right.length), height = TOP + rows * ROW;
  picture.setAttribute("viewBox", `0 0 ${width} ${height}`);
  picture.setAttribute("height", height);
  picture.setAttribute("width", width);
  picture.setAttribute("aria-label", state.label);
  const middle = (i) => TOP + i * ROW + ROW / 2, made = [];
  const link = (from, to, entry) => {
    const half = (x[1] - x[0]) / 2, path = svg("path", { class: `link ${entry.way > 0 ? "up" : entry.way < 0 ? "down" : ""}${entry.rest ? " rest" : ""}`,
      d: `M${x[0] + 3},${middle(from)} C${x[0] + half},${middle(from)} ${x[1] - half},${middle(to)} ${x[1] - 3},${middle(to)}`,
      "stroke-width": 1.2 + 7 * Math.sqrt(Math.max(entry.before, entry.after)) });
    path.dataset.id = entry.id;
    made.push(path);
  };
  const place = (side, id) => { const at = part[side].findIndex((row) => row.id === id); return at < 0 ? part[side].length - 1 : at; };
  part.left.forEach((row, i) => link(i, row.rest ? part.right.length - 1 : place("right", row.id), row));
  part.right.forEach((row, i) => { if (!row.rest && !part.left.some(({ id }) => id === row.id)) link(place("left", row.id), i, row); });
  for (const [side, at] of [["left", 0], ["right", 1]]) {
    const head = svg("text", { x: at ? x[1] : x[0], y: 14, class: "head", "text-anchor": at ? "start" : "end" });
    head.textContent = part.heads[at];
    made.push(head);
    part[side].forEach((row, i) => made.push(cell(row, at, x[at], column, middle(i), tip)));
  }
  picture.replaceChildren(...made);
  tip.textContent = part.hover;
}

function cell(row, at, edge, column, y, tip) {
  const value = at ? row.after : row.before, length = Math.max(1, value * column), room = Math.floor((column - 62) / (row.rest ? 6.4 : 7.6));         // letters
  const group = svg("g", { class: `row${row.rest ? " rest" : ""}`, role: "img", tabindex: 0, "aria-label": row.said });
  const track = svg("rect", { class: "track", x: at ? edge : edge - column, y: y - BAR / 2, width: column, height: BAR, rx: 4 });
  const bar = svg("rect", { class: "bar", x: at ? edge : edge - length, y: y - BAR / 2, width: length, height: BAR, rx: 4 });
  const name = svg("text", { class: "name", x: at ? edge + 8 : edge - 8, y: y + 4.5, "text-anchor": at ? "start" : "end" });
  const number = svg("text", { class: "number", x: at ? edge + column - 7 : edge - column + 7, y: y + 4.5, "text-anchor": at ? "end" : "start" });
  const letters = [...row.name];
  name.textContent = letters.length > room ? letters.slice(0, Math.max(1, room - 1)).join("") + "…" : row.name;
  number.textContent = at ? row.after_text : row.before_text;
  Object.assign(group.dataset, { id: row.id, side: at ? "after" : "before", value, delta: row.after - row.before });
  const say = () => { tip.textContent = row.said; };
  group.onpointerenter = group.onfocus = say;
  const title = svg("title");
  title.textContent = row.said;
  group.append(track, bar, name, number, title);
  return group;
}

function svg(tag, attributes = {}) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}
