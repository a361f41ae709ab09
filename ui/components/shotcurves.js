// Shares of right answers over the number of examples: a named line for each model with its intervals, a perfect reader's, and one question of the reader's.
import { across, drawing, element, left, watch } from "./kit.js";

export const sheet = "shots.css";
const made = new WeakMap();
const LEFT = 40, TOP = 10, BOTTOM = 38, HEIGHT = 300, LETTER = 14, ROOM = 58;        // pixels; ROOM is for the names on the right

export function draw(root, part, { label, language }) {
  let state = made.get(root);
  if (!state) made.set(root, (state = build(root)));
  Object.assign(state, { part, language });
  state.svg.setAttribute("aria-label", label);
  const marks = { interval: "line", perfect: "line dashed", depth: "line layers", yours: "yours" };
  const shown = ["interval", ...(part.ceiling.length ? ["perfect"] : []), ...(part.series.some(({ family }) => family === "depth") ? ["depth"] : []), ...(part.yours.length ? ["yours"] : [])];
  state.legend.replaceChildren(...shown.map((name) => {
    const entry = element("span");
    entry.append(element("span", `mark ${marks[name]}`), part.words[name]);
    return entry;
  }));
  paint(state);
}

function build(root) {
  const svg = drawing("svg", {}), box = element("div", "shotcurves"), state = { root, svg, legend: element("div", "legend"), tip: element("div", "tip"), at: null };
  svg.setAttribute("role", "img");
  svg.setAttribute("tabindex", 0);
  state.tip.setAttribute("role", "status");
  svg.onpointermove = ({ clientX, clientY }) => {
    const box = svg.getBoundingClientRect(), far = ({ x, y }) => (x - clientX + box.left) ** 2 + (y - clientY + box.top) ** 2;
    const near = state.dots?.length ? state.dots.reduce((a, b) => (far(b) < far(a) ? b : a)) : null;
    tell(state, near && far(near) < 900 ? state.dots.indexOf(near) : null);
  };
  left(svg, () => tell(state, null));
  svg.onkeydown = (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: "down", ArrowUp: "up" }[event.key], { dots, at } = state;
    if (!step || !dots.length) return;
    event.preventDefault();
    if (at === null) return tell(state, 0);
    const here = dots[at], beside = dots.filter(({ x }) => Math.abs(x - here.x) < 1).sort((a, b) => a.y - b.y);
    const next = typeof step === "number" ? dots.filter(({ line }) => line === here.line)[dots.filter(({ line }) => line === here.line).indexOf(here) + step] : beside[beside.indexOf(here) + (step === "up" ? -1 : 1)];
    if (next) tell(state, dots.indexOf(next));
  };
  box.append(svg, state.tip);
  root.replaceChildren(box, state.legend);
  watch(root, () => { if (state.part) paint(state); });
  return state;
}

function tell(state, at) {
  state.at = at;
  const { tip, dots, svg } = state, dot = at === null ? null : dots[at];
  tip.hidden = !dot;
  svg.querySelector(".ring")?.toggleAttribute("hidden", !dot);
  if (!dot) return;
  tip.textContent = dot.title;
  tip.style.top = `${Math.max(0, dot.y - 46)}px`;
  tip.style.left = `${Math.max(0, Math.min(dot.x - 90, across(state.root) - 240))}px`;
  const ring = svg.querySelector(".ring");
  ring.setAttribute("cx", dot.x);
  ring.setAttribute("cy", dot.y);
}

function paint(state) {
  const { root, svg, part, language } = state, width = across(root), { words } = part;
  if (!width) return;
  const last = Math.max(8, ...part.series.flatMap(({ points }) => points.map(({ shots }) => shots)), ...part.yours.map(({ shots }) => shots));
  const x = (shots) => LEFT + shots / last * (width - LEFT - ROOM), y = (share) => TOP + (1 - share) * (HEIGHT - TOP - BOTTOM), drawn = [], dots = state.dots = [];
  svg.setAttribute("viewBox", `0 0 ${width} ${HEIGHT}`);
  svg.setAttribute("height", HEIGHT);
  for (const share of [0, 0.25, 0.5, 0.75, 1]) {
    drawn.push(drawing("line", { x1: LEFT, x2: x(last), y1: y(share), y2: y(share), class: "grid" }));
    drawn.push(drawing("text", { x: LEFT - 6, y: y(share) + 4, class: "tick", "text-anchor": "end" }, share.toLocaleString(language, { style: "percent" })));
  }
  for (let n = 0; n <= last; n += last > 10 ? 4 : 2) drawn.push(drawing("text", { x: x(n), y: HEIGHT - BOTTOM + 16, class: "tick", "text-anchor": "middle" }, n));
  drawn.push(drawing("text", { x: (LEFT + x(last)) / 2, y: HEIGHT - 4, class: "tick", "text-anchor": "middle" }, words.x));
  const path = (points, name) => drawing("polyline", { points: points.map(({ shots, share }) => `${x(shots)},${y(share)}`).join(" "), class: name });
  const keep = (line, { shots, share, title }) => dots.push({ line, x: x(shots), y: y(share), title });
  if (part.ceiling.length) {
    drawn.push(path(part.ceiling, "curve perfect"));
    part.ceiling.forEach((point) => keep("ceiling", point));
  }
  const sizes = part.series.filter(({ family }) => family === "ladder"), ends = [];
  part.series.forEach(({ name, family, current, points }) => {
    const depth = family === "depth", rank = sizes.findIndex((one) => one.name === name), strength = depth ? 1 : 0.45 + 0.55 * (rank + 1) / sizes.length, group = drawing("g", { class: `${depth ? "layers" : "size"}${current ? " current" : ""}` });
    group.style.setProperty("--strength", `${100 * strength}%`);
    group.dataset.series = name;
    group.dataset.shots = points.map(({ shots }) => shots).join(" ");
    group.dataset.shares = points.map(({ share }) => share).join(" ");
    group.append(path(points, "curve"));
    for (const point of points) {
      group.append(drawing("line", { x1: x(point.shots), x2: x(point.shots), y1: y(point.low), y2: y(point.high), class: "bar" }));
      group.append(depth ? drawing("rect", { x: x(point.shots) - 3, y: y(point.share) - 3, width: 6, height: 6 }) : drawing("circle", { cx: x(point.shots), cy: y(point.share), r: current ? 4 : 3.2 }));
      keep(name, point);
    }
    drawn.push(group);
    ends.push({ name, current, shots: points.at(-1).shots, y: y(points.at(-1).share) });
  });
  drawn.push(...labels(ends, x));
  if (part.yours.length) {
    const { shots, share } = part.yours[Math.min(part.at, part.yours.length - 1)], group = drawing("g", { class: "yours" }), [cx, cy] = [x(shots), y(share)];
    group.dataset.shots = shots;
    group.dataset.value = share;
    group.append(path(part.yours, "curve"), drawing("path", { d: `M${cx} ${cy - 7}l6 7l-6 7l-6-7z` }));
    part.yours.forEach((point) => keep("yours", point));
    drawn.push(group);
  }
  drawn.push(drawing("circle", { r: 8, class: "ring", hidden: "" }));
  svg.replaceChildren(...drawn);
  tell(state, state.at !== null && state.at < dots.length && document.activeElement === svg ? state.at : null);
}

// Names at the ends of their lines, pushed apart where they would lie on one another.
function labels(ends, x) {
  ends.sort((a, b) => a.y - b.y);
  ends.forEach((end, i) => { end.at = Math.max(end.y, i ? ends[i - 1].at + LETTER : TOP); });
  for (let i = ends.length - 1, floor = HEIGHT - BOTTOM + 4; i >= 0; i--, floor -= LETTER) ends[i].at = Math.min(ends[i].at, floor);
  return ends.map(({ name, current, shots, at }) => drawing("text", { x: x(shots) + 9, y: at + 4, class: `name${current ? " current" : ""}` }, name));
}
