// The same examples in other orders: a dot for each at its probability, stacked where they are alike; a dot can be taken, and the examples stand that way.
import { across, drawing, element, watch } from "./kit.js";

export const sheet = "shots.css";
const made = new WeakMap();
const SIDE = 12, BASE = 42, STEP = 9, HEIGHT = 158;      // pixels: beside the axis, under it, from dot to dot, and all

export function draw(root, part, { send, ask, label, language }) {
  let state = made.get(root);
  if (!state) made.set(root, (state = build(root)));
  Object.assign(state, { part, send, language });
  state.svg.setAttribute("aria-label", label);
  paint(state);
  clearTimeout(state.next);
  if (part.more) state.next = setTimeout(ask, 0);
}

function build(root) {
  const svg = drawing("svg", {}), empty = element("p", "empty"), tip = element("div", "tip"), bar = element("div", "controls"), box = element("div", "permutations");
  const state = { root, svg, empty, tip, bar, at: null, buttons: {} };
  svg.setAttribute("role", "group");
  tip.setAttribute("role", "status");
  tip.hidden = true;
  for (const name of ["best", "worst"]) {
    const button = state.buttons[name] = bar.appendChild(element("button", "press"));
    button.type = "button";
    button.dataset.do = name;
    button.onclick = () => take(state, state.sorted.at(name === "best" ? -1 : 0));
  }
  svg.onkeydown = (event) => {
    const step = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key], dots = [...svg.querySelectorAll("circle")], at = dots.indexOf(document.activeElement);
    if ((event.key === "Enter" || event.key === " ") && at >= 0) take(state, state.sorted[at]);
    else if (step && at >= 0) dots[Math.min(dots.length - 1, Math.max(0, at + step))].focus();
    else return;
    event.preventDefault();
  };
  box.append(svg, tip, empty, bar);
  root.replaceChildren(box);
  watch(root, () => { if (state.part) paint(state); });
  return state;
}

function take({ part, send }, { order }) {
  send({ "fewshot.rows": JSON.stringify([part.key, ...order.map((i) => part.pairs[i]), part.asked]), again: Date.now() });
}

function paint(state) {
  const { root, svg, part, empty, bar, buttons, tip } = state, width = across(root), x = (p) => SIDE + p * (width - 2 * SIDE);
  const none = Boolean(part.nothing);
  Object.assign(empty, { hidden: !none, textContent: part.nothing });
  svg.toggleAttribute("hidden", none);
  bar.hidden = none;
  if (none || !width) return;
  for (const name of ["best", "worst"]) Object.assign(buttons[name], { textContent: part.words[name], disabled: part.points.length < 2 });
  const sorted = state.sorted = [...part.points].sort((a, b) => a.p - b.p), floor = HEIGHT - BASE, order = svg.contains(document.activeElement) ? document.activeElement.dataset.order : undefined;
  const focused = sorted.findIndex((point) => point.order.join() === order);
  Object.assign(svg.dataset, { count: part.points.length, done: !part.more, yours: part.yours ?? "" });
  svg.setAttribute("viewBox", `0 0 ${width} ${HEIGHT}`);
  svg.setAttribute("height", HEIGHT);
  const drawn = [drawing("line", { x1: x(0), x2: x(1), y1: floor, y2: floor, class: "axis" })];
  for (const share of [0, 0.25, 0.5, 0.75, 1]) drawn.push(drawing("text", { x: x(share), y: floor + 22, class: "tick", "text-anchor": share === 0 ? "start" : share === 1 ? "end" : "middle" }, share.toLocaleString(state.language, { style: "percent" })));
  drawn.push(drawing("text", { x: width / 2, y: HEIGHT - 3, class: "tick", "text-anchor": "middle" }, part.words.axis));
  const heights = new Map();
  sorted.forEach((point, i) => {
    const place = Math.round(x(point.p) / STEP), stack = heights.get(place) ?? 0, most = Math.floor((floor - 22) / STEP);
    heights.set(place, stack + 1);
    const dot = drawing("circle", { cx: place * STEP, cy: floor - 7 - (stack % most) * STEP, r: 3.6, tabindex: i === Math.max(0, focused) ? 0 : -1, role: "button", "aria-label": point.title });
    Object.assign(dot.dataset, { value: point.p, order: point.order.join() });
    dot.onclick = () => take(state, point);
    dot.onpointerenter = dot.onfocus = () => { Object.assign(tip, { textContent: point.title, hidden: false }); tip.style.left = `${Math.min(place * STEP, width - 150)}px`; tip.style.top = `${Math.max(0, floor - 36 - stack * STEP)}px`; };
    dot.onpointerleave = dot.onblur = () => { tip.hidden = true; };
    drawn.push(dot);
  });
  if (part.yours !== null) drawn.push(drawing("path", { d: `M${x(part.yours)} ${floor + 1}l5 9h-10z`, class: "yours" }));
  svg.replaceChildren(...drawn);
  if (focused >= 0) svg.querySelectorAll("circle")[focused]?.focus({ preventScroll: true });
}
