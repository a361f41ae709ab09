// One block as a live diagram: the stream goes straight on, a copy of it through LayerNorm and attention, then through LayerNorm and
// feed-forward, each added back. Lines are as wide as their vectors are long. Its six stages are a radio group.
import { across, along, element, watch } from "./kit.js";

export const sheet = "block.css";
const NS = "http://www.w3.org/2000/svg", NARROW = 840;        // of the figure: below, the boxes are too small for their words
const IN = 0, NORM_1 = 1, ATTENTION = 2, MIDDLE = 3, NORM_2 = 4, FORWARD = 5, OUT = 6;       // the order of part.lengths
const made = new WeakMap();

export function draw(root, part, { send, label }) {
  let state = made.get(root);
  if (!state) made.set(root, (state = build(root)));
  Object.assign(state, { part, send });
  state.svg.setAttribute("aria-label", label);
  state.svg.lengths = part.lengths;                 // for whoever wants the numbers that are drawn
  state.legend.textContent = part.words.legend;
  paint(state);
}

function build(root) {
  const state = { root, svg: document.createElementNS(NS, "svg"), legend: element("div", "legend"), stages: [] };
  state.svg.setAttribute("class", "blockflow");
  state.svg.setAttribute("role", "radiogroup");
  state.svg.onkeydown = (event) => {
    const step = along(event), n = state.stages.length;
    const at = state.stages.indexOf(document.activeElement);
    if (at >= 0 && (event.key === "Enter" || event.key === " ")) { event.preventDefault(); return choose(state, at); }
    if (!step || at < 0) return;
    event.preventDefault();
    state.stages[(at + step + n) % n].focus();
    choose(state, (at + step + n) % n);
  };
  root.replaceChildren(state.svg, state.legend);
  watch(root, () => { if (state.part) paint(state); });
  return state;
}

function choose(state, at) {
  state.stages.forEach((stage, i) => mark(stage, i === at));
  state.send({ [state.part.knob]: state.part.stages[at].id });
}

const mark = (stage, chosen) => { stage.setAttribute("aria-checked", chosen); stage.setAttribute("tabindex", chosen ? 0 : -1); };

// Where everything stands: boxes as [x, y, width, height], sums as [x, y], the stream from one end to the other.
function wide(W) {
  const side = 104, inner = W - 2 * side, x = (share) => side + inner * share, y = 150, top = 22, h = 58, w = Math.min(168, inner * 0.19), box = (share) => [x(share) - w / 2, top, w, h];
  const boxes = [box(0.11), box(0.34), null, box(0.64), box(0.87), null], sums = [x(0.475), x(1.0)], line = (...points) => `M${points.map(([a, b]) => `${a} ${b}`).join("L")}`;
  const half = (norm, part, sum) => [line([x(norm), y], [x(norm), top + h]), line([x(norm) + w / 2, top + h / 2], [x(part) - w / 2, top + h / 2]),
    line([x(part) + w / 2, top + h / 2], [sum, top + h / 2], [sum, y - 12])];
  return { height: 196, boxes, sums: sums.map((s) => [s, y]), halves: [half(0.11, 0.34, sums[0]), half(0.64, 0.87, sums[1])],
    stream: [[0, sums[0] - 12], [sums[0] + 12, sums[1] - 12], [sums[1] + 12, W]].map(([a, b]) => line([a, y], [b, y])),
    cuts: [[(x(0.11) + sums[0]) / 2, y], [(x(0.64) + sums[1]) / 2, y]],
    labels: [[2, y + 28, "start"], [(sums[0] + x(0.64)) / 2, y + 28, "middle"], [W - 2, y + 28, "end"]] };
}

function narrow(W) {
  const x = 26, left = 64, w = Math.min(W - left - 6, 420), h = 50, mid = left + w / 2, line = (...points) => `M${points.map(([a, b]) => `${a} ${b}`).join("L")}`;
  const norms = [46, 268], parts = [120, 342], sums = [200, 422], box = (y) => [left, y, w, h];
  const half = (norm, part, sum) => [line([x, norm + h / 2], [left, norm + h / 2]), line([mid, norm + h], [mid, part]), line([mid, part + h], [mid, sum], [x + 12, sum])];
  return { height: 476, boxes: [box(norms[0]), box(parts[0]), null, box(norms[1]), box(parts[1]), null], sums: sums.map((y) => [x, y]),
    halves: [0, 1].map((i) => half(norms[i], parts[i], sums[i])),
    stream: [[0, sums[0] - 12], [sums[0] + 12, sums[1] - 12], [sums[1] + 12, 476]].map(([a, b]) => line([x, a], [x, b])),
    cuts: [[x, 150], [x, 372]], labels: [[left, 22, "start"], [left, 240, "start"], [left, 460, "start"]] };
}

function paint(state) {
  const { root, part } = state, W = across(root);
  if (!W) return;
  const at = W < NARROW ? narrow(W) : wide(W), most = Math.max(...part.lengths), thick = (i) => 1.5 + 11 * part.lengths[i] / (most || 1);
  if (state.laid !== W) { state.laid = W; lay(state, at, W); }
  const { lines, texts, crosses, stages } = state;
  [IN, MIDDLE, OUT].forEach((i, n) => stroke(lines.stream[n], thick(i), part.cut && n < 2));
  [[IN, NORM_1, ATTENTION], [MIDDLE, NORM_2, FORWARD]].forEach(([into, norm, out], n) => {
    stroke(lines.halves[n][0], Math.min(3, thick(into)));
    stroke(lines.halves[n][1], Math.min(3, thick(norm)));
    stroke(lines.halves[n][2], thick(out), part.lengths[out] === 0);
  });
  crosses.forEach((cross) => cross.setAttribute("visibility", part.cut ? "visible" : "hidden"));
  texts.forEach((text, i) => { text.children[0].textContent = part.ends[i].name; text.children[1].textContent = ` ${part.ends[i].text}`; });
  part.stages.forEach(({ id, name, note, off, title }, i) => {
    const stage = stages[i];
    stage.dataset.stage = id;
    stage.classList.toggle("off", Boolean(off));
    stage.setAttribute("aria-label", title);
    stage.querySelector("title").textContent = title;
    const [first, second] = stage.querySelectorAll("text");
    first.textContent = name;
    if (second) second.textContent = note;
    mark(stage, id === part.selected);
  });
}

function stroke(line, width, broken = false) {
  line.style.strokeWidth = `${broken ? 1.5 : width}px`;
  line.classList.toggle("broken", broken);
}

function node(parent, name, attributes) {
  const made = parent.appendChild(document.createElementNS(NS, name));
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

// Every element anew, for a width of W.
function lay(state, at, W) {
  const { svg } = state, old = state.stages.indexOf(document.activeElement);
  svg.replaceChildren();
  svg.setAttribute("viewBox", `0 0 ${W} ${at.height}`);
  svg.style.height = `${at.height}px`;
  const tips = node(svg, "defs", {}), tip = node(tips, "marker", { id: "blockflow-tip", viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 8, markerHeight: 8, markerUnits: "userSpaceOnUse", orient: "auto" });
  node(tip, "path", { d: "M0 0L8 4L0 8z", class: "tip-of-line" });
  state.lines = {
    stream: at.stream.map((d) => node(svg, "path", { d, class: "stream" })),
    halves: at.halves.map((three, n) => three.map((d, i) => node(svg, "path", { d, class: i < 2 ? "copy" : n ? "forward" : "attention", ...(i < 2 && { "marker-end": "url(#blockflow-tip)" }) }))),
  };
  state.crosses = at.cuts.map(([x, y]) => node(svg, "path", { d: `M${x - 7} ${y - 7}l14 14m0 -14l-14 14`, class: "cross" }));
  state.texts = at.labels.map(([x, y, anchor]) => {
    const text = node(svg, "text", { x, y, "text-anchor": anchor, class: "end" });
    node(text, "tspan", {});
    node(text, "tspan", { class: "length" });
    return text;
  });
  let sum = 0;
  state.stages = at.boxes.map((box, i) => {
    const stage = node(svg, "g", { role: "radio", class: box ? "box" : "sum" });
    node(stage, "title", {});
    if (box) {
      const [x, y, w, h] = box;
      node(stage, "rect", { x, y, width: w, height: h, rx: 9 });
      node(stage, "text", { x: x + w / 2, y: y + h / 2 - 6, "text-anchor": "middle", class: "name" });
      node(stage, "text", { x: x + w / 2, y: y + h / 2 + 15, "text-anchor": "middle", class: "note" });
    } else {
      const [x, y] = at.sums[sum++];
      node(stage, "circle", { cx: x, cy: y, r: 14 });
      node(stage, "text", { x, y: y + 6, "text-anchor": "middle", class: "name" });
    }
    stage.onclick = () => choose(state, i);
    return stage;
  });
  if (old >= 0) state.stages[old].focus();
}
