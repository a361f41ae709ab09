// A small network: each neuron with what it makes of the plane, each weight a line as wide as it is large, dashed where it is negative. Point at
// one, or reach it with the arrow keys, and it is read out; a click or Enter makes it one of the two that the surface is over.
import { raster } from "./contour.js";
import { across, along, bytes, colour, element, floats, left, watch, write } from "./kit.js";
import { diverging } from "./signed.js";

export const sheet = "network.css";
const NS = "http://www.w3.org/2000/svg", HEIGHT = 410, EDGE = 34, WIDEST = 7;
const made = new WeakMap();

export function draw(root, part, { dark, language, label, send }) {
  let state = made.get(root);
  if (!state) made.set(root, (state = build(root)));
  if (state.dark !== dark || !state.table) Object.assign(state, { dark, table: diverging(root) });
  const number = (digits) => { const style = new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits }); return (x) => style.format(x + 0).replace("-", "−"); };
  const shape = part.sizes.join();
  Object.assign(state, { part, send, theta: floats(part.theta), slopes: floats(part.slopes), say: number(3), fine: number(5) });
  if (state.shape !== shape) { Object.assign(state, { shape, parameters: parameters(part.sizes), at: -1, width: 0 }); nodes(state); }
  state.box.setAttribute("aria-label", `${label} ${part.words.keys}`);
  Object.assign(state.box, { theta: state.theta, slopes: state.slopes });       // for whoever wants the numbers that are drawn
  state.box.dataset.axes = part.axes.join(".");
  legend(state);
  lay(state);
  thumbnails(state);
  paint(state);
}

// Every parameter in its order: a weight from one neuron to another, or a bias; as [layer, neuron] of both ends.
function parameters(sizes) {
  const all = [];
  for (let layer = 1; layer < sizes.length; layer++) {
    for (let i = 0; i < sizes[layer - 1]; i++) for (let j = 0; j < sizes[layer]; j++) all.push({ from: [layer - 1, i], to: [layer, j] });
    for (let j = 0; j < sizes[layer]; j++) all.push({ to: [layer, j] });
  }
  return all;
}

function build(root) {
  const state = { root, box: element("div", "wires"), svg: document.createElementNS(NS, "svg"), readout: element("p", "readout"), legend: element("div", "legend"), at: -1 }, { box, svg } = state;
  box.tabIndex = 0;
  box.setAttribute("role", "img");
  state.readout.setAttribute("role", "status");
  const under = ({ target }) => Number(target.closest("[data-parameter]")?.dataset.parameter ?? -1);
  box.onpointermove = (event) => point(state, under(event));
  left(box, () => point(state, -1));
  box.onclick = (event) => { if (under(event) >= 0) choose(state, under(event)); };
  box.onkeydown = (event) => {
    const step = along(event), n = state.parameters.length;
    if (event.key === "Enter" && state.at >= 0) choose(state, state.at);
    else if (step) point(state, state.at < 0 ? state.part.axes[0] : (state.at + step + n) % n);
    else return;
    event.preventDefault();
  };
  box.append(svg);
  root.replaceChildren(box, state.readout, state.legend);
  watch(root, () => { if (state.part) { lay(state); paint(state); } });
  return state;
}

// A picture for each neuron, a letter for each input; each hears the pointer for its bias.
function nodes(state) {
  const { box, svg, part: { sizes }, parameters } = state;
  box.replaceChildren(svg);
  svg.replaceChildren();
  state.nodes = sizes.map((count, layer) => Array.from({ length: count }, (_, i) => {
    const node = box.appendChild(element("span", layer ? "node" : "node input"));
    if (!layer) { node.textContent = `x${"₁₂"[i]}`; return node; }
    node.append(element("canvas"));
    node.dataset.parameter = parameters.findIndex(({ from, to }) => !from && to[0] === layer && to[1] === i);
    return node;
  }));
  state.lines = parameters.map(({ from }, p) => from && ["wire", "reach"].map((name) => {
    const line = svg.appendChild(document.createElementNS(NS, "line"));
    line.setAttribute("class", name);
    if (name === "reach") line.dataset.parameter = p;
    return line;
  }));
  state.badges = ["↔", "↕"].map((sign) => { const badge = element("span", "badge"); badge.textContent = sign; box.append(badge); return badge; });
}

// Where everything stands; again only when the width changes.
function lay(state) {
  const { root, svg, box, part: { sizes }, parameters } = state, width = across(root);
  if (!width || width === state.width) return;
  state.width = width;
  box.style.height = `${HEIGHT}px`;
  svg.setAttribute("width", width);                 // not as wide as there is room: a saved card may have more
  svg.setAttribute("height", HEIGHT);
  const most = Math.max(...sizes), size = Math.min(58, HEIGHT / most - 6, width / (sizes.length * 1.6));
  state.places = sizes.map((count, layer) => Array.from({ length: count }, (_, i) => [EDGE + layer / (sizes.length - 1) * (width - 2 * EDGE), HEIGHT / 2 + (i - (count - 1) / 2) * Math.min(HEIGHT / count, 86)]));
  state.nodes.flat().forEach((node, i) => {
    const [x, y] = state.places.flat()[i];
    Object.assign(node.style, { left: `${x - size / 2}px`, top: `${y - size / 2}px`, width: `${size}px`, height: `${size}px` });
  });
  parameters.forEach(({ from, to }, p) => {
    if (!from) return;
    const [[x1, y1], [x2, y2]] = [state.places[from[0]][from[1]], state.places[to[0]][to[1]]];
    for (const line of state.lines[p]) for (const [name, value] of Object.entries({ x1: x1 + size / 2, y1, x2: x2 - size / 2, y2 })) line.setAttribute(name, value);
  });
}

function thumbnails({ part, nodes, table }) {
  const n = part.cells;
  part.shades.forEach((packed, layer) => {
    const shades = new Int8Array(bytes(packed).buffer);
    nodes[layer + 1].forEach(({ firstChild: canvas }, i) => {
      if (canvas.width !== n) canvas.width = canvas.height = n;
      canvas.getContext("2d").drawImage(raster(shades.subarray(i * n * n, (i + 1) * n * n), n, n, (shade) => table[shade + 127]), 0, 0);
    });
  });
}

function point(state, at) {
  if (at === state.at) return;
  state.at = at;
  paint(state);
}

function choose({ part, send }, p) {
  if (!part.axes.includes(p)) send({ "network.axes": `${part.axes[1]}.${p}`, "network.surface": "weights" });
}

function paint(state) {
  const { part, theta, parameters, lines, nodes, badges, places, at } = state;
  if (!places) return;
  const most = parameters.reduce((top, { from }, p) => (from ? Math.max(top, Math.abs(theta[p])) : top), 1e-9);
  state.most = most;
  parameters.forEach(({ from, to }, p) => {
    const chosen = part.axes.includes(p);
    if (!from) { nodes[to[0]][to[1]].classList.toggle("chosen", chosen || p === at); return; }
    const [line] = lines[p], share = Math.abs(theta[p]) / most;
    line.setAttribute("class", `wire${theta[p] < 0 ? " down" : ""}${p === at ? " at" : ""}${chosen ? " chosen" : ""}`);
    line.setAttribute("stroke-width", (0.4 + share * WIDEST).toFixed(2));
    line.dataset.value = theta[p];
  });
  badges.forEach((badge, i) => {
    const { from, to } = parameters[part.axes[i]] ?? {};
    badge.hidden = !to;
    if (!to) return;
    const [x2, y2] = places[to[0]][to[1]], [x1, y1] = from ? places[from[0]][from[1]] : [x2, y2 - 24], share = from ? 0.5 : 0;
    Object.assign(badge.style, { left: `${x1 + (x2 - x1) * share}px`, top: `${y1 + (y2 - y1) * share}px` });
  });
  tell(state);
}

function tell(state) {
  const { part: { words, axes, rate }, parameters, theta, slopes, say, fine, at, readout, most } = state, p = at < 0 ? axes[0] : at, { from, to } = parameters[p];
  const name = ([layer, i]) => (layer === 0 ? `x${"₁₂"[i]}` : layer === state.part.sizes.length - 1 ? words.output : words.neuron.replace("{neuron}", `${layer}.${i + 1}`));
  const said = { from: from && name(from), to: name(to), value: say(theta[p]), slope: fine(slopes[p]), move: fine(-rate * slopes[p]) };
  readout.dataset.parameter = p;
  write(readout, words[from ? "weight" : "bias"].replace(/\{(\w+)\}/g, (_, key) => said[key]));
  state.scale.textContent = words.widest.replace("{value}", say(most));
}

function legend(state) {
  const { legend, part: { words } } = state, said = JSON.stringify(words);
  if (legend.dataset.said === said) return;
  legend.dataset.said = said;
  const entry = (key, text) => { const span = element("span"); span.append(key, text); return span; };
  state.scale = element("span");
  legend.replaceChildren(entry(element("span", "stroke plus"), words.plus), entry(element("span", "stroke minus"), words.minus), state.scale, entry(element("span", "scale signed"), words.field));
}
