// Models as points on tracks whose every step is ten times the last; the shape that is being set moves along.
import { across, element, watch } from "./kit.js";
import { hear, plainly, worked, writing } from "./laws.js";

export const sheet = "scale.css";
const NS = "http://www.w3.org/2000/svg", ROW = 19, TOP = 8, AXIS = 26;
const made = new WeakMap();

export function draw(root, part, { language }) {
  let state = made.get(root);
  if (!state) made.set(root, (state = build(root)));
  Object.assign(state, { part, language, write: writing(language), set: plainly(part.values) });
  show(state);
}

function build(root) {
  const holder = element("div", "orders"), state = { root, holder, tracks: [] };
  root.replaceChildren(holder);
  watch(root, () => { if (state.part) show(state); });
  hear(root, (set) => { Object.assign(state.set, set); show(state); });
  return state;
}

const svg = (tag, name) => { const made = document.createElementNS(NS, tag); if (name) made.setAttribute("class", name); return made; };
const place = (node, values) => { for (const [name, value] of Object.entries(values)) node.setAttribute(name, value); return node; };

function show(state) {
  const { part, holder, root } = state, width = across(root), found = worked(part.laws, state.set);
  const yours = { parameters: found.total, tokens: state.set.tokens, training: found.train.training };
  while (state.tracks.length < part.tracks.length) {
    const box = holder.appendChild(element("div", "decades")), title = box.appendChild(element("h4")), picture = box.appendChild(svg("svg"));
    picture.setAttribute("role", "group");
    state.tracks.push({ box, title, picture });
  }
  part.tracks.forEach((track, i) => {
    const { title, picture } = state.tracks[i], value = yours[track.id], as = track.id === "training" ? state.write.scientific : state.write.whole;
    title.textContent = track.title;
    const mine = { id: "yours", kind: "yours", name: part.words.yours, value, title: `${part.words.yours}: ${as(value)}` };
    line(picture, track, [...track.points, mine], width);
    picture.setAttribute("aria-label", track.title);
  });
}

// One track: decades as ticks, points on the axis, names above it in as many rows as they need.
function line(picture, { least, most, ticks }, points, width) {
  const left = 14, right = width - 14, at = (value) => left + (right - left) * Math.min(1, Math.max(0, (Math.log10(value) - least) / (most - least)));
  const sorted = points.toSorted((a, b) => a.value - b.value), ends = [];
  for (const point of sorted) {                         // the lowest row in which the name has room
    const half = 3.4 * point.name.length + 5, x = at(point.value), middle = Math.min(width - half, Math.max(half, x));
    let row = 0;
    while ((ends[row] ?? -Infinity) > middle - half) row += 1;
    ends[row] = middle + half;
    Object.assign(point, { x, middle, row });
  }
  const rows = ends.length, base = TOP + ROW * rows + 12, nodes = [];
  place(picture, { width, height: base + AXIS, viewBox: `0 0 ${width} ${base + AXIS}` });
  nodes.push(place(svg("line", "axis"), { x1: left, x2: right, y1: base, y2: base }));
  const every = Math.ceil(38 / ((right - left) / (most - least)));
  ticks.forEach((text, i) => {
    const x = left + (right - left) * i / (most - least), show = i % every === 0;
    nodes.push(place(svg("line", "tick"), { x1: x, x2: x, y1: base - 3, y2: base + (show ? 5 : 3) }));
    if (show) nodes.push(Object.assign(place(svg("text", "decade"), { x, y: base + 19 }), { textContent: text }));
  });
  for (const { id, kind, name, value, title, x, middle, row } of sorted) {
    const y = TOP + ROW * (rows - row) - 6, group = svg("g", `point ${kind}`);
    place(group, { tabindex: 0, role: "img", "aria-label": title });
    Object.assign(group.dataset, { id, value });
    group.append(place(svg("path", "lead"), { d: `M${middle} ${y + 4} L${x} ${base - 6}` }),
      kind === "theirs" ? place(svg("path", "box"), { d: `M${x - 5} ${base - 5} h10 v10 h-10 z` }) : kind === "yours"
        ? place(svg("path", "mark"), { d: `M${x} ${base - 7} l7 7 l-7 7 l-7 -7 z` }) : place(svg("circle"), { cx: x, cy: base, r: 5 }),
      Object.assign(place(svg("text", "name"), { x: middle, y }), { textContent: name }), Object.assign(svg("title"), { textContent: title }));
    nodes.push(group);
  }
  const focused = picture.contains(document.activeElement) ? document.activeElement.dataset.id : null;
  picture.replaceChildren(...nodes);
  if (focused) [...picture.querySelectorAll(".point")].find((node) => node.dataset.id === focused)?.focus();
}
