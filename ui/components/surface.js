// The loss over two directions as a landscape seen from above: shades and contours, the path walked, where it stands, which way is down.
import { contour, raster } from "./contour.js";
import { across, aside, colour, element, floats, left, scale, turned, watch, write } from "./kit.js";

export const sheet = "network.css";
const made = new WeakMap();
const HEIGHT = 380, LEFT = 58, BOTTOM = 44, TOP = 8, RIGHT = 12, LEVELS = 10;

export function draw(root, part, { dark, language, label }) {
  let state = made.get(root);
  if (!state) made.set(root, (state = build(root)));
  if (state.dark !== dark || !state.table) Object.assign(state, { dark, table: scale(root) });
  const number = (digits) => { const style = new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits }); return (x) => style.format(x + 0).replace("-", "−"); };
  const losses = floats(part.losses), finite = losses.filter(Number.isFinite), low = Math.max(1e-6, Math.min(...finite)), high = Math.max(low * 1.001, ...finite);
  Object.assign(state, { part, losses, low, high, columns: floats(part.columns), rows: floats(part.rows), path: floats(part.path), say: number(4), tick: (x) => number(1)(Math.round(10 * x) / 10) });
  Object.assign(state.canvas, { losses, path: state.path });          // for whoever wants the numbers that are drawn
  state.canvas.dataset.here = losses[part.here[0] * state.columns.length + part.here[1]];
  state.canvas.setAttribute("aria-label", label);
  legend(state);
  paint(state);
}

function build(root) {
  const state = { root, canvas: element("canvas"), readout: element("p", "readout"), legend: element("div", "legend"), at: null }, { canvas } = state;
  canvas.tabIndex = 0;
  canvas.className = "surface";
  canvas.setAttribute("role", "img");
  state.readout.setAttribute("role", "status");
  canvas.onpointermove = (event) => point(state, cell(state, event));
  left(canvas, () => point(state, null));
  canvas.onkeydown = (event) => {
    const [down, right] = aside(event), { rows, columns } = state, [r, c] = state.at ?? state.part.here, inside = (i, n) => Math.min(n - 1, Math.max(0, i));
    if (down === undefined) return;
    event.preventDefault();
    point(state, [inside(r - down, rows.length), inside(c + right, columns.length)]);
  };
  root.replaceChildren(canvas, state.readout, state.legend);
  watch(root, () => { if (state.part) paint(state); });
  return state;
}

function point(state, at) {
  if (String(at) === String(state.at)) return;
  state.at = at;
  paint(state);
}

function cell({ canvas, columns, rows, size, part }, event) {
  const box = canvas.getBoundingClientRect(), c = Math.floor((event.clientX - box.left - LEFT) / size.w), r = Math.floor((TOP + rows.length * size.h - event.clientY + box.top) / size.h);
  return c >= 0 && r >= 0 && c < part.losses.shape[1] && r < part.losses.shape[0] ? [r, c] : null;
}

function paint(state) {
  const { root, canvas, part, losses, columns, rows, path, table, low, high, tick } = state, width = across(root), n = columns.length, m = rows.length;
  if (!width) return;
  const size = state.size = { w: (width - LEFT - RIGHT) / n, h: (HEIGHT - TOP - BOTTOM) / m }, dpr = devicePixelRatio || 1, pen = canvas.getContext("2d");
  Object.assign(canvas, { width: Math.round(width * dpr), height: Math.round(HEIGHT * dpr) });
  canvas.style.height = `${HEIGHT}px`;
  pen.scale(dpr, dpr);
  const span = Math.log(high / low), level = (v) => Math.log(Math.max(low, v) / low) / span, flipped = new Float32Array(losses.length);
  for (let r = 0; r < m; r++) flipped.set(losses.subarray(r * n, (r + 1) * n), (m - 1 - r) * n);               // the first row lies at the bottom
  pen.drawImage(raster(flipped, m, n, (v) => table[Number.isFinite(v) ? Math.round(255 * level(v)) : 255]), LEFT, TOP, n * size.w, m * size.h);
  const ink = colour(root, "--ink"), contrast = colour(root, "--contrast"), paper = colour(root, "--paper");
  Object.assign(pen, { strokeStyle: ink, lineWidth: 0.8, globalAlpha: 0.45 });
  const logs = flipped.map((v) => level(v));
  for (let i = 1; i < LEVELS; i++) {
    pen.beginPath();
    for (const [x1, y1, x2, y2] of contour(logs, m, n, i / LEVELS)) { pen.moveTo(LEFT + (x1 + 0.5) * size.w, TOP + (y1 + 0.5) * size.h); pen.lineTo(LEFT + (x2 + 0.5) * size.w, TOP + (y2 + 0.5) * size.h); }
    pen.stroke();
  }
  pen.globalAlpha = 1;
  const step = { x: columns[1] - columns[0], y: rows[1] - rows[0] };
  const x = (v) => LEFT + ((v - columns[0]) / step.x + 0.5) * size.w, y = (v) => TOP + (m - 0.5 - (v - rows[0]) / step.y) * size.h;
  pen.save();
  pen.beginPath(); pen.rect(LEFT, TOP, n * size.w, m * size.h); pen.clip();
  for (const [tone, thick] of [[paper, 4.5], [contrast, 2.2]]) {
    Object.assign(pen, { strokeStyle: tone, lineWidth: thick, lineJoin: "round" });
    pen.beginPath();
    for (let i = 0; i < path.length; i += 2) pen[i ? "lineTo" : "moveTo"](x(path[i]), y(path[i + 1]));
    pen.stroke();
  }
  const dot = (at, radius, fill, rim) => { pen.beginPath(); pen.arc(x(path[at]), y(path[at + 1]), radius, 0, 7); Object.assign(pen, { fillStyle: fill, strokeStyle: rim, lineWidth: 2 }); pen.fill(); pen.stroke(); };
  if (path.length > 2) dot(0, 4.5, paper, contrast);
  down(state, pen, x, y, step, ink);
  dot(path.length - 2, 6, contrast, paper);
  if (state.at) Object.assign(pen, { strokeStyle: ink, lineWidth: 1.5 }), pen.strokeRect(LEFT + state.at[1] * size.w, TOP + (m - 1 - state.at[0]) * size.h, size.w, size.h);
  pen.restore();
  pen.strokeStyle = colour(root, "--line");
  pen.strokeRect(LEFT, TOP, n * size.w, m * size.h);
  Object.assign(pen, { font: `12px ${colour(root, "--st-font")}`, fillStyle: colour(root, "--quiet"), textBaseline: "middle", textAlign: "center" });
  for (let c = 0; c < n; c += Math.ceil(40 / size.w)) pen.fillText(tick(columns[c]), x(columns[c]), HEIGHT - BOTTOM + 13);
  pen.fillText(part.names[0], LEFT + n * size.w / 2, HEIGHT - 10);
  turned(pen, part.names[1], 10, TOP + m * size.h / 2, -Math.PI / 2);
  pen.textAlign = "right";
  for (let r = 0; r < m; r += Math.ceil(34 / size.h)) pen.fillText(tick(rows[r]), LEFT - 6, y(rows[r]));
  tell(state);
}

// The way down from where it stands, as it looks on this map.
function down({ part: { downhill }, path, size }, pen, x, y, step, ink) {
  const dx = downhill[0] / step.x * size.w, dy = -downhill[1] / step.y * size.h, length = Math.hypot(dx, dy);
  if (!length) return;
  const [a, b] = [x(path.at(-2)), y(path.at(-1))], [u, v] = [dx / length, dy / length], [ex, ey] = [a + u * 40, b + v * 40];
  Object.assign(pen, { strokeStyle: ink, fillStyle: ink, lineWidth: 2 });
  pen.beginPath(); pen.moveTo(a, b); pen.lineTo(ex, ey); pen.stroke();
  pen.beginPath(); pen.moveTo(ex + u * 7, ey + v * 7); pen.lineTo(ex - v * 4.5, ey + u * 4.5); pen.lineTo(ex + v * 4.5, ey - u * 4.5); pen.fill();
}

function tell({ readout, at, part, losses, columns, rows, say }) {
  const [r, c] = at ?? part.here, said = { x: say(columns[c]), y: say(rows[r]), loss: say(losses[r * columns.length + c]) };
  write(readout, part.words[at ? "hover" : "here_hover"].replace(/\{(\w+)\}/g, (_, name) => said[name]));
}

function legend({ legend, part: { words }, low, high, say }) {
  const said = JSON.stringify([words, low, high]);
  if (legend.dataset.said === said) return;
  legend.dataset.said = said;
  const bar = element("span"), key = (name, text) => { const span = element("span"); span.append(element("span", `mark-of ${name}`), text); return span; };
  bar.append(`${words.loss} ${say(low)}`, element("span", "scale"), `${say(high)} ${words.factor}`);
  legend.replaceChildren(bar, key("start", words.start), key("stands", words.stands), words.down);
}
