// The whole machine on one text: rows are tokens, columns are stages. One row is marked: whom it reads in each block, how much each part
// adds to it, and what it expects next. The pointer or the arrow keys mark another row and read a block out; a click or Enter opens
// what is pointed at on its own screen, and so does a button for each block and its attention.
import { across, aside, colour, element, floats, left, scale, watch, write } from "./kit.js";

export const sheet = "flow.css";
const made = new WeakMap();
const ROW = 27, TOP = 22, LANE = 64, GAP = 16;      // pixels: a token, above the first, the bars at the bottom, between rows and bars

export function draw(root, part, { send, language, label }) {
  let state = made.get(root);
  if (!state) made.set(root, (state = build(root)));
  const number = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const [S, n, cells] = part.streams.shape;
  Object.assign(state, { part, send, S, n, cells, say: (x) => number.format(x), streams: floats(part.streams), reads: floats(part.reads), lengths: floats(part.lengths) });
  if (state.row !== null && state.row >= n) state.row = null;
  const { canvas } = state;
  canvas.setAttribute("aria-label", label);
  canvas.drawn = { streams: state.streams, reads: state.reads, lengths: state.lengths };        // for whoever wants the numbers that are drawn
  header(state);
  doors(state);
  legend(state);
  paint(state);
}

function build(root) {
  const state = { root, head: element("div", "stages"), doors: element("div", "doors"), canvas: element("canvas"), readout: element("p", "readout quiet"), legend: element("div", "legend"), row: null, block: -1, door: null };
  const { canvas } = state;
  canvas.className = "flow";
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "img");
  state.readout.setAttribute("role", "status");
  canvas.onpointermove = (event) => mark(state, ...under(state, event));
  left(canvas, () => mark(state, null, -1, null));
  canvas.onclick = (event) => { if (event.pointerType !== "touch") open(state, under(state, event)[2]); };      // a finger has no other way to point
  canvas.onkeydown = (event) => {
    const [down, right] = aside(event), { row, n, S, block } = state;
    if (event.key === "Enter") open(state, state.door ?? entrance(block));
    if (down === undefined) return;
    event.preventDefault();
    const to = Math.min(S - 2, Math.max(-1, block + right));
    mark(state, Math.min(n - 1, Math.max(0, (row ?? n - 1) + down)), to, entrance(to));
  };
  root.replaceChildren(state.head, state.doors, canvas, state.readout, state.legend);
  watch(root, () => { if (state.part) paint(state); });
  return state;
}

function mark(state, row, block, door) {
  if (row === state.row && block === state.block && door?.screen === state.door?.screen) return;
  Object.assign(state, { row, block, door });
  for (const button of state.doors.querySelectorAll("button")) button.classList.toggle("lit", button.dataset.screen === door?.screen && Number(button.dataset.layer) === door.layer);
  paint(state);
}

// Where Enter leads with a block marked, or with none.
const entrance = (block) => block < 0 ? { screen: "embeddings" } : { screen: "block", layer: block };

// The row, the block (−1: before the first) and the screen that is under the pointer.
function under({ canvas, root, S, n }, event) {
  const box = canvas.getBoundingClientRect(), at = layout(across(root), S), x = event.clientX - box.left, row = Math.floor((event.clientY - box.top - TOP) / ROW);
  const block = Math.floor((x - at.label - at.strip) / at.step), lane = row >= n;
  return [row >= 0 && row < n ? row : null, Math.min(S - 2, Math.max(-1, block)), door(at, x, block, S - 1, lane)];
}

// In the lane of bars, position and the feed-forward network have a bar of their own; above it, what crosses rows is attention.
function door(at, x, block, blocks, lane) {
  if (x < at.label) return { screen: "tokens" };
  if (block < 0) return { screen: lane && x > at.label + at.strip / 2 ? "position" : "embeddings" };
  if (block >= blocks) return { screen: "probabilities" };
  const within = x - at.x(block) - at.strip, gap = at.step - at.strip;
  return { screen: within < (lane ? gap / 2 : gap) ? "attention" : "block", layer: block };
}

// Go to a screen with what is marked here: the block, one of its heads, the token.
function open({ part, send, row, n }, { screen, layer }) {
  const token = row === null || row === n - 1 ? "" : String(part.first + row);
  const knobs = { block: { "block.layer": String(layer), "block.at": token }, attention: { "attention.head": part.heads[layer] } }[screen];
  send({ ...knobs, go: `${screen}:${Date.now()}` });
}

function layout(width, stages) {
  const narrow = width < 560, label = narrow ? 74 : 124, next = narrow ? 64 : 208, step = (width - label - next) / stages;
  return { narrow, label, next, step, strip: step * (narrow ? 0.5 : 0.42), x: (s) => label + s * step };
}

function header(state) {
  const said = JSON.stringify(state.part.stages);
  if (state.said === said) return;
  state.said = said;
  state.head.replaceChildren(...state.part.stages.map((stage) => {
    const button = element("button", "stage");
    button.type = "button";
    button.append(Object.assign(element("span"), { textContent: stage.title }), Object.assign(element("small"), { textContent: stage.note }));
    button.onclick = () => state.send({ go: `${stage.screen}:${Date.now()}` });
    return button;
  }));
}

// A button for each block and one for its attention, over the columns in which they stand.
function doors(state) {
  const { part: { heads, words }, doors: holder } = state, said = JSON.stringify([heads, words.rows]);
  if (state.opened === said) return;
  state.opened = said;
  holder.replaceChildren(...["block", "attention"].flatMap((screen) => [
    Object.assign(element("span"), { textContent: words.rows[screen] }),
    ...heads.map((head, layer) => {
      const button = Object.assign(element("button"), { type: "button", textContent: layer, title: words.doors[screen].replace("{layer}", layer).replace("{head}", head) });
      button.setAttribute("aria-label", button.title);
      Object.assign(button.dataset, { screen, layer });
      button.onclick = () => open(state, { screen, layer });
      return button;
    }),
  ]));
}

function paint(state) {
  const { root, canvas, part, S, n, cells, streams, reads } = state, width = across(root);
  if (!width) return;
  const at = layout(width, S);
  state.doors.style.gridTemplateColumns = `${at.label + at.strip}px repeat(${S - 1}, ${at.step}px)`;
  const bottom = TOP + n * ROW, height = bottom + GAP + LANE + 4, dpr = devicePixelRatio || 1;
  Object.assign(canvas, { width: Math.round(width * dpr), height: Math.round(height * dpr) });
  canvas.style.height = `${height}px`;
  const pen = canvas.getContext("2d");
  pen.scale(dpr, dpr);
  const ink = colour(root, "--ink"), quiet = colour(root, "--quiet"), accent = colour(root, "--accent"), third = colour(root, "--third");
  const font = colour(root, "--st-font"), mono = colour(root, "--st-code-font");
  const table = scale(root), y = (row) => TOP + row * ROW + ROW / 2, row = state.row ?? n - 1;
  pen.textBaseline = "middle";
  pen.font = `12px ${font}`;
  pen.fillStyle = quiet;
  pen.textAlign = "center";
  pen.fillText(part.words.embedding, at.x(0) + at.strip / 2, 9);
  for (let s = 0; s + 1 < S; s++) {                 // inside block s: the stream goes straight on, attention crosses rows
    const from = at.x(s) + at.strip + 2, to = at.x(s + 1) - 3, mid = (from + to) / 2;
    for (let k = 0; k < n; k++) {
      pen.strokeStyle = quiet; pen.globalAlpha = 0.28; pen.lineWidth = 1;
      line(pen, from, y(k), to, y(k), mid);
      const weight = reads[(s * n + row) * n + k];
      if (k === row || weight < 0.01) continue;
      pen.strokeStyle = accent; pen.globalAlpha = Math.min(1, 0.15 + weight); pen.lineWidth = 0.6 + 6 * weight;
      line(pen, from, y(k), to, y(row), mid);
    }
  }
  pen.globalAlpha = 1;
  pen.font = `${at.narrow ? 11.5 : 13}px ${mono}`;
  for (let k = 0; k < n; k++) {
    pen.fillStyle = k === row ? accent : ink;
    pen.textAlign = "right";
    pen.fillText(fit(pen, part.labels[k], at.label - 14), at.label - 10, y(k));
    for (let s = 0; s < S; s++) for (let c = 0; c < cells; c++) {
      const value = Math.min(1, streams[(s * n + k) * cells + c]), rgba = table[Math.round(255 * value)];
      pen.fillStyle = `rgb(${rgba & 255},${(rgba >> 8) & 255},${(rgba >> 16) & 255})`;
      const x0 = Math.round(at.x(s) + (at.strip * c) / cells), x1 = Math.round(at.x(s) + (at.strip * (c + 1)) / cells);
      pen.fillRect(x0, y(k) - 8, x1 - x0, 16);
    }
  }
  const start = at.x(S - 1) + at.strip, left = width - at.next;
  pen.strokeStyle = accent; pen.lineWidth = 1.5;
  pen.beginPath(); pen.moveTo(start + 3, y(row)); pen.lineTo(left - 6, y(row)); pen.stroke();
  pen.textAlign = "left";
  const words = part.nexts[row], first = Math.max(0, Math.min(n - words.length, row - 1));
  words.forEach((word, i) => {
    pen.fillStyle = accent; pen.globalAlpha = 0.18 + 0.5 * word.value;
    pen.fillRect(left, y(first + i) - 9, Math.max(2, at.next * word.value), 18);
    pen.globalAlpha = 1; pen.fillStyle = ink;
    const share = at.narrow ? "" : ` ${word.text}`, room = at.narrow ? at.next - 6 : at.next - 74;
    pen.fillText(fit(pen, word.name, room - pen.measureText(share).width) + share, left + 5, y(first + i));
    if (at.narrow) return;
    pen.fillStyle = quiet; pen.textAlign = "right"; pen.font = `11.5px ${font}`;
    pen.fillText(part.words.logit.replace("{logit}", word.logit), width - 3, y(first + i));
    pen.textAlign = "left"; pen.font = `13px ${mono}`;
  });
  lane(state, pen, at, row, height, { accent, third, quiet });
  tell(state, row);
}

// How long what each part adds to the marked token is: two bars in each block's gap, the stream's own length under its strip.
function lane(state, pen, at, row, height, { accent, third, quiet }) {
  const { S, lengths } = state, width = 2 + 3 * (S - 1), of = (i) => lengths[row * width + i];
  let most = 0;
  for (let i = 0; i < width; i++) most = Math.max(most, of(i));
  state.most = most;
  const base = height - 4, bar = (x, w, value, fill) => { pen.fillStyle = fill; const h = LANE * value / (most || 1); pen.fillRect(x, base - h, w, h); };
  pen.strokeStyle = quiet; pen.globalAlpha = 0.45; pen.lineWidth = 1;
  pen.beginPath(); pen.moveTo(at.label, base + 0.5); pen.lineTo(at.x(S - 1) + at.strip, base + 0.5); pen.stroke();
  pen.globalAlpha = 1;
  for (let s = 0; s < S; s++) {
    pen.globalAlpha = s && s - 1 !== state.block && state.block >= 0 ? 0.35 : 1;
    if (!s) {                                       // no stream yet: the embedding, and the position beside it
      bar(at.x(0) + 1, at.strip / 2 - 2, of(0), quiet);
      bar(at.x(0) + at.strip / 2 + 1, at.strip / 2 - 2, of(1), quiet);
      continue;
    }
    bar(at.x(s) + 1, at.strip - 2, of(3 * s + 1), quiet);
    const from = at.x(s - 1) + at.strip, gap = at.step - at.strip, w = Math.max(3, gap * 0.26);
    bar(from + gap * 0.2, w, of(3 * s - 1), accent);
    bar(from + gap * 0.2 + w + 2, w, of(3 * s), third);
  }
  pen.globalAlpha = 1;
}

// The marked token in words: how it begins, or what the block under the pointer adds to it.
function tell({ part, S, block, door, readout, lengths, say, legend, most }, row) {
  const of = (i) => say(lengths[row * (2 + 3 * (S - 1)) + i]), token = part.labels[row].replaceAll("**", "∗∗");
  const values = block < 0 ? { embedding: of(0), position: of(1) } : { layer: block, attention: of(3 * block + 2), forward: of(3 * block + 3), stream: of(3 * block + 4) };
  const said = part.words[block < 0 ? "start" : "block"].replace(/\{(\w+)\}/g, (_, name) => name === "token" ? token : values[name]);
  write(readout, door ? `${said} ${opens(part, door)}` : said);
  legend.querySelector(".most").textContent = say(most);
}

const opens = ({ words, names }, { screen, layer }) => layer === undefined ? words.opens.replace("{screen}", names[screen])
  : words.opens_at.replace("{screen}", names[screen]).replace("{layer}", layer);

function legend({ legend, part: { words } }) {
  const said = JSON.stringify(words);
  if (legend.dataset.said === said) return;
  legend.dataset.said = said;
  const key = (name, text) => { const span = element("span"); span.append(element("span", `key ${name}`), text); return span; };
  const cells = element("span"), bars = element("span");
  cells.append(element("span", "scale"), words.cells);
  bars.append(`${words.lengths} `, element("b", "most"));
  legend.replaceChildren(cells, key("attention", words.attention), key("forward", words.forward), key("stream", words.stream), bars);
}

function line(pen, x0, y0, x1, y1, mid) {
  pen.beginPath(); pen.moveTo(x0, y0); pen.bezierCurveTo(mid, y0, mid, y1, x1, y1); pen.stroke();
}

function fit(pen, text, width) {
  if (pen.measureText(text).width <= width) return text;
  let letters = [...text];
  while (letters.length > 1 && pen.measureText(letters.join("") + "…").width > width) letters.pop();
  return letters.join("") + "…";
}
