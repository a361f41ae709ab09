// Vectors as rows of bars around a zero line, on one scale; the mouse or the arrow keys read one dimension out.
import { element, floats, left, write } from "./kit.js";

const NS = "http://www.w3.org/2000/svg", HALF = 30;
const made = new WeakMap();

export function draw(root, part, { language }) {
  let state = made.get(root);
  if (!state) made.set(root, (state = build(root)));
  const rows = part.rows.map(({ name, id, values }) => ({ name, id, values: floats(values) })), C = rows[0].values.length;
  const most = Math.max(...rows.map(({ values }) => values.reduce((top, v) => Math.max(top, Math.abs(v)), 0))) || 1;
  state.number = new Intl.NumberFormat(language, { minimumFractionDigits: 4, maximumFractionDigits: 4 });
  Object.assign(state, { part, values: rows, C });
  while (state.rows.length < rows.length) state.rows.push(row(state));
  while (state.rows.length > rows.length) state.rows.pop().line.remove();
  rows.forEach(({ name, id, values }, i) => {
    const { line, label, svg, bars } = state.rows[i];
    line.dataset.id = id;
    label.textContent = label.title = name;
    svg.setAttribute("viewBox", `0 ${-HALF} ${C} ${2 * HALF}`);
    svg.setAttribute("aria-label", name);
    while (bars.childElementCount < C) bars.append(document.createElementNS(NS, "rect"));
    while (bars.childElementCount > C) bars.lastChild.remove();
    values.forEach((value, d) => {
      const bar = bars.children[d], height = Math.abs(value) / most * (HALF - 1);
      bar.setAttribute("x", d + 0.12); bar.setAttribute("width", 0.76);
      bar.setAttribute("y", value > 0 ? -height : 0); bar.setAttribute("height", height);
      bar.dataset.value = value;
    });
  });
  read(state, state.at);
}

function build(root) {
  const grid = element("div", "strips"), readout = element("p", "readout quiet");
  const state = { grid, readout, rows: [], at: -1 };
  readout.setAttribute("aria-live", "polite");
  grid.tabIndex = 0;
  grid.setAttribute("role", "group");
  grid.onpointermove = (event) => {
    const box = state.rows[0].svg.getBoundingClientRect();
    read(state, Math.min(state.C - 1, Math.max(0, Math.floor((event.clientX - box.left) / box.width * state.C))));
  };
  left(grid, () => read(state, -1));
  grid.onkeydown = (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    read(state, state.at < 0 ? (step > 0 ? 0 : state.C - 1) : (state.at + step + state.C) % state.C);
  };
  root.replaceChildren(grid, readout);
  return state;
}

function row({ grid, rows }) {
  const line = element("div", "strip"), label = element("span", "name"), svg = document.createElementNS(NS, "svg"), bars = document.createElementNS(NS, "g");
  const zero = document.createElementNS(NS, "line");
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("role", "img");
  zero.setAttribute("x2", 100000);
  svg.append(bars, zero);
  line.append(label, svg);
  line.classList.toggle("second", rows.length > 0);
  grid.append(line);
  return { line, label, svg, bars };
}

// The values of one dimension in words, its bars set apart; −1 reads none.
function read(state, at) {
  const { rows, readout, values, part, number } = state;
  for (const { bars } of rows) {
    bars.children[state.at]?.classList.remove("on");
    bars.children[at]?.classList.add("on");
  }
  state.at = at < state.C ? at : -1;
  readout.dataset.dimension = state.at;
  const said = values.map(({ name, values: v }) => `${name.replaceAll("**", "∗∗")} **${state.at < 0 ? "" : number.format(v[state.at]).replace("-", "−")}**`);
  write(readout, state.at < 0 ? "" : [part.hover.replace("{dimension}", state.at), ...said].join(" · "));
}
