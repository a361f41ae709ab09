// The map of the vocabulary: which view, a search, the points, the reader's tokens. Points are fetched once, then only ids come.
import { along, element, write } from "./kit.js";
import { home, zoomAt } from "./camera.js";
import { fetchOnce, known } from "./points.js";
import { point, scatter, show } from "./scatter.js";
import { search } from "./search.js";

const VIEWS = ["pca2", "pca3", "tsne"];
const made = new WeakMap();

export function draw(root, part, { dark, send, label }) {
  let state = made.get(root);
  if (!state) made.set(root, (state = build(root, part)));
  Object.assign(state, { part, dark, send });
  state.canvas.setAttribute("aria-label", `${label} ${part.words.keys}`);
  words(state);
  chips(state);
  views(state);
  state.points = known(part.source);
  state.failed = false;
  refresh(state);
  if (!state.points) fetchOnce(part.source).then((points) => {
    if (state.part.source !== part.source) return;                       // other weights came meanwhile
    Object.assign(state, { points, failed: !points });
    refresh(state);
  });
}

function build(root, part) {
  const bar = element("div", "mapbar"), views = element("div", "segments"), holder = element("div", "map"), typed = element("div", "typed");
  const legend = element("div", "legend"), message = element("p", "empty"), buttons = element("div", "mapbuttons");
  const state = { root, holder, typed, legend, message, views: [], keys: [], zooms: [] };
  views.setAttribute("role", "radiogroup");
  state.viewBar = views;
  VIEWS.forEach((view, i) => {
    const button = element("button");
    button.type = "button"; button.dataset.view = view;
    button.setAttribute("role", "radio");
    button.onclick = () => chooseView(state, view);
    button.onkeydown = (event) => {
      const step = along(event);
      if (!step) return;
      event.preventDefault();
      const next = (i + step + VIEWS.length) % VIEWS.length;
      state.views[next].focus();
      chooseView(state, VIEWS[next]);
    };
    views.append(button);
    state.views.push(button);
  });
  state.search = search({ choose: (id) => choose(state, String(id)), found: (ids) => { state.found = ids; refresh(state); }, name: (id) => name(state, id), words: part.words });
  bar.append(views, state.search.box);
  state.plot = scatter(holder, {
    choose: (id) => choose(state, String(id)), name: (id) => name(state, id), settled: () => report(state),
    describe: (tip, id) => { write(tip, `**${name(state, id).replaceAll("**", "∗∗")}** ${state.part.words.id} ${id}`); tip.dataset.id = id; },
  });
  state.canvas = state.plot.canvas;
  state.canvas.tabIndex = 0;
  state.canvas.setAttribute("role", "img");
  state.canvas.onfocus = () => { if (state.canvas.matches(":focus-visible")) point(state.plot, state.part.chosen); };
  state.canvas.onblur = () => point(state.plot, -1);
  [["+", (s) => zoomAt(s, 1.4)], ["−", (s) => zoomAt(s, 1 / 1.4)], ["⤢", (s) => { s.camera = home(s.scene.dims); }]].forEach(([sign, act]) => {
    const button = element("button");
    button.type = "button"; button.textContent = sign;
    button.onclick = () => { act(state.plot); state.plot.moved(); };
    buttons.append(button);
    state.zooms.push(button);
  });
  holder.append(buttons, message);
  for (const kind of ["starts", "within", "faint", "yours", "chosen", "near"]) {
    const entry = element("span"), key = element("i", `dot ${kind}`), text = element("span");
    entry.append(key, text);
    legend.append(entry);
    state.keys.push([kind, text]);
  }
  typed.setAttribute("role", "group");
  root.replaceChildren(bar, holder, legend, typed);
  root.closest(".vt").addEventListener("vt-point", (event) => point(state.plot, event.detail));
  return state;
}

function words({ part, viewBar, views, zooms, keys, typed, search }) {
  const w = part.words;
  viewBar.setAttribute("aria-label", w.view);
  views.forEach((button) => { button.textContent = w[button.dataset.view]; });
  [w.closer, w.farther, w.whole].forEach((text, i) => { zooms[i].title = text; zooms[i].setAttribute("aria-label", text); });
  keys.forEach(([kind, text]) => { text.textContent = w[kind]; });
  typed.setAttribute("aria-label", w.typed);
  search.say(w);
}

function views({ part, views }) {
  for (const button of views) {
    const on = button.dataset.view === part.view;
    button.setAttribute("aria-checked", on);
    button.tabIndex = on ? 0 : -1;
  }
}

// The reader's tokens as buttons, and one that goes back to following what is typed.
function chips(state) {
  const { typed, part } = state, count = part.typed.length;
  while (typed.childElementCount < count + 1) typed.append(element("button"));
  while (typed.childElementCount > count + 1) typed.lastChild.remove();
  part.typed.forEach(({ id, text }, i) => {
    const chip = typed.children[i];
    chip.className = `chip ${i % 2 ? "odd" : ""}`;
    chip.type = "button"; chip.hidden = false; chip.disabled = false;
    chip.textContent = text;
    chip.dataset.id = id;
    chip.title = `${part.words.id} ${id}`;
    chip.setAttribute("aria-pressed", id === part.chosen);
    chip.onclick = () => choose(state, i === count - 1 ? "" : String(id));
    chip.onmouseenter = chip.onfocus = () => point(state.plot, id);
    chip.onmouseleave = chip.onblur = () => point(state.plot, -1);
  });
  const last = typed.lastChild;
  last.className = "follow"; last.type = "button";
  delete last.dataset.id; last.removeAttribute("aria-pressed"); last.removeAttribute("title");
  last.textContent = part.pinned || count ? part.words.follow : part.words.nothing;
  last.hidden = !part.pinned && count > 0;
  last.disabled = !part.pinned;
  last.onmouseenter = last.onfocus = last.onmouseleave = last.onblur = null;
  last.onclick = () => choose(state, "");
}

function name(state, id) {
  return state.labels?.get(id) ?? (state.part.names[id] && !state.points.texts[id] ? state.part.names[id] : state.points.texts[id] || `#${id}`);
}

// Draw the points as they now are; synchronous, and all there is to do at a keystroke.
function refresh(state) {
  const { part, points, holder, message, plot } = state, scene = points?.[part.view];
  state.labels = new Map(part.typed.map(({ id, text }) => [id, text]));
  holder.dataset.view = part.view;
  holder.dataset.variance = part.kept[part.view].length ? part.kept[part.view].reduce((sum, share) => sum + share, 0) : "";
  holder.dataset.highlight = JSON.stringify(part.typed.map(({ id }) => id));
  holder.dataset.chosen = part.chosen;
  holder.dataset.ready = Boolean(scene);
  const missing = part.view === "tsne" && part.missing;
  message.hidden = Boolean(scene) && !missing;
  write(message, missing || (state.failed ? part.words.failed : part.words.loading));
  holder.classList.toggle("none", !scene || Boolean(missing));
  if (!scene || missing) { delete holder.dataset.coords; return; }
  if (state.search.over(points.texts)) state.found = undefined;
  show(plot, { ...scene, key: `${part.source} ${part.view}`, classes: points.classes, order: points.order, typed: part.typed.map(({ id }) => id), near: part.near,
    chosen: part.chosen, found: state.found, axes: part.axes[part.view], dark: state.dark });
  report(state);
}

// Where the highlighted tokens are in the map's own space, and where on the canvas they were drawn.
function report({ holder, plot, part, points }) {
  const { coords, dims } = points[part.view];
  holder.dataset.coords = JSON.stringify([...new Set([...part.typed.map(({ id }) => id), part.chosen])].map((id) => (
    { id, at: Array.from(coords.subarray(id * dims, id * dims + dims)), x: plot.x[id], y: plot.y[id] })));
}

function chooseView(state, view) {
  state.part.view = view;
  views(state);
  refresh(state);
  state.send({ "embeddings.view": view, "embeddings.token": state.part.pinned ? String(state.part.chosen) : "" });
}

function choose(state, token) {
  state.search.close();
  state.send({ "embeddings.view": state.part.view, "embeddings.token": token });
}
