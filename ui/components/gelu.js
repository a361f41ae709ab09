// The activation curve, and on it a neuron at every token of the text; hollow dots are other neurons at the token looked at.
import { across, element, floats, left, put, watch, write } from "./kit.js";

export const sheet = "block.css";
const NS = "http://www.w3.org/2000/svg", H = 300, LEFT = 40, BOTTOM = 34, TOP = 10, RIGHT = 12;
const made = new WeakMap();

export function draw(root, part, { language, label }) {
  let state = made.get(root);
  if (!state) made.set(root, (state = build(root)));
  const number = new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 }), whole = new Intl.NumberFormat(language);
  const dots = floats(part.dots), others = floats(part.others);
  Object.assign(state, { part, curve: floats(part.curve), dots, others, say: (x) => number.format(x).replace("-", "−"), tick: (x) => whole.format(x).replace("-", "−") });
  state.svg.setAttribute("aria-label", label);
  state.svg.dots = dots;                            // for whoever wants the numbers that are drawn: sum, value, sum, value …
  legend(state);
  if (state.at !== null && state.at >= part.labels.length) state.at = null;
  paint(state);
}

function build(root) {
  const state = { root, svg: document.createElementNS(NS, "svg"), readout: element("p", "readout"), legend: element("div", "legend"), at: null };
  state.svg.setAttribute("class", "gelu");
  state.svg.setAttribute("role", "img");
  state.svg.setAttribute("tabindex", 0);
  state.readout.setAttribute("role", "status");
  state.svg.onpointermove = (event) => {
    const box = state.svg.getBoundingClientRect(), x = event.clientX - box.left, y = event.clientY - box.top;
    let best = null, least = 900;                   // pixels, squared
    state.spots?.forEach(([a, b], i) => { const d = (a - x) ** 2 + (b - y) ** 2; if (d < least) [least, best] = [d, i]; });
    point(state, best);
  };
  left(state.svg, () => point(state, null));
  state.svg.onkeydown = (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key], n = state.part.labels.length;
    if (!step) return;
    event.preventDefault();
    point(state, ((state.at ?? state.part.at) + step + n) % n);
  };
  root.replaceChildren(state.svg, state.readout, state.legend);
  watch(root, () => { if (state.part) paint(state); });
  return state;
}

// What each kind of dot is.
function legend({ legend, part: { words } }) {
  const said = JSON.stringify(words);
  if (legend.dataset.said === said) return;
  legend.dataset.said = said;
  legend.replaceChildren(...["at", "here", "others"].map((name) => { const span = element("span"); span.append(element("span", `dot ${name}`), words[name]); return span; }));
}

function point(state, at) {
  if (at === state.at) return;
  state.at = at;
  paint(state);
}

// Elements of the SVG in their order: one that is there already and of this kind is taken again, and only what is new of it is set.
function drawer(svg) {
  let at = 0;
  const node = (name, attributes, text = "") => {
    let made = svg.children[at++];
    if (made?.tagName !== name) {
      const fresh = document.createElementNS(NS, name);
      if (made) made.replaceWith(fresh); else svg.append(fresh);
      made = fresh;
    }
    for (const { name: old } of [...made.attributes]) if (!(old in attributes)) made.removeAttribute(old);
    for (const [key, value] of Object.entries(attributes)) if (made.getAttribute(key) !== String(value)) made.setAttribute(key, value);
    put(made, text);
  };
  return { node, end: () => { while (svg.childElementCount > at) svg.lastChild.remove(); } };
}

function paint(state) {
  const { root, svg, part, curve, dots, others, tick } = state, W = across(root);
  if (!W) return;
  const [low, high] = [curve[0], curve[curve.length - 2]], floor = Math.min(-0.6, -high * 0.05), roof = high * 1.04;
  const x = (v) => LEFT + (v - low) / (high - low) * (W - LEFT - RIGHT), y = (v) => TOP + (roof - v) / (roof - floor) * (H - TOP - BOTTOM);
  const { node, end } = drawer(svg);
  svg.setAttribute("viewBox", `0 0 ${W} ${H}`);
  const step = [1, 2, 5, 10, 20, 50].find((s) => (high - low) / s <= 9) ?? 100;
  for (let v = Math.ceil(low / step) * step; v <= high; v += step) {
    node("line", { x1: x(v), x2: x(v), y1: TOP, y2: H - BOTTOM, class: v === 0 ? "zero" : "grid" });
    node("text", { x: x(v), y: H - BOTTOM + 15, "text-anchor": "middle" }, tick(v));
  }
  for (let v = 0; v <= roof; v += step) {
    node("line", { x1: LEFT, x2: W - RIGHT, y1: y(v), y2: y(v), class: v === 0 ? "zero" : "grid" });
    node("text", { x: LEFT - 6, y: y(v) + 4, "text-anchor": "end" }, tick(v));
  }
  node("text", { x: W - RIGHT, y: H - 4, "text-anchor": "end", class: "axis" }, part.words.sum);
  node("text", { x: LEFT + 6, y: TOP + 10, class: "axis" }, part.words.value);
  let d = "M";
  for (let i = 0; i < curve.length; i += 2) d += `${i ? "L" : ""}${x(curve[i]).toFixed(1)} ${y(curve[i + 1]).toFixed(1)}`;
  node("path", { d, class: "curve" });
  for (let i = 0; i < others.length; i += 2) node("circle", { cx: x(others[i]), cy: y(others[i + 1]), r: 5, class: "other" });
  state.spots = [];
  for (let i = 0; i < part.labels.length; i++) state.spots.push([x(dots[2 * i]), y(dots[2 * i + 1])]);
  state.spots.forEach(([cx, cy], i) => { if (i !== part.at) node("circle", { cx, cy, r: 4, class: "dot" }); });
  const spot = state.spots[part.at];
  node("circle", { cx: spot[0], cy: spot[1], r: 6.5, class: "here" });
  const at = state.at ?? part.at;
  if (state.at !== null) node("circle", { cx: state.spots[at][0], cy: state.spots[at][1], r: 9, class: "ring" });
  end();
  write(state.readout, part.words.hover.replace(/\{(\w+)\}/g, (_, name) => ({ token: part.labels[at].replaceAll("*", "∗"), sum: state.say(dots[2 * at]), value: state.say(dots[2 * at + 1]) })[name]));
}
