// The whole machine on one text: rows are tokens, columns are stages; what a token carries, and what it takes from others.
import { colour, element, floats, scale } from "./kit.js";

const made = new WeakMap();
const ROW = 27, TOP = 8;

export function draw(root, part, { send, label }) {
  let state = made.get(root);
  if (!state) {
    state = { head: element("div", "stages"), canvas: element("canvas") };
    state.canvas.setAttribute("role", "img");
    state.canvas.style.width = "100%";
    root.replaceChildren(state.head, state.canvas);
    new ResizeObserver(() => state.paint?.()).observe(root);
    made.set(root, state);
  }
  const stages = part.streams.shape[0], streams = floats(part.streams), reads = floats(part.reads);
  state.canvas.setAttribute("aria-label", label);
  state.canvas.dataset.reads = JSON.stringify([...reads]);
  state.canvas.dataset.streams = JSON.stringify([...streams]);
  header(state, part, send);
  state.paint = () => paint(root, state, part, stages, streams, reads);
  state.paint();
}

function layout(width, stages) {
  const narrow = width < 560, label = narrow ? 74 : 124, next = narrow ? 64 : 132;
  const step = (width - label - next) / stages;
  return { narrow, label, next, step, strip: step * (narrow ? 0.5 : 0.46), x: (s) => label + s * step };
}

function header(state, part, send) {
  const said = JSON.stringify(part.stages);
  if (state.said === said) return;
  state.said = said;
  state.head.replaceChildren(...part.stages.map((stage) => {
    const button = element("button", "stage");
    button.type = "button";
    button.append(Object.assign(element("span"), { textContent: stage.title }), Object.assign(element("small"), { textContent: stage.note }));
    button.onclick = () => send({ go: `${stage.screen}:${Date.now()}` });
    return button;
  }));
}

function paint(root, state, part, stages, streams, reads) {
  const width = root.clientWidth, n = part.labels.length, cells = part.streams.shape[2];
  if (!width) return;
  const at = layout(width, stages), height = TOP + n * ROW + 6, dpr = devicePixelRatio || 1;
  Object.assign(state.canvas, { width: width * dpr, height: height * dpr });
  state.canvas.style.height = `${height}px`;
  const pen = state.canvas.getContext("2d");
  pen.scale(dpr, dpr);
  const ink = colour(root, "--ink"), quiet = colour(root, "--quiet"), accent = colour(root, "--accent");
  const table = scale(root), y = (row) => TOP + row * ROW + ROW / 2, last = n - 1;
  for (let s = 0; s + 1 < stages; s++) {            // inside block s: the stream goes straight on, attention crosses rows
    const from = at.x(s) + at.strip + 2, to = at.x(s + 1) - 3, mid = (from + to) / 2;
    for (let row = 0; row < n; row++) {
      pen.strokeStyle = quiet; pen.globalAlpha = 0.28; pen.lineWidth = 1;
      line(pen, from, y(row), to, y(row), mid);
      const weight = reads[s * n + row];
      if (row === last || weight < 0.01) continue;
      pen.strokeStyle = accent; pen.globalAlpha = Math.min(1, 0.15 + weight); pen.lineWidth = 0.6 + 6 * weight;
      line(pen, from, y(row), to, y(last), mid);
    }
  }
  pen.globalAlpha = 1;
  pen.font = `${at.narrow ? 11.5 : 13}px ${colour(root, "--st-code-font")}`;
  pen.textBaseline = "middle";
  for (let row = 0; row < n; row++) {
    pen.fillStyle = row === last ? accent : ink;
    pen.textAlign = "right";
    pen.fillText(fit(pen, part.labels[row], at.label - 14), at.label - 10, y(row));
    for (let s = 0; s < stages; s++) for (let c = 0; c < cells; c++) {
      const value = Math.min(1, streams[(s * n + row) * cells + c]), rgba = table[Math.round(255 * value)];
      pen.fillStyle = `rgb(${rgba & 255},${(rgba >> 8) & 255},${(rgba >> 16) & 255})`;
      const x0 = Math.round(at.x(s) + (at.strip * c) / cells), x1 = Math.round(at.x(s) + (at.strip * (c + 1)) / cells);
      pen.fillRect(x0, y(row) - 8, x1 - x0, 16);
    }
  }
  const start = at.x(stages - 1) + at.strip;
  pen.strokeStyle = accent; pen.lineWidth = 1.5;
  pen.beginPath(); pen.moveTo(start + 3, y(last)); pen.lineTo(width - at.next - 6, y(last)); pen.stroke();
  pen.textAlign = "left";
  part.next.forEach((word, i) => {
    const row = Math.max(0, last - (part.next.length - 1)) + i, share = word.value;
    pen.fillStyle = accent; pen.globalAlpha = 0.18 + 0.5 * share;
    pen.fillRect(width - at.next, y(row) - 9, Math.max(2, at.next * share), 18);
    pen.globalAlpha = 1; pen.fillStyle = ink;
    pen.fillText(fit(pen, at.narrow ? word.name : `${word.name} ${word.text}`, at.next - 6), width - at.next + 5, y(row));
  });
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
