// One head as lines from the tokens that read, on the left, to those that are read, on the right: a weight is a line's width. Point at a token,
// or reach it with the arrow keys, and all other lines vanish; a click or Enter takes it and what it reads most as the pair.
import { across, aside, colour, element, floats, left, watch } from "./kit.js";
import { follow, heaviest } from "./top.js";

export const sheet = "heads.css";
const made = new WeakMap();
const ROW = 24, TOP = 26, MOST = 60, LEAST = 0.005; // pixels; the last tokens of a long text; the smallest weight that is a line
const thick = (weight) => 0.5 + 7 * weight, strong = (weight) => Math.min(1, 0.12 + weight);

export function draw(root, part, { language, send, label }) {
  let state = made.get(root);
  if (!state) made.set(root, (state = build(root)));
  const percent = new Intl.NumberFormat(language, { style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 });
  Object.assign(state, { part, send, percent, weights: floats(part.values), T: part.labels.length, share: part.top / 100, seen: null });
  state.canvas.setAttribute("aria-label", label);
  if (state.at && (state.at[1] >= state.T || state.at[1] < first(state))) state.at = null;
  legend(state);
  paint(state);
}

function build(root) {
  const state = { root, canvas: element("canvas"), tag: element("span", "preview"), readout: element("p", "readout quiet"), legend: element("div", "legend"), at: null, seen: null };
  const { canvas, tag, readout } = state, holder = element("div", "lines");
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "img");
  readout.setAttribute("role", "status");
  tag.hidden = true;
  canvas.onpointermove = (event) => mark(state, under(state, event));
  left(canvas, () => mark(state, null));
  canvas.onclick = () => take(state);
  canvas.onkeydown = (event) => {
    if (event.key === "Enter") take(state);
    const [down, right] = aside(event);
    if (down === undefined) return;
    event.preventDefault();
    const [side, row] = state.at ?? [0, state.T];
    mark(state, [Math.min(1, Math.max(0, side + right)), Math.min(state.T - 1, Math.max(first(state), row + (state.at ? down : -1)))]);
  };
  holder.append(tag, canvas);
  root.replaceChildren(holder, readout, state.legend);
  watch(root, () => { if (state.part) paint(state); });
  follow(root, { top: (share) => { state.share = share; paint(state); }, preview: (seen) => { state.seen = seen; paint(state); } });
  return state;
}

const first = ({ T }) => Math.max(0, T - MOST);

function mark(state, at) {
  if (String(at) === String(state.at)) return;
  state.at = at;
  paint(state);
}

// The marked reader and what it reads most, or the marked token and who reads it most.
function take({ at, part, weights, T, send }) {
  if (!at) return;
  const [side, row] = at, over = [...Array(T).keys()].filter((i) => side ? part.masked ? i >= row : true : part.masked ? i <= row : true);
  const weight = (i) => side ? weights[i * T + row] : weights[row * T + i], best = over.reduce((a, b) => (weight(b) > weight(a) ? b : a));
  send({ [part.knob]: side ? `${best}.${row}` : `${row}.${best}` });
}

function under({ canvas, T, root, ...state }, event) {
  const box = canvas.getBoundingClientRect(), row = first({ T }) + Math.floor((event.clientY - box.top - TOP) / ROW);
  return row >= first({ T }) && row < T ? [event.clientX - box.left > across(root) / 2 ? 1 : 0, row] : null;
}

function paint(state) {
  const { root, canvas, part, T, at, seen, share } = state, width = across(root);
  if (!width) return;
  const from = first(state), n = T - from, height = TOP + n * ROW + 4, dpr = devicePixelRatio || 1;
  const weights = seen ? spread(seen, T) : state.weights, kept = heaviest(weights, T, share, (q) => (part.masked ? q + 1 : T));
  canvas.weights = weights;
  Object.assign(canvas, { width: Math.round(width * dpr), height: Math.round(height * dpr) });
  canvas.style.height = `${height}px`;
  state.tag.hidden = !seen;
  state.tag.textContent = seen ? part.words.preview.replace("{head}", seen.id) : "";
  const pen = canvas.getContext("2d"), y = (i) => TOP + (i - from + 0.5) * ROW, side = Math.min(170, width * 0.3);
  pen.scale(dpr, dpr);
  const ink = colour(root, "--ink"), quiet = colour(root, "--quiet"), accent = colour(root, "--accent");
  let drawn = 0;
  for (let q = from; q < T; q++) for (let k = from; k < (part.masked ? q + 1 : T); k++) {
    const weight = weights[q * T + k];
    if (!kept[q * T + k] || weight < LEAST || at && at[1] !== (at[0] ? k : q)) continue;
    pen.strokeStyle = accent;
    pen.globalAlpha = strong(weight);
    pen.lineWidth = thick(weight);
    pen.beginPath();
    pen.moveTo(side + 6, y(q));
    pen.bezierCurveTo(width / 2, y(q), width / 2, y(k), width - side - 6, y(k));
    pen.stroke();
    drawn++;
  }
  canvas.dataset.lines = drawn;
  pen.globalAlpha = 1;
  Object.assign(pen, { font: `12px ${colour(root, "--st-font")}`, fillStyle: quiet, textBaseline: "middle", textAlign: "right" });
  pen.fillText(part.words.reads, side, 10);
  pen.textAlign = "left";
  pen.fillText(part.words.is_read, width - side, 10);
  pen.font = `13px ${colour(root, "--st-code-font")}`;
  for (let i = from; i < T; i++) for (const column of [0, 1]) {
    const marked = at && at[0] === column && at[1] === i, other = at && at[0] !== column ? column ? weights[at[1] * T + i] : weights[i * T + at[1]] : null;
    pen.globalAlpha = other === null || other >= LEAST ? 1 : 0.35;
    pen.fillStyle = marked ? accent : ink;
    pen.textAlign = column ? "left" : "right";
    pen.fillText(part.labels[i], column ? width - side : side, y(i), side - 4);
  }
  pen.globalAlpha = 1;
  state.readout.textContent = at ? said(state, weights) : part.words.point;
}

// The marked token's three heaviest lines in words.
function said({ at: [side, row], part, percent, T }, weights) {
  const over = [...Array(T).keys()].filter((i) => !part.masked || (side ? i >= row : i <= row)), weight = (i) => side ? weights[i * T + row] : weights[row * T + i];
  return over.sort((a, b) => weight(b) - weight(a)).slice(0, 3).map((i) => part.words.hover.replace(/\{(\w+)\}/g, (_, name) =>
    ({ reads: part.labels[side ? i : row], read: part.labels[side ? row : i], weight: percent.format(weight(i)) })[name])).join(" · ");
}

// How wide and strong the lines of some weights are, and what is not drawn.
function legend({ legend, part: { words }, percent, T }) {
  const left = T > MOST ? words.last.replace("{drawn}", MOST).replace("{tokens}", T) : "", said = JSON.stringify([words, left]);
  if (legend.dataset.said === said) return;
  legend.dataset.said = said;
  const samples = Object.entries(words.samples).map(([weight, text]) => {
    const sample = element("span"), line = element("span", "line-sample");
    Object.assign(line.style, { height: `${thick(Number(weight))}px`, opacity: strong(Number(weight)) });
    sample.append(line, text);
    return sample;
  });
  const notes = [words.thin.replace("{least}", percent.format(LEAST)), left].filter(Boolean).map((text) => Object.assign(element("span"), { textContent: text }));
  legend.replaceChildren(Object.assign(element("span"), { textContent: words.weight }), ...samples, ...notes);
}

// A thumbnail's weights (n, n), pooled or not, spread over T tokens.
export function spread({ weights, n }, T) {
  if (n === T) return weights;
  const wide = new Float32Array(T * T), cell = (i) => Math.floor((i * n) / T);
  for (let q = 0; q < T; q++) for (let k = 0; k < T; k++) wide[q * T + k] = weights[cell(q) * n + cell(k)];
  return wide;
}
