// One head's weights, each cell exact: rows read, columns are read; the future is grey. Hover or arrow keys say a cell in words.
// A canvas of our own: Plotly takes 60-100 ms to draw this anew at each key, this takes one or two.
import { across, aside, colour, element, floats, left, scale, turned, watch } from "./kit.js";
import { spread } from "./lines.js";
import { follow, heaviest } from "./top.js";

export const sheet = "heads.css";
const made = new WeakMap();
const HEIGHT = 540, LEAST = 11;                     // pixels: of the cells together where there is room, and between two labels

export function draw(root, part, { dark, language, label, send }) {
  let state = made.get(root);
  if (!state) made.set(root, (state = build(root)));
  if (state.dark !== dark || !state.table) Object.assign(state, { dark, table: scale(root) });
  const percent = new Intl.NumberFormat(language, { style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 });
  Object.assign(state, { part, send, percent, exact: floats(part.values), T: part.labels.length, share: (part.top ?? 100) / 100, seen: null });
  state.canvas.setAttribute("aria-label", label);
  if (state.at && Math.max(...state.at) >= state.T) state.at = null;
  legend(state);
  paint(state);
  tell(state);
}

function build(root) {
  const state = { root, canvas: element("canvas"), tip: element("div", "tip"), tag: element("span", "preview"), legend: element("div", "legend"), at: null, seen: null };
  const { canvas, tip, tag } = state, holder = element("div", "heatmap");
  tag.hidden = true;
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "img");
  tip.setAttribute("role", "status");
  canvas.onpointermove = (event) => { state.at = cell(state, event); tell(state); };
  left(canvas, () => { state.at = null; tell(state); });
  canvas.onclick = () => take(state);
  canvas.onkeydown = (event) => {
    if (event.key === "Enter") take(state);
    const [dq, dk] = aside(event);
    if (dq === undefined) return;
    event.preventDefault();
    const [q, k] = state.at ?? [state.T - 1, dk > 0 ? -1 : state.T], inside = (i) => Math.min(state.T - 1, Math.max(0, i));
    state.at = [inside(q + dq), inside(k + dk)];
    tell(state);
  };
  holder.append(tag, canvas, tip);
  root.replaceChildren(holder, state.legend);
  watch(root, () => { if (state.part) paint(state); });
  follow(root, { top: (share) => { state.share = share; paint(state); }, preview: (seen) => { state.seen = seen; paint(state); } });
  return state;
}

function take({ at, part, send }) {
  if (at && part.knob) send({ [part.knob]: at.join(".") });
}

function paint(state) {
  const { root, canvas, part: { labels, masked, words, pair }, table, T, seen } = state, width = across(root);
  if (!width) return;
  const weights = state.weights = canvas.weights = seen ? spread(seen, T) : state.exact;      // also for whoever wants the numbers that are drawn
  const kept = heaviest(weights, T, state.share, (q) => (masked ? q + 1 : T));
  state.tag.hidden = !seen;
  state.tag.textContent = seen ? words.preview.replace("{head}", seen.id) : "";
  const pen = canvas.getContext("2d"), dpr = devicePixelRatio || 1, font = `12.5px ${colour(root, "--st-font")}`;
  pen.font = font;
  const room = Math.ceil(Math.max(...labels.map((text) => pen.measureText(text).width))) + 6;
  const left = room + 20, top = Math.ceil(room * 0.72) + 26, right = Math.max(10, Math.ceil(pen.measureText(labels[T - 1]).width * 0.72) + 4);      // the last label leans out
  const size = { w: (width - left - right) / T, h: (width > 420 ? HEIGHT : width - left - right) / T };
  Object.assign(state, { left, top, size });
  const height = Math.ceil(top + size.h * T + 2);
  Object.assign(canvas, { width: Math.round(width * dpr), height: Math.round(height * dpr) });
  canvas.style.height = `${height}px`;
  pen.scale(dpr, dpr);
  pen.fillStyle = colour(root, "--future");
  pen.fillRect(left, top, size.w * T, size.h * T);
  const gap = size.h > 9 ? 1 : 0, paper = colour(root, "--paper");
  for (let q = 0; q < T; q++) for (let k = 0; k < (masked ? q + 1 : T); k++) {
    const rgba = table[Math.round(255 * Math.min(1, weights[q * T + k]))];
    pen.fillStyle = kept[q * T + k] ? `rgb(${rgba & 255},${(rgba >> 8) & 255},${(rgba >> 16) & 255})` : paper;
    pen.fillRect(left + k * size.w, top + q * size.h, size.w - gap, size.h - gap);
  }
  canvas.dataset.kept = kept.reduce((sum, one) => sum + one, 0);
  if (pair) {
    pen.strokeStyle = colour(root, "--contrast");
    pen.lineWidth = 2;
    pen.strokeRect(left + pair[1] * size.w, top + pair[0] * size.h, size.w, size.h);
  }
  pen.font = font;
  pen.fillStyle = colour(root, "--ink");
  pen.textBaseline = "middle";
  pen.textAlign = "right";
  const rows = Math.ceil(LEAST / size.h), columns = Math.ceil(LEAST / size.w);
  for (let i = 0; i < T; i += rows) pen.fillText(labels[i], left - 6, top + (i + 0.5) * size.h);
  pen.textAlign = "left";
  for (let i = 0; i < T; i += columns) turned(pen, labels[i], left + (i + 0.5) * size.w, top - 5, -Math.PI / 4);
  pen.fillStyle = colour(root, "--quiet");
  pen.textAlign = "center";
  turned(pen, words.reads, 8, top + (size.h * T) / 2, -Math.PI / 2);
  pen.fillText(words.is_read, left + (size.w * T) / 2, 9);
}

// The cell [reader, read] under the pointer.
function cell({ canvas, left, top, size, T }, event) {
  const box = canvas.getBoundingClientRect();
  const q = Math.floor((event.clientY - box.top - top) / size.h), k = Math.floor((event.clientX - box.left - left) / size.w);
  return q >= 0 && k >= 0 && q < T && k < T ? [q, k] : null;
}

function tell({ tip, at, part, weights, percent, left, top, size, T, root }) {
  tip.hidden = !at;
  if (!at) return;
  const [q, k] = at, values = { reads: part.labels[q], read: part.labels[k], weight: percent.format(weights[q * T + k]) };
  const template = part.masked && k > q ? part.words.future : part.words.hover;
  tip.textContent = template.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const x = left + (k + 0.5) * size.w, flip = x > across(root) / 2;
  Object.assign(tip.style, { top: `${top + (q + 1) * size.h + 6}px`, left: flip ? "" : `${x}px`, right: flip ? `${across(root) - x}px` : "" });
}

// What the colours mean: the scale from nothing to all, and the grey of what is not allowed.
function legend({ legend, part: { words, masked } }) {
  const said = JSON.stringify(words);
  if (legend.dataset.said === said) return;
  legend.dataset.said = said;
  const text = (words) => document.createTextNode(words), bar = element("span"), key = element("span"), grey = element("span", "key");
  grey.style.background = "var(--future)";
  bar.append(text(`${words.weight} ${words.low}`), element("span", "scale"), text(words.high));
  key.append(grey, text(words.future));
  legend.replaceChildren(...(masked ? [bar, key] : [bar]));
}
