// Points with their intervals, lines and fits over an axis of numbers or of orders of magnitude; when the measure changes, each point moves to its new place.
import { across, element, watch } from "./kit.js";

export const sheet = "scale.css";
const NS = "http://www.w3.org/2000/svg", HEIGHT = 320, SPAN = 650, PAD = { left: 58, right: 16, top: 14, bottom: 46 };
const made = new WeakMap(), still = matchMedia("(prefers-reduced-motion: reduce)");
const svg = (tag, name) => { const made = document.createElementNS(NS, tag); if (name) made.setAttribute("class", name); return made; };
const place = (node, values) => { for (const [name, value] of Object.entries(values)) node.setAttribute(name, value); return node; };
const said = (tag, name, values, text) => Object.assign(place(svg(tag, name), values), { textContent: text });

export function draw(root, part, { label }) {
  let state = made.get(root);
  if (!state) made.set(root, (state = build(root)));
  const told = JSON.stringify(part);
  state.picture.setAttribute("aria-label", label);
  if (state.told === told) return;
  Object.assign(state, { told, part, from: state.now ?? new Map(), start: performance.now() });
  state.picture.dataset.measure = part.measure;
  legend(state);
  cancelAnimationFrame(state.frame);
  step(state);
}

function build(root) {
  const holder = element("div", "growth"), picture = holder.appendChild(svg("svg")), tip = holder.appendChild(element("div", "tip")), keys = holder.appendChild(element("div", "legend"));
  const state = { root, holder, picture, tip, keys };
  picture.setAttribute("role", "group");
  tip.hidden = true;
  root.replaceChildren(holder);
  watch(root, () => { if (state.part) paint(state, 1); });
  picture.onpointermove = ({ target }) => read(state, target.closest(".spot"));
  picture.onpointerleave = () => { if (!picture.querySelector(":focus-visible")) read(state, null); };
  picture.addEventListener("focusin", ({ target }) => read(state, target.closest(".spot")));
  picture.addEventListener("focusout", () => read(state, null));
  picture.onkeydown = (event) => {
    const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key], all = [...picture.querySelectorAll(".spot")];
    if (!way || !all.length) return;
    event.preventDefault();
    all[(all.indexOf(document.activeElement) + way + all.length) % all.length].focus();
  };
  return state;
}

function legend({ keys, part }) {
  keys.replaceChildren(...part.series.filter(({ name }) => name).map(({ name, look, shape }) => {
    const entry = element("span"), key = place(svg("svg"), { width: 22, height: 12, viewBox: "0 0 22 12" });
    const group = key.appendChild(svg("g", `series ${look}`));
    if (shape !== "dot") group.append(place(svg("path", "line"), { d: "M1 6 H21" }));
    if (shape !== "line") group.append(symbol(look, 11, 6, 4));
    entry.append(key, document.createTextNode(` ${name}`));
    return entry;
  }));
}

// From where each point stands to where it should, within half a second; at once for who wants no motion.
function step(state) {
  const moved = still.matches || !state.from.size ? 1 : Math.min(1, (performance.now() - state.start) / SPAN);
  paint(state, moved < 0.5 ? 2 * moved * moved : 1 - 2 * (1 - moved) ** 2);
  if (moved < 1) state.frame = requestAnimationFrame(() => step(state));
}

function paint(state, moved) {
  const { part, picture, root, from } = state, width = Math.max(across(root), 200), { x, y } = part, height = HEIGHT;
  const right = width - PAD.right, bottom = height - PAD.bottom;
  const share = (value, { least, most, log }) => log ? (Math.log10(Math.max(value, 1e-30)) - least) / (most - least) : (value - least) / (most - least);
  const across_ = (value) => PAD.left + (right - PAD.left) * share(value, x), up = (value) => Math.min(height, bottom - (bottom - PAD.top) * share(value, y));
  const nodes = [], now = new Map(), focused = picture.contains(document.activeElement) ? document.activeElement.dataset.id : null;
  place(picture, { width, height, viewBox: `0 0 ${width} ${height}` });
  for (const { at, text } of y.ticks) {
    nodes.push(place(svg("line", "gridline"), { x1: PAD.left, x2: right, y1: up(at), y2: up(at) }), said("text", "tick end", { x: PAD.left - 8, y: up(at) + 4 }, text));
  }
  let last = -Infinity;
  for (const { at, text } of x.ticks) {
    const centre = across_(at);
    nodes.push(place(svg("line", "gridline"), { x1: centre, x2: centre, y1: PAD.top, y2: bottom }));
    if (centre - last > 6.6 * text.length + 8) { nodes.push(said("text", "tick middle", { x: centre, y: bottom + 17 }, text)); last = centre; }
  }
  nodes.push(said("text", "title middle", { x: (PAD.left + right) / 2, y: height - 7 }, x.title), said("text", "title start", { x: 2, y: 10 }, y.title));
  const taken = [];
  for (const { at, text, first } of part.levels) {
    const half = 3.2 * text.length;
    nodes.push(place(svg("line", "dashed"), { x1: PAD.left, x2: right, y1: up(at), y2: up(at) }),
      said("text", first ? "dashed" : "dashed end", { x: first ? PAD.left + 4 : right - 2, y: up(at) - 4 }, text));
    taken.push({ x: first ? PAD.left + half : right - half, y: up(at) - 8, w: half, h: 7 });
  }
  const labels = [];
  for (const { id, look, shape, points } of part.series) {
    const group = svg("g", `series ${look}`);
    group.dataset.series = id;
    const spots = points.map((point) => {
      const key = `${id} ${point.name}`, target = share(point.y, y), was = from.get(key) ?? target, height_ = was + (target - was) * moved;
      now.set(key, height_);
      return { ...point, key, cx: across_(point.x), cy: Math.min(height, bottom - (bottom - PAD.top) * height_) };
    });
    if (shape === "band") { group.append(place(svg("path", "band"), { d: band(points, across_, (value) => Math.max(PAD.top, Math.min(bottom, up(value)))) })); nodes.push(group); continue; }
    if (shape !== "dot") group.append(place(svg("path", "line"), { d: spots.map(({ cx, cy }, i) => `${i ? "L" : "M"}${cx.toFixed(1)} ${cy.toFixed(1)}`).join(" ") }));
    if (shape !== "line") for (const { key, name, title, label, cx, cy, low, high, y: value } of spots) {
      const mark = place(svg("g", "spot"), { tabindex: 0, role: "img", "aria-label": title });
      Object.assign(mark.dataset, { id: key, name, value, title });
      if (low !== undefined && moved === 1) mark.append(place(svg("path", "interval"), { d: `M${cx} ${up(low)} V${up(high)} m-4 0 h8 M${cx - 4} ${up(low)} h8` }));
      mark.append(place(svg("circle", "room"), { cx, cy, r: 12 }), symbol(look, cx, cy, 5));
      group.append(mark);
      taken.push({ x: cx, y: cy, w: 6, h: 6 });
      if (low !== undefined) taken.push({ x: cx, y: (up(low) + up(high)) / 2, w: 4, h: (up(low) - up(high)) / 2 });
      if (label) labels.push({ text: label, cx, cy, look });
    }
    nodes.push(group);
  }
  for (const { text, cx, cy } of labels) {              // beside its point, where nothing else stands
    const w = 3.5 * text.length + 2;
    const spot = [[cx, cy - 15], [cx - w - 9, cy - 9], [cx + w + 9, cy + 9], [cx + w + 9, cy - 9], [cx, cy + 20], [cx - w - 9, cy + 9]].find(([px, py]) => px - w > PAD.left && px + w < width && py > PAD.top && py < bottom
      && !taken.some((other) => Math.abs(other.x - px) < other.w + w && Math.abs(other.y - py) < other.h + 7));
    if (!spot) continue;
    taken.push({ x: spot[0], y: spot[1], w, h: 7 });
    nodes.push(said("text", "label middle", { x: spot[0], y: spot[1] + 4 }, text));
  }
  picture.replaceChildren(...nodes);
  state.now = now;
  if (focused) [...picture.querySelectorAll(".spot")].find(({ dataset }) => dataset.id === focused)?.focus();
}

const band = (points, across_, up) => `M${points.map(({ x, high }) => `${across_(x)} ${up(high)}`).join(" L")} L${points.toReversed().map(({ x, low }) => `${across_(x)} ${up(low)}`).join(" L")} Z`;

function symbol(look, x, y, r) {
  if (look.startsWith("second")) return place(svg("rect", "dot"), { x: x - r + 0.5, y: y - r + 0.5, width: 2 * r - 1, height: 2 * r - 1 });
  if (look.startsWith("third")) return place(svg("path", "dot"), { d: `M${x} ${y - r - 1} l${r + 1} ${r + 1} l${-r - 1} ${r + 1} l${-r - 1} ${-r - 1} z` });
  return place(svg("circle", "dot"), { cx: x, cy: y, r });
}

function read({ tip, holder }, mark) {
  tip.hidden = !mark;
  if (!mark) return;
  tip.textContent = mark.dataset.title;
  const box = mark.querySelector(".dot").getBoundingClientRect(), frame = holder.getBoundingClientRect(), wide = tip.offsetWidth;
  tip.style.left = `${Math.max(0, Math.min(frame.width - wide, box.left - frame.left + box.width / 2 - wide / 2))}px`;
  tip.style.top = `${Math.max(0, box.top - frame.top - tip.offsetHeight - 8)}px`;
}
