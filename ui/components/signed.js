// Numbers around zero as colours: a row for each place, a column for each number; some rows can be framed. Hover or arrow keys read a cell.
import { across, aside, colour, element, floats, left, rgb, turned, watch } from "./kit.js";

export const sheet = "positions.css";
const made = new WeakMap(), fetched = new Map(), coming = new Map();
const TALL = 400, ROW = 20, LEAST = 12;             // pixels: of many rows together, of one of few, and between two labels

export function draw(root, part, { dark, language, label }) {
  let state = made.get(root);
  if (!state) made.set(root, (state = build(root)));
  if (state.dark !== dark || !state.table) Object.assign(state, { dark, table: diverging(root), image: null });
  const number = (digits) => { const style = new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits }); return (x) => style.format(x).replace("-", "−"); };
  Object.assign(state, { part, say: number(part.source ? 2 : 3) });
  if (!part.source) hold(state, part.values.f32, () => floats(part.values));
  else if (fetched.has(part.source)) hold(state, part.source, () => fetched.get(part.source));
  else {
    hold(state, "", () => new Float32Array(part.shape[0] * part.shape[1]));
    fetchOnce(part).then(() => {
      if (state.part.source !== part.source || !fetched.has(part.source)) return;
      hold(state, part.source, () => fetched.get(part.source));
      paint(state);
    });
  }
  state.canvas.dataset.marked = part.marked ?? "";
  state.canvas.setAttribute("aria-label", label);
  if (state.at && (state.at[0] >= part.shape[0] || state.at[1] >= part.shape[1])) state.at = null;
  legend(state);
  paint(state);
  tell(state);
}

// A table that stands in an address of its own, asked for once; where it does not come, the next drawing asks again.
function fetchOnce({ source, most }) {
  if (!coming.has(source)) coming.set(source, load(source, most).catch(() => coming.delete(source)));
  return coming.get(source);
}

async function load(source, most) {
  const answer = await fetch(source);
  if (!answer.ok) throw new Error(`${source}: ${answer.status}`);
  fetched.set(source, Float32Array.from(new Int8Array(await answer.arrayBuffer()), (shade) => shade / 127 * most));
}

// Take numbers to draw, if they are not those that are drawn: `mark` tells them apart.
function hold(state, mark, values) {
  if (state.held === mark) return;
  Object.assign(state, { held: mark, values: values(), image: null });
  state.canvas.values = state.values;               // for whoever wants the numbers that are drawn
  state.canvas.dataset.ready = Boolean(mark);
}

function build(root) {
  const state = { root, canvas: element("canvas"), tip: element("div", "tip"), legend: element("div", "legend"), at: null };
  const { canvas, tip } = state, holder = element("div", "signed");
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "img");
  tip.setAttribute("role", "status");
  canvas.onpointermove = (event) => { state.at = cell(state, event); tell(state); };
  left(canvas, () => { state.at = null; tell(state); });
  canvas.onkeydown = (event) => {
    const [down, right] = aside(event), [rows, columns] = state.part.shape;
    if (down === undefined) return;
    event.preventDefault();
    const [row, column] = state.at ?? [0, -right], inside = (i, n) => Math.min(n - 1, Math.max(0, i));
    state.at = [inside(row + (state.at ? down : 0), rows), inside(column + right, columns)];
    tell(state);
  };
  holder.append(canvas, tip);
  root.replaceChildren(holder, state.legend);
  watch(root, () => { if (state.part) paint(state); });
  return state;
}

// 255 colours from the most negative over nothing to the most positive.
export function diverging(root) {
  const [low, none, high] = ["--contrast", "--paper", "--accent"].map((name) => rgb(colour(root, name)));
  return Uint32Array.from({ length: 255 }, (_, i) => {
    const share = Math.abs(i - 127) / 127, end = i < 127 ? low : high;
    const [r, g, b] = none.map((c, j) => Math.round(c + (end[j] - c) * share));
    return (255 << 24) | (b << 16) | (g << 8) | r;
  });
}

function paint(state) {
  const { root, canvas, part, values, table } = state, [rows, columns] = part.shape, width = across(root), { words } = part;
  if (!width) return;
  const pen = canvas.getContext("2d"), dpr = devicePixelRatio || 1, font = `12px ${colour(root, "--st-font")}`;
  pen.font = font;
  const wide = (texts) => Math.ceil(Math.max(0, ...texts.map((text) => pen.measureText(text).width)));
  const labels = part.labels?.map(short), tops = part.columns?.map(short) ?? [];
  const left = labels ? Math.min(110, wide(labels) + 10) : 44, top = tops.length ? Math.ceil(wide(tops) * 0.72) + 12 : 24, right = tops.length ? 26 : 8;
  const size = { w: (width - left - right) / columns, h: labels ? ROW : Math.max(1, TALL / rows) }, height = Math.ceil(top + size.h * rows + 4);
  Object.assign(state, { left, top, size });
  Object.assign(canvas, { width: Math.round(width * dpr), height: Math.round(height * dpr) });
  canvas.style.height = `${height}px`;
  const still = state.image ??= coloured(values, table, part);
  pen.scale(dpr, dpr);
  pen.imageSmoothingEnabled = false;
  pen.drawImage(still, left, top, size.w * columns, size.h * rows);
  pen.strokeStyle = colour(root, "--line");
  pen.strokeRect(left, top, size.w * columns, size.h * rows);
  Object.assign(pen, { font, fillStyle: colour(root, "--ink"), textBaseline: "middle", textAlign: "right" });
  if (labels) labels.forEach((text, i) => pen.fillText(text, left - 6, top + (i + 0.5) * size.h, left - 8));
  else for (let i = 0; i < rows; i += Math.ceil(rows / 8)) pen.fillText(Math.round(i * part.every[0]), left - 8, top + (i + 0.5) * size.h);
  pen.textAlign = "left";
  for (let i = 0; i < tops.length; i += Math.ceil(LEAST / size.w)) turned(pen, tops[i], left + (i + 0.5) * size.w, top - 5, -Math.PI / 4);
  pen.fillStyle = colour(root, "--quiet");
  if (!tops.length) { pen.fillText(words.across, left, 10); pen.textAlign = "right"; pen.fillText(Math.round((columns - 1) * part.every[1]), width - right, 10); }
  if (part.marked) {
    pen.strokeStyle = colour(root, "--ink");
    pen.lineWidth = 2;
    pen.strokeRect(left - 1, top - 1, size.w * columns + 2, Math.max(2, size.h * part.marked) + 2);
  }
}

function coloured(values, table, { shape: [rows, columns], most }) {
  const image = new ImageData(columns, rows), still = new OffscreenCanvas(columns, rows), pixels = new Uint32Array(image.data.buffer);
  values.forEach((value, i) => { pixels[i] = table[Math.round(127 + 127 * Math.max(-1, Math.min(1, value / most)))]; });
  still.getContext("2d").putImageData(image, 0, 0);
  return still;
}

const short = (text) => (text.length <= 13 ? text : `${text.slice(0, 12)}…`);

// The cell [row, column] under the pointer.
function cell({ canvas, left, top, size, part: { shape } }, event) {
  const box = canvas.getBoundingClientRect(), row = Math.floor((event.clientY - box.top - top) / size.h), column = Math.floor((event.clientX - box.left - left) / size.w);
  return row >= 0 && column >= 0 && row < shape[0] && column < shape[1] ? [row, column] : null;
}

function tell({ tip, at, part, values, say, left, top, size, root }) {
  tip.hidden = !at;
  if (!at) return;
  const [row, column] = at, place = part.first + Math.round(row * part.every[0]), pair = column >> 1;
  const said = { place, column: Math.round(column * part.every[1]), value: say(values[row * part.shape[1] + column]), label: part.labels?.[row] ?? "", other: part.columns?.[column] ?? "",
    pair, wave: column % 2 ? part.words.odd : part.words.even, angle: part.turns?.length ? say(place * part.turns[pair]) : "" };
  tip.textContent = part.words.hover.replace(/\{(\w+)\}/g, (whole, name) => said[name] ?? whole);
  const x = left + (column + 0.5) * size.w, flip = x > across(root) / 2;
  Object.assign(tip.style, { top: `${top + (row + 1) * size.h + 6}px`, left: flip ? "" : `${x}px`, right: flip ? `${across(root) - x}px` : "" });
}

function legend({ legend, part: { words, most, marked }, say }) {
  const said = JSON.stringify([words, most, Boolean(marked)]);
  if (legend.dataset.said === said) return;
  legend.dataset.said = said;
  const bar = element("span"), frame = element("span");
  bar.append(say(-most), element("span", "scale signed"), `+${say(most)}`);
  frame.append(element("span", "key yours"), words.yours ?? "");
  legend.replaceChildren(...(marked ? [bar, frame] : [bar]));
}
