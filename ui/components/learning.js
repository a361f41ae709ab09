// A run that the reader watches: its buttons, how far it is, its loss step by step, what it writes by now. It asks for news while it runs.
import { across, element, watch, write } from "./kit.js";

export const sheet = "finetuning.css";
const made = new WeakMap(), SVG = "http://www.w3.org/2000/svg", HEIGHT = 130;

export function draw(root, part, { send, ask, label }) {
  let state = made.get(root);
  if (!state) made.set(root, (state = build(root)));
  Object.assign(state, { part, send });
  for (const [name, button] of Object.entries(state.buttons)) {
    const { text, on, shown } = part.buttons[name];
    button.textContent = text;
    button.hidden = !shown;
    button.disabled = !on;
  }
  write(state.status, part.status);
  state.bar.style.width = `${100 * part.done}%`;
  state.track.setAttribute("aria-valuenow", Math.round(100 * part.done));
  state.track.setAttribute("aria-label", part.words.progress);
  state.svg.setAttribute("aria-label", label);
  state.chart.hidden = !part.losses.length;
  paint(state);
  state.samples.replaceChildren(...part.samples.map(({ prompt, text }) => {
    const box = element("div", "sample"), asked = element("span", "prompt"), said = element("span", "said");
    asked.textContent = prompt;
    said.textContent = text;
    box.append(asked, said);
    return box;
  }));
  state.before.textContent = part.samples.length ? part.words.samples : "";
  clearTimeout(state.next);
  if (part.more) state.next = setTimeout(ask, part.pause);
}

function build(root) {
  const state = { root, bar: element("div", "fill"), track: element("div", "track"), status: element("p", "status"), chart: element("div", "losses"),
    svg: svg("svg"), before: element("p", "quiet"), samples: element("div", "looks"), buttons: {} };
  const row = element("div", "acts");
  for (const name of ["start", "pause", "go", "stop"]) {
    const button = state.buttons[name] = element("button", "press");
    button.type = "button";
    button.dataset.do = name;
    button.onclick = () => state.send({ [`finetuning.${name}`]: `1:${Date.now()}` });
    row.append(button);
  }
  state.track.setAttribute("role", "progressbar");
  state.track.append(state.bar);
  state.status.setAttribute("role", "status");
  state.svg.setAttribute("role", "img");
  state.chart.append(state.svg);
  root.classList.add("learning");
  root.replaceChildren(row, state.status, state.track, state.chart, state.before, state.samples);
  watch(root, () => { if (state.part) paint(state); });
  return state;
}

// Every step's loss as a point of a line, from 0 up to the largest; how many steps there will be is how wide it is.
function paint({ root, svg: picture, part: { losses, steps, words } }) {
  const width = across(root);
  if (!width || !losses.length) return;
  const most = Math.max(...losses.map(([, value]) => value), 1e-6), left = 44, low = HEIGHT - 22;
  const x = (step) => left + (width - left - 8) * step / Math.max(1, steps), y = (value) => low - (low - 10) * value / most;
  const line = svg("path", { class: "loss", d: losses.map(([step, value], i) => `${i ? "L" : "M"}${x(step).toFixed(1)},${y(value).toFixed(1)}`).join("") });
  const parts = [svg("line", { class: "axis", x1: left, x2: width - 8, y1: low, y2: low })];
  for (const [text, at, anchor, to] of [[words.most, left - 6, "end", 16], [words.zero, left - 6, "end", low + 4], [words.first, left, "start", HEIGHT - 5], [words.last, width - 8, "end", HEIGHT - 5]]) {
    const label = svg("text", { x: at, y: to, "text-anchor": anchor });
    label.textContent = text;
    parts.push(label);
  }
  picture.setAttribute("viewBox", `0 0 ${width} ${HEIGHT}`);
  picture.setAttribute("width", width);
  picture.setAttribute("height", HEIGHT);
  picture.dataset.losses = JSON.stringify(losses);
  picture.replaceChildren(...parts, line);
}

function svg(tag, attributes = {}) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}
