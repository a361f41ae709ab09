// Vectors of one width as rows of bars around a zero line, one scale for all or one for each; the pointer or the arrow keys follow
// one number through all rows, and read out how the last comes of the others.
import { colour, element, floats, left, write } from "./kit.js";

export const sheet = "block.css";
const made = new WeakMap();
const HEIGHT = 46, TONES = ["ink", "quiet", "accent", "third", "contrast"];

export function draw(root, part, { dark, language, label }) {
  let state = made.get(root);
  if (!state) made.set(root, (state = build(root)));
  const number = new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const rows = part.rows.map((row) => ({ ...row, values: floats(row.values) }));
  const largest = rows.map(({ values }) => values.reduce((top, v) => Math.max(top, Math.abs(v)), 0) || 1), all = Math.max(...largest);
  Object.assign(state, { part, rows, C: rows[0].values.length, most: part.shared ? largest.map(() => all) : largest, say: (x) => number.format(x + 0).replace("-", "−") });
  if (state.dark !== dark || !state.tones) Object.assign(state, { dark, tones: Object.fromEntries(TONES.map((name) => [name, colour(root, `--${name}`)])) });
  state.grid.setAttribute("aria-label", label);
  while (state.lines.length < rows.length) state.lines.push(line(state.grid));
  while (state.lines.length > rows.length) state.lines.pop().box.remove();
  rows.forEach(({ name, values }, i) => {
    const { label, canvas, scale } = state.lines[i];
    write(label, name);
    canvas.values = values;                         // for whoever wants the numbers that are drawn
    scale.textContent = `± ${state.say(state.most[i])}`;
  });
  if (state.at >= state.C) state.at = -1;
  paint(state);
}

function build(root) {
  const grid = element("div", "vectors"), readout = element("p", "readout");
  const state = { grid, readout, lines: [], at: -1 };
  grid.tabIndex = 0;
  grid.setAttribute("role", "group");
  readout.setAttribute("role", "status");
  grid.onpointermove = (event) => {
    const box = state.lines[0].canvas.getBoundingClientRect(), at = Math.floor((event.clientX - box.left) / box.width * state.C);
    follow(state, at < 0 || at >= state.C ? -1 : at);
  };
  left(grid, () => follow(state, -1));
  grid.onkeydown = (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    follow(state, ((state.at < 0 ? state.part.at : state.at) + step + state.C) % state.C);
  };
  root.replaceChildren(grid, readout);
  new ResizeObserver(() => { state.width = state.lines[0]?.canvas.clientWidth; if (state.part) paint(state); }).observe(root);       // to ask for it at each key would lay the page out
  return state;
}

function line(grid) {
  const box = element("div", "vector"), label = element("span", "name"), canvas = element("canvas"), scale = element("span", "scale-of");
  box.append(label, canvas, scale);
  grid.append(box);
  return { box, label, canvas, scale };
}

function follow(state, at) {
  if (at === state.at) return;
  state.at = at;
  paint(state);
}

function paint(state) {
  const { rows, lines, most, C, part, say, tones: { ink, quiet }, tones } = state, width = state.width ||= lines[0].canvas.clientWidth, dpr = devicePixelRatio || 1, at = state.at < 0 ? part.at : state.at;
  if (!width) return;
  rows.forEach(({ values, tone, band }, i) => {
    const { canvas } = lines[i], step = width / C, y = (v) => HEIGHT / 2 - v / most[i] * (HEIGHT / 2 - 2);
    Object.assign(canvas, { width: Math.round(width * dpr), height: HEIGHT * dpr });
    const pen = canvas.getContext("2d");
    pen.scale(dpr, dpr);
    if (band) {
      pen.fillStyle = quiet; pen.globalAlpha = 0.16;
      pen.fillRect(0, y(band[0] + band[1]), width, y(band[0] - band[1]) - y(band[0] + band[1]));
      pen.globalAlpha = 1;
    }
    pen.fillStyle = tones[tone];
    for (let d = 0; d < C; d++) pen.fillRect(d * step, Math.min(y(0), y(values[d])), Math.max(0.6, step - (step > 2 ? 0.6 : 0)), Math.max(0.5, Math.abs(y(values[d]) - y(0))));
    pen.fillStyle = quiet; pen.globalAlpha = 0.6;
    pen.fillRect(0, y(0) - 0.5, width, 1);
    pen.globalAlpha = 1;
    pen.fillStyle = ink;
    pen.globalAlpha = step > 3 ? 0.22 : 1;          // a wide mark would hide the bar that it points out
    pen.fillRect(at * step, 0, Math.max(1, step - 0.6), HEIGHT);
    pen.globalAlpha = 1;
  });
  const said = Object.fromEntries(rows.map(({ id, values }) => [id, say(values[at])]));
  state.readout.dataset.dimension = at;
  write(state.readout, part.hover.replace("{dimension}", at).replace(/\{(\w+)\}/g, (_, name) => said[name]).replaceAll("+ −", "− "));
}
