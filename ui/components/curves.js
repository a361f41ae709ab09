// Curves over one axis, with named lines to hold them against; drawn at once, changed in place. Hover or arrow keys read a place out.
import { across, colour, element, floats, left, watch } from "./kit.js";

export const sheet = "training.css";
const made = new WeakMap();
const LEFT = 46, BOTTOM = 36, TOP = 8, RIGHT = 10, LETTER = 15;      // pixels around the field, and from one line of text to the next

export function draw(root, part, { language, label, send, ask }) {
  let state = made.get(root);
  if (!state) made.set(root, (state = build(root)));
  const short = new Intl.NumberFormat(language, { notation: "compact", maximumFractionDigits: 1 }), digits = part.y.digits ?? 2;
  const exact = new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits }), whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  const series = part.series.map((one) => ({ ...one, x: floats(one.x), y: floats(one.y) }));
  Object.assign(state, { part, series, send, short, whole, say: (y) => exact.format(y).replace("-", "−") });
  const { canvas } = state;
  canvas.series = series;                           // for whoever wants the numbers that are drawn
  canvas.lines = part.lines ?? [];
  canvas.dataset.last = series.map(({ y }) => y.at(-1) ?? "").join(" ");
  canvas.setAttribute("aria-label", label);
  canvas.classList.toggle("choosable", Boolean(part.knob));
  legend(state);
  paint(state);
  tell(state);
  if (part.more) setTimeout(ask, 0);                // a figure that is still being measured
}

function build(root) {
  const state = { root, canvas: element("canvas"), tip: element("div", "tip"), legend: element("div", "legend"), at: null };
  const { canvas, tip } = state, holder = element("div", "curves");
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "img");
  tip.setAttribute("role", "status");
  canvas.onpointermove = (event) => { state.at = nearest(state, event.clientX - canvas.getBoundingClientRect().left); tell(state); };
  left(canvas, () => { state.at = null; tell(state); });
  canvas.onclick = () => choose(state);
  canvas.onkeydown = (event) => {
    const count = state.series[0]?.x.length ?? 0, by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (event.key === "Enter") choose(state);
    if (!by || !count) return;
    event.preventDefault();
    const step = by * Math.max(1, Math.round(count / 60));
    state.at = Math.min(count - 1, Math.max(0, (state.at ?? (by > 0 ? -step : count)) + step));
    tell(state);
  };
  holder.append(canvas, tip);
  root.replaceChildren(state.legend, holder);
  watch(root, () => { if (state.part) paint(state); });
  return state;
}

function choose({ at, part, send }) {
  if (at !== null && part.knob) send({ [part.knob]: part.options[at] });
}

const turn = (scale) => ({ log: Math.log, sqrt: Math.sqrt })[scale] ?? ((x) => x);

// From numbers to pixels, and what the axes span.
function fields(state, width, height) {
  const { part: { x, y, lines = [] }, series } = state, all = (name) => series.flatMap((one) => [...one[name]]).filter(Number.isFinite);
  const span = (axis, values) => [axis.from ?? Math.min(...values), axis.to ?? Math.max(...values)];
  const xs = span(x, all("x")), ys = span(y, [...all("y"), ...lines.map((line) => line.y)]);
  for (const ends of [xs, ys]) if (!(ends[1] > ends[0])) ends[1] = ends[0] + 1;
  const place = (axis, [low, high], from, to) => { const f = turn(axis.scale), a = f(low), b = f(high); return (value) => from + (f(value) - a) / (b - a) * (to - from); };
  return { xs, ys, px: place(x, xs, LEFT, width - RIGHT), py: place(y, ys, height - BOTTOM, TOP) };
}

function ticks([low, high], axis, room) {
  if (axis.ticks) return axis.ticks.filter((value) => value >= low && value <= high);
  if (axis.scale === "log") {
    const found = [];
    for (let e = Math.floor(Math.log10(low)); e <= Math.ceil(Math.log10(high)); e++) for (const m of [1, 2, 5]) found.push(m * 10 ** e);
    const inside = found.filter((value) => value >= low * 0.999 && value <= high * 1.001);
    return inside.length > 5 ? inside.filter((value) => /^1/.test(value.toExponential())) : inside;
  }
  const rough = (high - low) / Math.max(2, room), power = 10 ** Math.floor(Math.log10(rough)), step = [1, 2, 5, 10].map((m) => m * power).find((s) => s >= rough);
  const found = [];
  for (let value = Math.ceil(low / step) * step; value <= high + step / 1e6; value += step) found.push(Number(value.toPrecision(10)));
  return found;
}

function paint(state) {
  const { root, canvas, part, series, short } = state, width = across(root);
  if (!width) return;
  const height = part.height ?? 300, pen = canvas.getContext("2d"), dpr = devicePixelRatio || 1, ink = (name) => colour(root, `--${name}`);
  Object.assign(canvas, { width: Math.round(width * dpr), height: Math.round(height * dpr) });
  canvas.style.height = `${height}px`;
  pen.scale(dpr, dpr);
  Object.assign(pen, { font: `12px ${colour(root, "--st-font")}`, textBaseline: "middle", lineJoin: "round" });
  const { xs, ys, px, py } = Object.assign(state, fields(state, width, height));
  Object.assign(pen, { strokeStyle: ink("line"), lineWidth: 1, fillStyle: ink("quiet"), textAlign: "right" });
  for (const value of ticks(ys, part.y, height / 60)) {
    const y = Math.round(py(value)) + 0.5;
    line(pen, [[LEFT, y], [width - RIGHT, y]]);
    pen.fillText(short.format(value), LEFT - 7, y);
  }
  pen.textAlign = "center";
  let free = -Infinity;
  for (const value of ticks(xs, part.x, width / 110)) {
    const x = px(value), text = short.format(value), half = pen.measureText(text).width / 2;
    if (x - half < free) continue;
    free = x + half + 8;
    pen.fillText(text, Math.min(width - half, x), height - BOTTOM + 12);
  }
  pen.fillText(part.x.label, (LEFT + width - RIGHT) / 2, height - 7);
  references(pen, state, width, ink);
  for (const { x, y, colour: name, dash, width: thick, faint, points } of series) {
    const tint = ink(name), spots = [...x].map((value, i) => [px(value), py(Math.min(ys[1], Math.max(ys[0], y[i])))]).filter(([, v]) => Number.isFinite(v));
    Object.assign(pen, { strokeStyle: tint, fillStyle: tint, lineWidth: thick ?? 2, globalAlpha: faint ? 0.3 : 1 });
    pen.setLineDash(dash ? [6, 4] : []);
    line(pen, spots);
    pen.setLineDash([]);
    if (points || spots.length === 1) spots.forEach(([a, b], i) => dot(pen, a, b, i === part.marked ? 7 : 4));
    pen.globalAlpha = 1;
  }
}

function line(pen, spots) {
  pen.beginPath();
  spots.forEach(([x, y], i) => (i ? pen.lineTo(x, y) : pen.moveTo(x, y)));
  pen.stroke();
}

function dot(pen, x, y, radius) { pen.beginPath(); pen.arc(x, y, radius, 0, 7); pen.fill(); }

// The named lines, each with its name at the right end; names that would lie on each other are moved apart.
function references(pen, { part: { lines = [] }, py, say }, width, ink) {
  let last = -Infinity;
  pen.textAlign = "right";
  for (const { y, name } of [...lines].sort((a, b) => b.y - a.y)) {
    const at = py(y), text = `${name} ${say(y)}`;
    Object.assign(pen, { strokeStyle: ink("third"), lineWidth: 1.2 });
    pen.setLineDash([2, 3]);
    line(pen, [[LEFT, at], [width - RIGHT, at]]);
    pen.setLineDash([]);
    last = Math.max(at - 8, last + LETTER);
    pen.fillStyle = ink("third");
    pen.fillText(text, width - RIGHT - 3, last);
  }
  pen.fillStyle = ink("quiet");
}

function nearest({ series, px }, at) {
  const x = series[0]?.x;
  if (!x?.length || !px) return null;
  let best = 0;
  x.forEach((value, i) => { if (Math.abs(px(value) - at) < Math.abs(px(x[best]) - at)) best = i; });
  return best;
}

function tell({ tip, at, part, series, px, say, whole, root }) {
  const here = series[0]?.x[at];
  tip.hidden = at === null || here === undefined;
  if (tip.hidden) return;
  const values = series.filter((one) => !one.faint).map(({ name, x, y }) => {
    let best = 0;
    x.forEach((value, i) => { if (Math.abs(value - here) < Math.abs(x[best] - here)) best = i; });
    return `${name}: ${say(y[best])}`;
  });
  tip.textContent = [part.words.at.replace("{x}", whole.format(here)), ...values].join(" · ");
  const x = px(here), flip = x > across(root) / 2;
  Object.assign(tip.style, { top: `${TOP}px`, left: flip ? "" : `${x + 10}px`, right: flip ? `${across(root) - x + 10}px` : "" });
}

function legend({ legend, series, root, say }) {
  const said = JSON.stringify(series.map(({ name, colour, dash, y, faint }) => [name, colour, dash, faint ? 0 : y.at(-1)]));
  if (legend.dataset.said === said) return;
  legend.dataset.said = said;
  legend.replaceChildren(...series.filter(({ faint }) => !faint).map(({ name, colour, dash, y }) => {
    const entry = element("span"), key = element("span", dash ? "stroke dashed" : "stroke"), value = element("b");
    key.style.borderColor = `var(--${colour})`;
    value.textContent = y.length ? ` ${say(y.at(-1))}` : "";
    entry.append(key, name, value);
    return entry;
  }));
}
