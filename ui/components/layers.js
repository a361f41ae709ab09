// Values as coloured cells around nothing: the neurons of one layer, one of which can be chosen, or of all layers, a row each, of which one can.
import { raster } from "./contour.js";
import { across, aside, colour, element, floats, left, watch, write } from "./kit.js";
import { diverging } from "./signed.js";

export const sheet = "network.css";
const made = new WeakMap();
const WIDE = 64, NARROW = 32, NAME = 78, ROW = 32;  // cells in a row of the one layer; pixels of the names and of the rows of all layers

export function draw(root, part, { dark, language, label, send }) {
  let state = made.get(root);
  if (!state) made.set(root, (state = build(root)));
  if (state.dark !== dark || !state.table) Object.assign(state, { dark, table: diverging(root) });
  const number = new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  Object.assign(state, { part, send, values: floats(part.values), say: (x) => number.format(x).replace("-", "−") });
  state.canvas.values = state.values;               // for whoever wants the numbers that are drawn
  state.canvas.dataset.chosen = part.chosen;
  state.canvas.setAttribute("aria-label", label);
  if (state.at >= state.values.length) state.at = -1;
  legend(state);
  paint(state);
}

function build(root) {
  const state = { root, canvas: element("canvas"), readout: element("p", "readout"), legend: element("div", "legend"), at: -1 }, { canvas } = state;
  canvas.tabIndex = 0;
  canvas.className = "layers";
  canvas.setAttribute("role", "img");
  state.readout.setAttribute("role", "status");
  canvas.onpointermove = (event) => point(state, cell(state, event));
  left(canvas, () => point(state, -1));
  canvas.onclick = (event) => choose(state, cell(state, event));
  canvas.onkeydown = (event) => {
    const [down, right] = aside(event), next = current(state) + down * state.columns + right;
    if (event.key === "Enter" || event.key === " ") choose(state, current(state));
    else if (down === undefined) return;
    else if (next >= 0 && next < state.values.length) point(state, next);
    event.preventDefault();
  };
  root.replaceChildren(canvas, state.readout, state.legend);
  watch(root, () => { if (state.part) paint(state); });
  return state;
}

// The cell pointed at, or the one chosen.
const current = ({ at, part, columns }) => (at >= 0 ? at : part.chosen * (part.rows.length ? columns : 1));

function point(state, at) {
  if (at === state.at) return;
  state.at = at;
  paint(state);
}

function choose({ part, columns, send }, at) {
  if (at >= 0) send({ [part.knob]: part.prefix + (part.rows.length ? Math.floor(at / columns) : at) });
}

function paint(state) {
  const { root, canvas, part, values, table, readout, say } = state, width = across(root);
  if (!width) return;
  const named = part.rows.length, columns = named ? values.length / named : Math.min(values.length, width > 560 ? WIDE : NARROW), rows = Math.ceil(values.length / columns);
  const left = named ? NAME : 0, size = { w: (width - left - 2) / columns, h: named ? ROW : Math.max(10, Math.min(18, (width - 2) / columns)) }, height = rows * size.h + 2;
  const dpr = devicePixelRatio || 1, pen = canvas.getContext("2d"), across_ = columns * size.w;
  Object.assign(state, { columns, left, size });
  Object.assign(canvas, { width: Math.round(width * dpr), height: Math.round(height * dpr) });
  canvas.style.height = `${height}px`;
  pen.scale(dpr, dpr);
  pen.imageSmoothingEnabled = false;
  pen.drawImage(raster(values, rows, columns, (value) => (value === undefined ? 0 : table[Math.round(127 + 127 * Math.max(-1, Math.min(1, value / part.most)))])), left + 1, 1, across_, rows * size.h);
  Object.assign(pen, { strokeStyle: colour(root, "--line"), lineWidth: 1, font: `12.5px ${colour(root, "--st-font")}`, fillStyle: colour(root, "--ink"), textBaseline: "middle" });
  pen.beginPath();
  for (let r = 0; r <= rows; r++) { pen.moveTo(left + 1, 1 + r * size.h); pen.lineTo(left + 1 + across_, 1 + r * size.h); }
  if (!named && size.w > 7) for (let c = 0; c <= columns; c++) { pen.moveTo(1 + c * size.w, 1); pen.lineTo(1 + c * size.w, 1 + rows * size.h); }
  pen.stroke();
  part.rows.forEach((name, r) => pen.fillText(name, 0, 1 + (r + 0.5) * size.h, left - 6));
  const frame = (tone, r, c, wide) => { Object.assign(pen, { strokeStyle: colour(root, tone), lineWidth: 2 }); pen.strokeRect(left + 1 + c * size.w, 1 + r * size.h, wide, size.h); };
  if (named) frame("--ink", part.chosen, 0, across_);
  else frame("--ink", Math.floor(part.chosen / columns), part.chosen % columns, size.w);
  if (state.at >= 0) frame("--quiet", Math.floor(state.at / columns), state.at % columns, size.w);
  const at = current(state), said = { number: named ? at % columns : at, row: part.rows[Math.floor(at / columns)] ?? "", value: say(values[at]) };
  write(readout, part.hover.replace(/\{(\w+)\}/g, (whole, name) => said[name] ?? whole));
}

function cell({ canvas, left, size, columns, values }, event) {
  const box = canvas.getBoundingClientRect(), c = Math.floor((event.clientX - box.left - left - 1) / size.w), r = Math.floor((event.clientY - box.top - 1) / size.h), at = r * columns + c;
  return c >= 0 && c < columns && r >= 0 && at < values.length ? at : -1;
}

function legend({ legend, part, say }) {
  const said = JSON.stringify([part.legend, part.most]);
  if (legend.dataset.said === said) return;
  legend.dataset.said = said;
  const bar = element("span");
  bar.append(say(-part.most), element("span", "scale signed"), `+${say(part.most)}`);
  legend.replaceChildren(bar, part.legend);
}
