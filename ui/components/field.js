// The plane that a small network judges: how likely each place is of class 1, the border, the points; a click or Enter adds a point of the reader's own.
import { contour, raster } from "./contour.js";
import { across, along, aside, colour, element, floats, left, rgb, watch, write } from "./kit.js";

export const sheet = "network.css";
const made = new WeakMap();
const MOST = 470, STEP = 4, FULL = 200;             // pixels; a key's step and the whole side, in hundredths of half the side

export function draw(root, part, { dark, language, label, send }) {
  let state = made.get(root);
  if (!state) made.set(root, (state = build(root)));
  if (state.dark !== dark || !state.table) Object.assign(state, { dark, table: colours(root) });
  const number = new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 }), percent = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 1 });
  const kept = state.own && state.until > Date.now() && part.own.length < state.own.length ? state.own : null;      // a click may be newer than what was drawn
  Object.assign(state, { part, send, values: floats(part.field), train: floats(part.train), test: floats(part.test), own: kept ?? parse(part.spelt),
    say: (x) => number.format(x + 0).replace("-", "−"), percent });
  const { canvas, kinds, undo, clear } = state, { words } = part;
  Object.assign(canvas, { field: state.values, points: state.train });          // for whoever wants the numbers that are drawn
  Object.assign(canvas.dataset, { own: part.own.length, train: state.train.length / 3, waiting: part.own.filter(({ given }) => !given).length });
  canvas.setAttribute("aria-label", `${label} ${words.keys}`);
  state.label.textContent = words.adds;
  kinds.setAttribute("aria-label", words.adds);
  ["blue", "orange"].forEach((name, i) => { kinds.children[i].lastChild.textContent = words[name]; });
  undo.textContent = words.undo;
  clear.textContent = words.clear;
  undo.disabled = clear.disabled = !state.own.length;
  state.legend.forEach(([span, name]) => { span.lastChild.textContent = words[name]; });
  paint(state);
}

const parse = (spelt) => spelt.split("-").filter(Boolean).map((one) => one.split(".").map(Number));

function build(root) {
  const state = { root, canvas: element("canvas"), readout: element("p", "readout"), bar: element("div", "adding"), label: element("span", "quiet"), kinds: element("div", "segments"),
    undo: element("button"), clear: element("button"), kind: 1, at: null, until: 0 }, { canvas, kinds, bar } = state, legend = element("div", "legend");
  canvas.tabIndex = 0;
  canvas.className = "field";
  canvas.setAttribute("role", "img");
  state.readout.setAttribute("role", "status");
  kinds.setAttribute("role", "radiogroup");
  for (const kind of [1, 0]) {
    const button = element("button");
    button.type = "button";
    button.setAttribute("role", "radio");
    button.append(mark(kind), document.createTextNode(""));
    button.onclick = () => take(state, kind);
    kinds.append(button);
  }
  kinds.onkeydown = (event) => { if (along(event)) { event.preventDefault(); take(state, 1 - state.kind); kinds.children[1 - state.kind].focus(); } };
  state.undo.onclick = () => report(state, state.own.slice(0, -1));
  state.clear.onclick = () => report(state, []);
  for (const button of [state.undo, state.clear]) button.type = "button";
  canvas.onpointermove = (event) => point(state, place(state, event));
  left(canvas, () => point(state, null));
  canvas.onclick = (event) => add(state, place(state, event));
  canvas.onkeydown = (event) => {
    if (event.key === "Enter" || event.key === " ") add(state, state.at);
    else if (event.key === "Backspace") report(state, state.own.slice(0, -1));
    else {
      const [down, right] = aside(event), [x, y] = state.at ?? [FULL / 2, FULL / 2];
      if (down === undefined) return;
      const inside = (v) => Math.min(FULL, Math.max(0, v));
      point(state, [inside(x + right * STEP), inside(y - down * STEP)]);
    }
    event.preventDefault();
  };
  state.legend = ["blue", "orange", "test", "border"].map((name) => {
    const span = element("span");
    span.append(name === "border" ? element("span", "stroke") : mark(name === "orange" ? 0 : 1, name === "test"), document.createTextNode(""));
    legend.append(span);
    return [span, name];
  });
  bar.append(state.label, kinds, state.undo, state.clear);
  root.replaceChildren(canvas, state.readout, bar, legend);
  take(state, 1);
  watch(root, () => { if (state.part) paint(state); });
  return state;
}

const mark = (kind, hollow) => element("span", `mark-of ${kind ? "one" : "zero"}${hollow ? " hollow" : ""}`);

function take(state, kind) {
  state.kind = kind;
  [1, 0].forEach((each, i) => {
    state.kinds.children[i].setAttribute("aria-checked", each === kind);
    state.kinds.children[i].tabIndex = each === kind ? 0 : -1;
  });
}

function point(state, at) {
  if (String(at) === String(state.at)) return;
  state.at = at;
  paint(state);
}

function add(state, at) {
  const { part, own, kind } = state;
  if (at && own.length < part.most) report(state, [...own, [...at, kind, part.wanted]]);
}

function report(state, own) {
  if (own.length === state.own.length) return;
  Object.assign(state, { own, until: own.length ? Date.now() + 3000 : 0 });
  paint(state);
  state.send({ "network.points": own.map((one) => one.join(".")).join("-"), again: Date.now() });
}

// Where the pointer is, in hundredths from the lower left corner.
function place({ canvas }, event) {
  const box = canvas.getBoundingClientRect(), x = (event.clientX - box.left) / box.width, y = 1 - (event.clientY - box.top) / box.height;
  return [x, y].every((v) => v >= 0 && v <= 1) ? [x, y].map((v) => Math.round(v * FULL)) : null;
}

// 256 colours from surely class 0 over undecided to surely class 1.
function colours(root) {
  const [zero, none, one] = ["--contrast", "--paper", "--accent"].map((name) => rgb(colour(root, name)));
  return Uint32Array.from({ length: 256 }, (_, i) => {
    const share = Math.abs(i / 127.5 - 1) * 0.62, end = i < 128 ? zero : one;
    const [r, g, b] = none.map((c, j) => Math.round(c + (end[j] - c) * share));
    return (255 << 24) | (b << 16) | (g << 8) | r;
  });
}

function paint(state) {
  const { root, canvas, part, values, table, train, test, own } = state, width = Math.min(MOST, across(root));
  if (!width) return;
  const n = part.field.shape[0], dpr = devicePixelRatio || 1, pen = canvas.getContext("2d"), cell = width / n;
  Object.assign(canvas, { width: Math.round(width * dpr), height: Math.round(width * dpr) });
  Object.assign(canvas.style, { width: `${width}px`, height: `${width}px` });
  pen.scale(dpr, dpr);
  pen.drawImage(raster(values, n, n, (p) => table[Math.round(255 * p)]), 0, 0, width, width);
  const ink = colour(root, "--ink"), paper = colour(root, "--paper"), tones = [colour(root, "--contrast"), colour(root, "--accent")];
  pen.strokeStyle = ink;
  pen.lineWidth = 1.8;
  pen.beginPath();
  const border = contour(values, n, n, 0.5);
  for (const [x1, y1, x2, y2] of border) { pen.moveTo((x1 + 0.5) * cell, (y1 + 0.5) * cell); pen.lineTo((x2 + 0.5) * cell, (y2 + 0.5) * cell); }
  pen.stroke();
  canvas.dataset.border = border.length;
  const spot = (x, y, kind, size, hollow, ring) => {
    pen.beginPath();
    if (kind) pen.arc(x, y, size, 0, 7); else pen.rect(x - size * 0.88, y - size * 0.88, size * 1.76, size * 1.76);
    Object.assign(pen, { fillStyle: hollow ? paper : tones[kind], strokeStyle: ring ? ink : hollow ? tones[kind] : paper, lineWidth: ring ? 2.2 : hollow ? 1.4 : 1 });
    pen.fill();
    pen.stroke();
  };
  const x = (v) => (v / part.side + 1) / 2 * width, y = (v) => (1 - v / part.side) / 2 * width;
  for (let i = 0; i < test.length; i += 3) spot(x(test[i]), y(test[i + 1]), test[i + 2], 2.8, true);
  for (let i = 0; i < train.length; i += 3) spot(x(train[i]), y(train[i + 1]), train[i + 2], 4.4);
  for (const [a, b, kind] of own) spot(a / FULL * width, (1 - b / FULL) * width, kind, 6, false, true);
  pen.strokeStyle = colour(root, "--line");
  pen.lineWidth = 1;
  pen.strokeRect(0.5, 0.5, width - 1, width - 1);
  if (state.at) {
    const [a, b] = [state.at[0] / FULL * width, (1 - state.at[1] / FULL) * width];
    pen.strokeStyle = ink;
    pen.beginPath(); pen.moveTo(a, 0); pen.lineTo(a, width); pen.moveTo(0, b); pen.lineTo(width, b);
    pen.globalAlpha = 0.35; pen.stroke(); pen.globalAlpha = 1;
  }
  tell(state, n);
}

function tell({ readout, part, at, values, say, percent }, n) {
  if (!at) return write(readout, part.words.point);
  const inside = (i) => Math.min(n - 1, Math.max(0, Math.floor(i))), column = inside(at[0] / FULL * n), row = inside((1 - at[1] / FULL) * n), middle = (i) => ((2 * i + 1) / n - 1) * part.side;
  const said = { x: say(middle(column)), y: say(-middle(row)), p: percent.format(values[row * n + column]) };
  write(readout, part.words.hover.replace(/\{(\w+)\}/g, (_, name) => said[name]));
}
