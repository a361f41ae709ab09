// Attention as it forms: every head of one decoder or two as a small map of the same few tokens. Hover or arrow keys say a cell in words.
import { aside, element, floats, left, scale } from "./kit.js";

export const sheet = "training.css";
const made = new WeakMap();
const CELL = 6;                     // pixels of the canvas a cell, before it is stretched

export function draw(root, part, { dark, language, label }) {
  let state = made.get(root);
  if (!state) made.set(root, (state = build(root)));
  if (state.dark !== dark || !state.table) Object.assign(state, { dark, table: scale(root) });
  const percent = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 });
  Object.assign(state, { part, percent, root });
  state.box.setAttribute("aria-label", label);
  while (state.box.childElementCount < part.groups.length) state.box.append(element("div", "group"));
  while (state.box.childElementCount > part.groups.length) state.box.lastChild.remove();
  part.groups.forEach((group, g) => heads(state, state.box.children[g], group));
  const said = JSON.stringify(part.words);
  if (state.legend.dataset.said !== said) {
    state.legend.dataset.said = said;
    const bar = element("span"), key = element("span"), grey = element("span", "key");
    grey.style.background = "var(--future)";
    bar.append(part.words.low, element("span", "scale"), part.words.high);
    key.append(grey, part.words.future);
    state.legend.replaceChildren(bar, key);
  }
}

function build(root) {
  const state = { box: element("div", "forming"), tip: element("p", "readout quiet"), legend: element("div", "legend") };
  state.tip.setAttribute("aria-live", "polite");
  state.box.setAttribute("role", "group");
  root.replaceChildren(state.box, state.tip, state.legend);
  return state;
}

function heads(state, place, { name, shape: [L, H, T], values, masked }) {
  const weights = floats(values), { table } = state;
  if (!place.firstChild) place.append(element("span", "title"), element("div", "grid"));
  place.firstChild.textContent = name;
  const grid = place.lastChild;
  grid.style.setProperty("--heads", H);
  while (grid.childElementCount < L * H) grid.append(head(state));
  while (grid.childElementCount > L * H) grid.lastChild.remove();
  const grey = getComputedStyle(state.root.closest(".vt")).getPropertyValue("--future");
  for (let i = 0; i < L * H; i++) {
    const canvas = grid.children[i], pen = canvas.getContext("2d"), own = weights.subarray(i * T * T, (i + 1) * T * T);
    Object.assign(canvas, { width: T * CELL, height: T * CELL, weights: own, T, masked, id_: `${Math.floor(i / H)}.${i % H}` });
    canvas.setAttribute("aria-label", `${name} ${canvas.id_}`);
    canvas.dataset.head = canvas.id_;
    for (let q = 0; q < T; q++) for (let k = 0; k < T; k++) {
      const rgba = table[Math.round(255 * Math.min(1, own[q * T + k]))];
      pen.fillStyle = masked && k > q ? grey : `rgb(${rgba & 255},${(rgba >> 8) & 255},${(rgba >> 16) & 255})`;
      pen.fillRect(k * CELL, q * CELL, CELL, CELL);
    }
  }
}

function head(state) {
  const canvas = element("canvas");
  let at = null;
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "img");
  const say = () => { state.tip.textContent = at ? tell(state, canvas, at) : ""; };
  canvas.onpointermove = (event) => {
    const box = canvas.getBoundingClientRect(), inside = (share) => Math.min(canvas.T - 1, Math.max(0, Math.floor(share * canvas.T)));
    at = [inside((event.clientY - box.top) / box.height), inside((event.clientX - box.left) / box.width)];
    say();
  };
  left(canvas, () => { at = null; say(); });
  canvas.onkeydown = (event) => {
    const [down, right] = aside(event);
    if (down === undefined) return;
    event.preventDefault();
    const inside = (i) => Math.min(canvas.T - 1, Math.max(0, i));
    at = at ? [inside(at[0] + down), inside(at[1] + right)] : [canvas.T - 1, 0];
    say();
  };
  return canvas;
}

function tell({ part: { words, labels }, percent }, { T, weights, masked, id_ }, [q, k]) {
  const values = { head: id_, reads: labels[q], read: labels[k], weight: percent.format(weights[q * T + k]) };
  return (masked && k > q ? words.not : words.hover).replace(/\{(\w+)\}/g, (_, name) => values[name]);
}
