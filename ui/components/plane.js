// Points on two named axes over a cloud of others: words along axes, a sum of words, a token's path. Moved, zoomed and pointed at as the map is.
import { element, floats, write } from "./kit.js";
import { frame, home, zoomAt } from "./camera.js";
import { fetchOnce, known } from "./points.js";
import { point, scatter, show } from "./scatter.js";

export const sheet = "words.css";
const made = new WeakMap();

export function draw(root, part, { dark, send, label }) {
  let state = made.get(root);
  if (!state) made.set(root, (state = build(root)));
  Object.assign(state, { part, dark, send });
  state.canvas.setAttribute("aria-label", `${label} ${part.words.keys}`);
  [part.words.closer, part.words.farther, part.words.whole].forEach((text, i) => { state.zooms[i].title = text; state.zooms[i].setAttribute("aria-label", text); });
  legend(state);
  chips(state);
  state.points = known(part.source);
  state.failed = false;
  refresh(state);
  if (!state.points) fetchOnce(part.source).then((points) => {
    if (state.part.source !== part.source) return;
    Object.assign(state, { points, failed: !points });
    refresh(state);
  });
}

function build(root) {
  const holder = element("div", "map plane"), message = element("p", "empty"), buttons = element("div", "mapbuttons"), keys = element("div", "legend"), typed = element("div", "typed");
  const state = { root, holder, message, keys, typed, zooms: [] };
  state.plot = scatter(holder, {
    choose: (i) => choose(state, i), name: (i) => name(state, i), settled: () => report(state),
    describe: (tip, i) => { write(tip, said(state, i)); tip.dataset.said = tip.textContent; },
  });
  state.canvas = state.plot.canvas;
  state.canvas.tabIndex = 0;
  state.canvas.setAttribute("role", "img");
  state.canvas.onfocus = () => { if (state.canvas.matches(":focus-visible")) point(state.plot, state.scene?.chosen ?? -1); };
  state.canvas.onblur = () => point(state.plot, -1);
  [["+", (s) => zoomAt(s, 1.4)], ["−", (s) => zoomAt(s, 1 / 1.4)], ["⤢", (s) => { s.camera = home(2); }]].forEach(([sign, act]) => {
    const button = element("button");
    Object.assign(button, { type: "button", textContent: sign, onclick: () => { act(state.plot); state.plot.moved(); } });
    buttons.append(button);
    state.zooms.push(button);
  });
  holder.append(buttons, message);
  typed.setAttribute("role", "list");
  root.replaceChildren(holder, keys, typed);
  return state;
}

function legend({ part, keys }) {
  const wanted = JSON.stringify(part.legend);
  if (keys.dataset.said === wanted) return;
  keys.dataset.said = wanted;
  keys.replaceChildren(...Object.entries(part.legend).map(([role, text]) => {
    const entry = element("span");
    entry.append(element("i", `dot ${role}`), text);
    return entry;
  }));
}

// The reader's tokens as buttons; pointing at one shows it on the plane.
function chips(state) {
  const { typed, part } = state;
  typed.hidden = !part.chips.length;
  while (typed.childElementCount < part.chips.length) typed.append(element("button"));
  while (typed.childElementCount > part.chips.length) typed.lastChild.remove();
  part.chips.forEach(({ text, pressed, knobs }, i) => {
    const chip = typed.children[i];
    chip.className = `chip ${i % 2 ? "odd" : ""}`;
    chip.type = "button";
    chip.textContent = text;
    chip.setAttribute("aria-pressed", pressed);
    chip.onclick = () => state.send(knobs);
  });
}

// Draw the cloud and the points as they now are; in the array of places the cloud comes first, then the points, then the path.
function refresh(state) {
  const { part, points, holder, message, plot, dark } = state, ready = Boolean(points) && !part.missing;
  message.hidden = ready;
  write(message, part.missing || (state.failed ? part.words.failed : part.words.loading));
  holder.classList.toggle("none", !ready);
  holder.dataset.ready = ready;
  if (!ready) { delete holder.dataset.points; state.scene = undefined; return; }
  const held = part.layer === null ? null : points.contexts, back = part.cloud ? cloud(state) : held ? held.layers[part.layer] : new Float32Array(0);
  const n = back.length / 2, own = part.points.length, all = new Float32Array((n + own + (part.path?.length ?? 0)) * 2);
  all.set(back);
  part.points.forEach(({ x, y }, i) => all.set([x, y], (n + i) * 2));
  part.path?.forEach((place, i) => all.set(place, (n + own + i) * 2));
  const fit = held?.fit ?? frame(all, 2), stretched = part.layer === null && n > 0;
  const roles = (wanted) => part.points.flatMap(({ role }, i) => role === wanted ? [n + i] : []);
  const coords = stretched ? all.map((v, i) => v / fit.sides[i % 2]) : all;
  state.scene = { n, all, chosen: roles("chosen")[0] };
  show(plot, {
    key: `${part.source ?? ""} ${part.id} ${part.look}`, glide: part.layer, coords, dims: 2, dark, axes: part.axes, cross: stretched, loose: true, order: named(state, n),
    fit: stretched ? { middle: fit.middle.map((m, i) => m / fit.sides[i]), sides: [1.04, 1.06], radius: 1 } : { ...fit, sides: fit.sides.map((side) => side * (held ? 1.12 : 1.4)) },
    classes: new Uint8Array(coords.length / 2), typed: roles("typed"), near: roles("near"), chosen: state.scene.chosen,
    edges: part.edges.map((pair) => pair.map((i) => n + i)), path: part.path?.map((_, i) => n + own + i),
  });
  report(state);
}

// The cloud that was sent, unpacked once for all keys that leave it as it is.
function cloud(state) {
  if (state.packed !== state.part.cloud.f32) Object.assign(state, { packed: state.part.cloud.f32, unpacked: floats(state.part.cloud) });
  return state.unpacked;
}

// The points of the cloud that may be named: of the vocabulary, words of three letters and more, the frequent ones first.
function named({ part, points }, n) {
  const all = Array.from({ length: n }, (_, i) => i);
  return part.cloud ? all.filter((i) => points.texts[points.starts[i]].length > 3) : all;
}

// What stands at a place: [the number in its own list, its list].
function at({ scene, part }, i) {
  if (i < scene.n) return [i, "cloud"];
  return i < scene.n + part.points.length ? [i - scene.n, "points"] : [i - scene.n - part.points.length, "path"];
}

function name(state, i) {
  const [k, list] = at(state, i), { part, points } = state;
  if (list === "points") return part.points[k].name;
  return list === "path" ? "" : part.cloud ? points.texts[points.starts[k]] : points.contexts.around[k][1];
}

function said(state, i) {
  const [k, list] = at(state, i), { part, points } = state, harmless = (text) => text.replaceAll("**", "∗∗");
  if (list === "points") return part.points[k].said;
  if (list === "path") return part.corners.replace("{layer}", k);
  if (part.cloud) return `**${harmless(name(state, i))}** ${part.words.id} ${points.starts[k]}`;
  const [before, token] = points.contexts.around[k].map(harmless);
  return `${before}**${token}**`;
}

function choose(state, i) {
  const [k, list] = at(state, i), { part, points } = state;
  if (list === "points" && part.points[k].knobs) state.send(part.points[k].knobs);
  else if (list === "path") state.send({ "embeddings.layer": k });
  else if (list === "cloud" && part.cloud) state.send({ "embeddings.token": String(points.starts[k]) });
}

// What is drawn, for whoever wants the numbers: the points in their own units and on the canvas, the path, how many make up the cloud.
function report({ holder, plot, part, scene }) {
  if (!scene) return;
  const { n, all } = scene, own = part.points.length;
  holder.dataset.points = JSON.stringify(part.points.map(({ name, role }, i) => (
    { name, role, at: [all[(n + i) * 2], all[(n + i) * 2 + 1]], x: plot.x[n + i], y: plot.y[n + i] })));
  holder.dataset.path = JSON.stringify(Array.from({ length: part.path?.length ?? 0 }, (_, i) => [all[(n + own + i) * 2], all[(n + own + i) * 2 + 1]]));
  holder.dataset.layer = part.layer ?? "";
  holder.dataset.cloud = n;
  plot.canvas.cloud = all.subarray(0, n * 2);
}
