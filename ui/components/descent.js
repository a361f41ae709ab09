// The loss over the steps, on the points that are trained on and on others; dashed, the loss of a guess. Pointer or arrow keys read a step out.
import { across, element, floats, left, watch, write } from "./kit.js";

export const sheet = "network.css";
const NS = "http://www.w3.org/2000/svg", H = 380, LEFT = 44, RIGHT = 14, TOP = 12, BOTTOM = 34;
const made = new WeakMap();

export function draw(root, part, { language, label }) {
  let state = made.get(root);
  if (!state) made.set(root, (state = build(root)));
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 4, minimumFractionDigits: 4 }), tick = new Intl.NumberFormat(language, { maximumSignificantDigits: 3 });
  Object.assign(state, { part, train: floats(part.train), test: floats(part.test), say: (x) => number.format(x), tick: (x) => tick.format(x) });
  state.svg.setAttribute("aria-label", label);
  Object.assign(state.svg, { train: state.train, test: state.test });           // for whoever wants the numbers that are drawn
  state.svg.dataset.steps = part.steps.at(-1);
  if (state.at >= part.steps.length) state.at = -1;
  legend(state);
  paint(state);
}

function build(root) {
  const state = { root, svg: document.createElementNS(NS, "svg"), readout: element("p", "readout"), legend: element("div", "legend"), at: -1 }, { svg } = state;
  svg.setAttribute("class", "losses");
  svg.setAttribute("role", "img");
  svg.setAttribute("tabindex", 0);
  state.readout.setAttribute("role", "status");
  svg.onpointermove = (event) => {
    const box = svg.getBoundingClientRect(), { steps } = state.part, wanted = (event.clientX - box.left - LEFT) / (box.width - LEFT - RIGHT) * state.end;
    point(state, steps.reduce((best, step, i) => (Math.abs(step - wanted) < Math.abs(steps[best] - wanted) ? i : best), 0));
  };
  left(svg, () => point(state, -1));
  svg.onkeydown = (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key], n = state.part.steps.length;
    if (!step) return;
    event.preventDefault();
    point(state, ((state.at < 0 ? n - 1 : state.at) + step + n) % n);
  };
  root.replaceChildren(svg, state.readout, state.legend);
  watch(root, () => { if (state.part) paint(state); });
  return state;
}

function point(state, at) {
  if (at === state.at) return;
  state.at = at;
  paint(state);
}

function node(parent, name, attributes, text) {
  const made = parent.appendChild(document.createElementNS(NS, name));
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

const round = (size) => { const power = 10 ** Math.floor(Math.log10(size)); return [1, 2, 5, 10].find((m) => m * power >= size) * power; };

function paint(state) {
  const { root, svg, part: { steps, reference, words }, train, test, tick } = state, W = across(root);
  if (!W) return;
  const end = state.end = Math.max(10, steps.at(-1)), top = 1.06 * Math.max(reference, ...train, ...test);
  const x = (step) => LEFT + step / end * (W - LEFT - RIGHT), y = (loss) => TOP + (1 - loss / top) * (H - TOP - BOTTOM);
  svg.replaceChildren();
  svg.setAttribute("viewBox", `0 0 ${W} ${H}`);
  const across_ = Math.max(1, round(end / (W > 420 ? 6 : 4))), up = round(top / 5);
  for (let v = 0; v <= end; v += across_) node(svg, "text", { x: x(v), y: H - BOTTOM + 16, "text-anchor": "middle" }, tick(v));
  for (let v = 0; v <= top; v += up) {
    node(svg, "line", { x1: LEFT, x2: W - RIGHT, y1: y(v), y2: y(v), class: v ? "grid" : "zero" });
    node(svg, "text", { x: LEFT - 6, y: y(v) + 4, "text-anchor": "end" }, tick(v));
  }
  node(svg, "text", { x: W - RIGHT, y: H - 3, "text-anchor": "end", class: "axis" }, words.across);
  node(svg, "text", { x: LEFT + 6, y: TOP + 6, class: "axis" }, words.up);
  node(svg, "line", { x1: LEFT, x2: W - RIGHT, y1: y(reference), y2: y(reference), class: "guess" });
  for (const [name, values] of [["test", test], ["train", train]]) {
    node(svg, "path", { d: `M${steps.map((step, i) => `${x(step).toFixed(1)} ${y(values[i]).toFixed(1)}`).join("L")}`, class: name });
    node(svg, "circle", { cx: x(steps.at(-1)), cy: y(values.at(-1)), r: 3.5, class: name });
  }
  const at = state.at < 0 ? steps.length - 1 : state.at;
  if (state.at >= 0) node(svg, "line", { x1: x(steps[at]), x2: x(steps[at]), y1: TOP, y2: H - BOTTOM, class: "zero" });
  const said = { step: steps[at].toLocaleString(root.closest(".vt").lang), train: state.say(train[at]), test: state.say(test[at]) };
  write(state.readout, words.hover.replace(/\{(\w+)\}/g, (_, key) => said[key]));
}

function legend({ legend, part: { words } }) {
  const said = JSON.stringify(words);
  if (legend.dataset.said === said) return;
  legend.dataset.said = said;
  legend.replaceChildren(...["train", "test", "guess"].map((name) => { const span = element("span"); span.append(element("span", `stroke ${name}`), words[name]); return span; }));
}
