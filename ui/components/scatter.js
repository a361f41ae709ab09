// Thousands of labelled points on one canvas, painted fast enough to be moved: no library, no WebGL.
import { colour, element } from "./kit.js";
import { home, lens, listen, project } from "./camera.js";
import { press, sheet, stamp, wipe } from "./stamps.js";

const cameras = new Map();                          // of each scene by its key: one that is shown again is seen as it was left
const LEVELS = 6, KINDS = 3, RADIUS = [2.2, 1.8, 1.5], STRENGTH = [0.7, 0.42, 0.28], MORPH = 450;

// A canvas in `holder`. `on.choose(id)` hears of a click on a point; `on.name(id)` gives a point's label.
export function scatter(holder, on) {
  const canvas = element("canvas"), tip = element("div", "tip");
  tip.hidden = true;
  holder.append(canvas, tip);
  const s = { canvas, tip, on, brush: canvas.getContext("2d"), camera: home(2), width: 0, height: 0, hover: -1, sparse: [], widths: new Map() };
  s.moved = () => { s.moving = true; soon(s); clearTimeout(s.rest); s.rest = setTimeout(() => { s.moving = false; paint(s); s.on.settled(); }, 120); };
  s.hovered = (x, y) => point(s, x === null ? -1 : nearest(s, x, y, 10));
  s.clicked = (x, y) => { const id = nearest(s, x, y, 14); if (id >= 0) s.on.choose(id); };
  listen(s);
  new ResizeObserver(() => { if (resize(s) && s.scene) { paint(s); s.on.settled(); } }).observe(holder);
  return s;
}

// Show a scene: { key, coords, dims, fit, classes, typed, chosen, near, found, axes, order, dark }, now. A scene of the same `key` is seen
// as that one was left. Some have more: `loose` typed points are not joined; `edges` are pairs of points, `path` a way from point to point, numbered;
// `cross` marks where both axes are 0; points glide to their new places when `glide` changes.
export function show(s, scene) {
  const fresh = s.scene?.key !== scene.key, V = scene.coords.length / scene.dims;
  if (s.scene && (fresh || s.scene.glide !== scene.glide) && !matchMedia("(prefers-reduced-motion: reduce)").matches) s.morph = { x: s.x.slice(), y: s.y.slice(), start: performance.now() };
  if (fresh) Object.assign(s, { camera: cameras.get(scene.key) ?? home(scene.dims), widths: new Map(), sparse: [] });
  if (s.x?.length !== V) Object.assign(s, { x: new Float32Array(V), y: new Float32Array(V), depth: new Float32Array(V), sparse: [] });
  if (s.scene?.dark !== scene.dark || !s.stamps) { s.scene = scene; ink(s); }
  s.scene = scene;
  resize(s);
  paint(s);
}

// Point at a token, as if the mouse were on it; −1 points at none.
export function point(s, id) {
  if (s.hover === id || !s.scene) return;
  s.hover = id;
  s.canvas.style.cursor = id >= 0 ? "pointer" : "";
  soon(s);
}

function soon(s) {
  s.frame ??= requestAnimationFrame(() => { s.frame = undefined; if (s.scene) paint(s); });
}

function resize(s) {
  const box = s.canvas.parentElement, ratio = Math.min(2, devicePixelRatio || 1), width = box.clientWidth, height = box.clientHeight;
  if (!width || s.width === width && s.height === height && s.ratio === ratio) return false;
  Object.assign(s, { width, height });
  s.canvas.width = Math.round(width * ratio); s.canvas.height = Math.round(height * ratio);
  s.ratio = ratio;
  if (s.scene) ink(s);
  return true;
}

// The theme's colours, and a stamp for each kind of point at each depth: far ones paler and smaller.
function ink(s) {
  const root = s.canvas, names = { ink: "--ink", quiet: "--quiet", accent: "--accent", third: "--third", contrast: "--contrast", line: "--line", paper: "--paper" };
  s.colours = Object.fromEntries(Object.entries(names).map(([key, name]) => [key, colour(root, name)]));
  s.font = colour(root, "--st-font") || "sans-serif";
  const size = (s.ratio ?? 1) * Math.min(1, Math.max(0.65, s.width / 560));                 // smaller points on a small map
  s.stamps = [1, 0.3].map((full) => [s.colours.accent, s.colours.third, s.colours.quiet].map((fill, kind) => Array.from({ length: LEVELS }, (_, level) => {
    const near = (level + 1) / LEVELS;
    return stamp(fill, RADIUS[kind] * (0.6 + 0.5 * near) * size, full * STRENGTH[kind] * (0.35 + 0.65 * near));
  })));
}

function nearest(s, x, y, within) {
  let best = -1, least = within * within;
  for (let i = 0; i < (s.x?.length ?? 0); i++) {
    const dx = s.x[i] - x, dy = s.y[i] - y, far = dx * dx + dy * dy;
    if (far < least) { least = far; best = i; }
  }
  return best;
}

function paint(s) {
  if (!s.width) return;
  const { scene, brush, ratio } = s;
  cameras.set(scene.key, s.camera);
  project(s);
  const [x, y] = morphed(s);
  cloud(s, x, y);
  brush.setTransform(ratio, 0, 0, ratio, 0, 0);
  if (scene.cross) cross(s);
  const named = axes(s);
  marks(s, x, y);
  labels(s, x, y, named);
  tip(s, x, y);
}

function morphed(s) {
  if (!s.morph) return [s.x, s.y];
  const t = (performance.now() - s.morph.start) / MORPH, { x, y } = s.morph;
  if (t >= 1 || x.length !== s.x.length) { s.morph = undefined; soon(s); return [s.x, s.y]; }
  const part = t * t * (3 - 2 * t);
  soon(s);
  return [x.map((from, i) => from + (s.x[i] - from) * part), y.map((from, i) => from + (s.y[i] - from) * part)];
}

// Every token as a point, in 2-D those that start a word on top, in 3-D the near ones; what a search did not find steps back.
function cloud(s, x, y) {
  const { brush, ratio } = s, { classes, found, dims } = s.scene, layers = dims === 3 ? LEVELS : KINDS, stamps = s.stamps[found ? 1 : 0];
  if (s.sheet?.width !== s.canvas.width || s.sheet.height !== s.canvas.height) s.sheet = sheet(s.canvas);
  wipe(s.sheet, s.colours.paper);
  for (let layer = 0; layer < layers; layer++)
    for (let i = 0; i < x.length; i++) {
      const level = dims === 3 ? Math.min(LEVELS - 1, s.depth[i] * LEVELS | 0) : LEVELS - 1;
      if (layer === (dims === 3 ? level : KINDS - 1 - classes[i])) press(s.sheet, stamps[classes[i]][level], x[i] * ratio, y[i] * ratio);
    }
  brush.putImageData(s.sheet.image, 0, 0);
}

// The axes with their shares of the variance; returns the places that their names take.
function axes(s) {
  const { brush, colours } = s, { fit, dims, axes: names } = s.scene;
  if (!names.length) return [];
  const see = lens(s), reach = dims === 3 ? fit.radius * 1.02 : 0;
  brush.lineWidth = 1; brush.font = `11px ${s.font}`; brush.textAlign = "left"; brush.textBaseline = "alphabetic";
  if (dims === 2) {                                                      // named along the frame, where no point is hidden
    brush.fillStyle = colours.quiet;
    const [across, upwards] = names.map((name) => name.includes("→") ? name : `${name} →`);
    brush.textAlign = "right"; brush.fillText(across, s.width - 8, s.height - 8);
    brush.save(); brush.translate(14, 8); brush.rotate(-Math.PI / 2); brush.textAlign = "right"; brush.fillText(upwards, 0, 0); brush.restore();
    return [[s.width - 110, s.height - 22, s.width, s.height], [0, 0, 20, 110]];
  }
  return names.map((name, d) => {
    const end = fit.middle.map((m, i) => m + (i === d ? reach : 0)), start = fit.middle.map((m, i) => m - (i === d ? reach : 0));
    const [x1, y1] = [...see(...start)], [x2, y2] = [...see(...end)];
    brush.strokeStyle = brush.fillStyle = colours.quiet;
    brush.globalAlpha = 0.55;
    brush.beginPath(); brush.moveTo(x1, y1); brush.lineTo(x2, y2); brush.stroke();
    brush.globalAlpha = 1;
    brush.textAlign = x2 > s.width * 0.8 ? "right" : "left";
    const left = brush.textAlign === "left" ? x2 + 5 : x2 - 5, width = brush.measureText(name).width, from = left === x2 + 5 ? left : left - width;
    brush.fillText(name, left, y2 - 5);
    return [from - 3, y2 - 18, from + width + 3, y2];
  });
}

// Thin lines where each of two axes is 0.
function cross(s) {
  const { brush, colours } = s, [x, y] = lens(s)(0, 0);
  brush.strokeStyle = colours.line; brush.lineWidth = 1;
  brush.beginPath(); brush.moveTo(x, 0); brush.lineTo(x, s.height); brush.moveTo(0, y); brush.lineTo(s.width, y); brush.stroke();
}

// Lines between points, and a path whose corners bear their numbers.
function lines(s, x, y) {
  const { brush, colours } = s, { edges = [], path = [] } = s.scene;
  brush.strokeStyle = colours.quiet; brush.lineWidth = 1.3; brush.setLineDash([5, 4]);
  brush.beginPath();
  for (const [a, b] of edges) { brush.moveTo(x[a], y[a]); brush.lineTo(x[b], y[b]); }
  brush.stroke(); brush.setLineDash([]);
  if (!path.length) return;
  brush.strokeStyle = colours.contrast; brush.lineWidth = 2.2; brush.lineJoin = "round";
  brush.beginPath();
  path.forEach((id, i) => i ? brush.lineTo(x[id], y[id]) : brush.moveTo(x[id], y[id]));
  brush.stroke();
  brush.font = `600 11px ${s.font}`; brush.textAlign = "center"; brush.textBaseline = "middle";
  path.forEach((id, i) => {
    brush.beginPath(); brush.arc(x[id], y[id], 8, 0, 7);
    brush.fillStyle = colours.paper; brush.fill(); brush.lineWidth = 1.6; brush.stroke();
    brush.fillStyle = colours.contrast; brush.fillText(i, x[id], y[id] + 0.5);
  });
}

// The reader's tokens joined in order, rings around the true neighbours, the chosen token on top of all.
function marks(s, x, y) {
  const { brush, colours } = s, { typed, near, chosen, found, loose, path } = s.scene;
  const dot = (id, radius, fill, edge) => {
    brush.beginPath(); brush.arc(x[id], y[id], radius, 0, 7);
    if (fill) { brush.fillStyle = fill; brush.fill(); }
    brush.lineWidth = 1.6; brush.strokeStyle = edge; brush.stroke();
  };
  brush.lineJoin = "round"; brush.strokeStyle = colours.ink; brush.lineWidth = 1; brush.globalAlpha = typed.length > 60 ? 0.25 : 0.5;
  brush.beginPath();
  if (!loose) typed.forEach((id, i) => i ? brush.lineTo(x[id], y[id]) : brush.moveTo(x[id], y[id]));
  brush.stroke();
  brush.globalAlpha = 1;
  lines(s, x, y);
  for (const id of found ?? []) dot(id, 3.2, colours.accent, colours.paper);
  for (const id of near) dot(id, 5.5, undefined, colours.accent);
  for (const id of new Set(typed)) dot(id, 4.2, colours.ink, colours.paper);
  if (path) { brush.beginPath(); brush.arc(x[chosen], y[chosen], 11, 0, 7); brush.lineWidth = 2.2; brush.strokeStyle = colours.contrast; brush.stroke(); }
  else dot(chosen, 6, colours.contrast, colours.paper);
}

// Labels, the most wanted first, none on top of another: chosen, typed (newest first), neighbours, found, and a sparse rest.
function labels(s, x, y, named) {
  const { brush, colours } = s, { typed, near, chosen, found, order, path = [] } = s.scene, taken = [...named, [s.width - 44, 0, s.width, 112]], done = new Set();
  const free = ([l, t, r, b]) => l > 2 && t > 2 && r < s.width - 2 && b < s.height - 2 && !taken.some(([a, c, d, e]) => l < d && r > a && t < e && b > c);
  const put = (id, fill, size, weight, ways) => {
    if (done.has(id)) return false;
    const font = `${weight} ${size}px ${s.font}`, text = s.on.name(id), key = size + text, gap = path.length && id === chosen ? 14 : 7;
    brush.font = font;
    if (!s.widths.has(key)) s.widths.set(key, brush.measureText(text).width);
    const w = s.widths.get(key), h = size * 0.62;
    const places = [[x[id] + gap, y[id]], [x[id] - gap - w, y[id]], [x[id] - w / 2, y[id] - h - gap], [x[id] - w / 2, y[id] + h + gap]];
    for (const [left, middle] of places.slice(0, ways)) {
      const area = [left - 3, middle - h, left + w + 3, middle + h];
      if (!free(area)) continue;
      taken.push(area); done.add(id);
      brush.lineWidth = 3.5; brush.strokeStyle = colours.paper; brush.globalAlpha = 0.85; brush.strokeText(text, left, middle);
      brush.globalAlpha = 1; brush.fillStyle = fill; brush.fillText(text, left, middle);
      return true;
    }
    return false;
  };
  brush.textAlign = "left"; brush.textBaseline = "middle"; brush.lineJoin = "round";
  for (const id of [chosen, ...typed, ...near]) taken.push([x[id] - 3, y[id] - 3, x[id] + 3, y[id] + 3]);
  for (const id of path) taken.push([x[id] - 9, y[id] - 9, x[id] + 9, y[id] + 9]);
  put(chosen, colours.contrast, 14, 650, 4);
  for (let i = typed.length - 1; i >= 0; i--) put(typed[i], colours.ink, 13, 600, 4);
  for (const id of near) put(id, colours.accent, 12, 500, 4);
  for (const id of found ?? []) put(id, colours.accent, 12, 500, 2);
  if (found) return;
  const most = Math.min(60, Math.round(s.width * s.height / 9500));
  if (s.moving || s.morph) { for (const id of s.sparse) put(id, colours.quiet, 11, 400, 1); return; }
  s.sparse = [];
  for (let i = 0; i < order.length && s.sparse.length < most; i++) {
    const id = order[i];
    if (x[id] > 0 && x[id] < s.width && y[id] > 0 && y[id] < s.height && put(id, colours.quiet, 11, 400, 1)) s.sparse.push(id);
  }
}

function tip(s, x, y) {
  const id = s.hover, holder = s.tip;
  holder.hidden = id < 0 || s.moving;
  if (holder.hidden) return;
  s.on.describe(holder, id);
  const left = Math.min(Math.max(x[id], 70), s.width - 70);
  holder.style.transform = `translate(${left}px, ${y[id]}px) translate(-50%, ${y[id] > 60 ? "calc(-100% - 10px)" : "12px"})`;
  const { brush, colours } = s;
  brush.beginPath(); brush.arc(x[id], y[id], 7.5, 0, 7); brush.lineWidth = 1.5; brush.strokeStyle = colours.ink; brush.stroke();
}
