// The ideas as boxes in layers, each below those it rests on. The pointer or the focus on one leaves what it rests on and what rests
// on it, and fades the rest; a click or Enter chooses it. Arrow keys go from box to box.
import { aside, element } from "./kit.js";

export const sheet = "glossary.css";
const NS = "http://www.w3.org/2000/svg", LETTERS = 11.5, LINE = 12.4, SIDE = 4;      // pixels: letters, from line to line, kept free beside them
const made = new WeakMap();

export function draw(root, part, { send }) {
  let state = made.get(root);
  if (!state) made.set(root, (state = build(root)));
  Object.assign(state, { part, send });
  const said = JSON.stringify([part.nodes, part.lines]);
  if (state.said !== said) fill(state, said);
  const number = new Map(part.steps.map((id, i) => [id, i + 1]));
  for (const [id, node] of state.nodes) {
    const step = number.get(id), badge = node.querySelector(".step");
    node.setAttribute("aria-pressed", id === part.chosen);
    node.setAttribute("aria-label", [label(state, id), step && part.words.step.replace("{step}", step)].filter(Boolean).join(", "));
    badge.setAttribute("visibility", step ? "visible" : "hidden");
    badge.lastChild.textContent = step ?? "";
  }
  reach(state, part.chosen);
  if (state.shown !== part.chosen) bring(state, part.chosen);
  state.shown = part.chosen;
  state.svg.setAttribute("aria-label", part.words.name);
  legend(state);
  mark(state);
}

function build(root) {
  const holder = element("div", "conceptmap"), svg = make("svg", { role: "group" }), state = { root, svg, nodes: new Map(), over: null, legend: element("div", "legend") };
  holder.append(svg);
  root.replaceChildren(holder, state.legend);
  root.closest(".vt").addEventListener("seek", () => mark(state));
  return state;
}

function fill(state, said) {
  const { svg, part } = state, { size: [width, height], box: [wide, high] } = part, pen = document.createElement("canvas").getContext("2d");
  state.said = said;
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  pen.font = `${LETTERS}px ${getComputedStyle(state.root).fontFamily}`;
  state.rests = new Map(part.nodes.map(({ id }) => [id, []]));
  state.leads = new Map(part.nodes.map(({ id }) => [id, []]));
  for (const { from, to } of part.lines) { state.rests.get(to).push(from); state.leads.get(from).push(to); }
  state.lines = part.lines.map(({ from, to, points }) => Object.assign(make("path", { d: track(points), "data-from": from, "data-to": to }), { ends: [from, to] }));
  state.nodes = new Map(part.nodes.map(({ id, name, at: [x, y] }) => {
    const node = make("g", { transform: `translate(${x} ${y})`, role: "button", tabindex: -1, "data-id": id }), badge = make("g", { class: "step", transform: `translate(${-wide / 2 + 3} ${-high / 2 + 3})` });
    const pieces = folded(pen, name, wide - 2 * SIDE), text = make("text", { y: -(pieces.length - 1) * LINE / 2 });
    pieces.forEach((piece, i) => text.append(Object.assign(make("tspan", { x: 0, dy: i ? LINE : 0 }), { textContent: piece })));
    badge.append(make("circle", { r: 8 }), make("text", {}));
    node.append(make("rect", { x: -wide / 2, y: -high / 2, width: wide, height: high, rx: 7 }), text, badge);
    node.onpointerenter = () => { state.over = id; mark(state); };
    node.onpointerleave = () => { state.over = null; mark(state); };
    node.onfocus = () => { if (node.matches(":focus-visible")) { state.over = id; mark(state); } };
    node.onblur = () => { state.over = null; mark(state); };
    node.onclick = () => choose(state, id);
    node.onkeydown = (event) => key(state, id, event);
    return [id, node];
  }));
  svg.replaceChildren(...state.lines, ...state.nodes.values());
}

// Straight beside boxes, a curve between layers.
function track([[x, y], ...points]) {
  let path = `M ${x} ${y}`;
  for (const [px, py] of points) {
    path += Math.abs(px - x) < 0.05 ? ` L ${px} ${py}` : ` C ${x} ${(y + py) / 2} ${px} ${(y + py) / 2} ${px} ${py}`;
    [x, y] = [px, py];
  }
  return path;
}

// A name on as few lines as fit, broken between words.
function folded(pen, name, width) {
  const lines = [];
  for (const word of name.split(" ")) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && pen.measureText(longer).width <= width) lines[lines.length - 1] = longer; else lines.push(word);
  }
  return lines;
}

function choose(state, id) {
  for (const [other, node] of state.nodes) node.setAttribute("aria-pressed", other === id);
  state.part.chosen = id;
  reach(state, id);
  mark(state);
  state.send({ "glossary.idea": id });
}

function key(state, id, event) {
  if (event.key === "Enter" || event.key === " ") { event.preventDefault(); choose(state, id); return; }
  const [down, right] = aside(event);
  if (down === undefined) return;
  event.preventDefault();
  const at = new Map(state.part.nodes.map((node) => [node.id, node.at])), [x, y] = at.get(id);
  const way = ([px, py]) => down ? (py - y) * down : Math.abs(py - y) < 1 ? (px - x) * right : -1;
  const near = ([px, py]) => down ? Math.abs(py - y) * 4 + Math.abs(px - x) : Math.abs(px - x);
  const next = [...at].filter(([, place]) => way(place) > 0.5).sort((a, b) => near(a[1]) - near(b[1]))[0];
  if (next) { reach(state, next[0]); state.nodes.get(next[0]).focus(); }
}

function reach(state, id) {
  for (const [other, node] of state.nodes) node.setAttribute("tabindex", other === id ? 0 : -1);
}

// On a narrow page the map is wider than its card: the chosen idea comes to the middle of it.
function bring({ svg, part }, id) {
  const holder = svg.parentElement, [x] = part.nodes.find((node) => node.id === id).at;
  holder.scrollLeft = x * svg.getBoundingClientRect().width / part.size[0] - holder.clientWidth / 2;
}

const all = (next, id, found = new Set()) => { for (const other of next.get(id)) if (!found.has(other)) { found.add(other); all(next, other, found); } return found; };

function label({ rests, leads, part }, id) {
  const { name } = part.nodes.find((node) => node.id === id);
  return part.words.said.replace("{name}", () => name).replace("{before}", all(rests, id).size).replace("{after}", all(leads, id).size);
}

// What the idea under the pointer, or else the chosen one, rests on and leads to; a search leaves what it found.
function mark(state) {
  const { part, over, rests, leads } = state, id = over ?? part.chosen, before = all(rests, id), after = all(leads, id), { sought } = state.root.closest(".vt");
  const kind = (other) => other === id ? "at" : before.has(other) ? "before" : after.has(other) ? "after" : "";
  const walking = part.steps.length > 0 && over === null;
  for (const [other, node] of state.nodes) {
    const faded = over === null && sought ? !sought.has(other) : over !== null ? !kind(other) : walking && !part.steps.includes(other) && other !== part.chosen;
    node.setAttribute("class", [kind(other), other === part.chosen && "chosen", faded && "faded", sought?.has(other) && "found"].filter(Boolean).join(" "));
  }
  for (const line of state.lines) {
    const [from, to] = line.ends.map(kind), inside = from && to && (from === "before" || to === "after" || from === "at" || to === "at") && !(from === "before" && to === "after");
    const off = over === null && (sought || walking && !line.ends.every((end) => part.steps.includes(end)));
    line.setAttribute("class", inside && !off ? (to === "at" || to === "before" ? "before" : "after") : over !== null || off ? "faded" : "");
  }
}

function legend({ legend, part: { words } }) {
  const said = JSON.stringify(words);
  if (legend.dataset.said === said) return;
  legend.dataset.said = said;
  legend.replaceChildren(...["chosen", "before", "after"].map((name) => { const span = element("span"); span.append(element("span", `idea-key ${name}`), words[name]); return span; }));
}

function make(name, attributes) {
  const shape = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) shape.setAttribute(key, value);
  return shape;
}
