// The same logits at two temperatures: the likeliest tokens side by side, and both whole distributions, redone while a slider moves.
import { element, letGo, write } from "./kit.js";
import { distribution, filled, numbers } from "./softmax.js";

export const sheet = "softmax.css";
const NS = "http://www.w3.org/2000/svg", WIDTH = 300, HEIGHT = 150;
const made = new WeakMap();

export function draw(root, part, { language, send, awaits }) {
  let state = made.get(root);
  if (!state) made.set(root, (state = build(root)));
  Object.assign(state, { part, send, say: numbers(language) });
  if (!state.held && !awaits(part.knob) && state.taken !== part.second) {                 // set elsewhere; a slider in hand is not moved
    state.taken = state.second = part.second;
    state.range.value = part.second;
  }
  state.range.setAttribute("aria-label", part.words.second);
  state.dial.firstChild.textContent = part.words.second;
  state.axis.textContent = part.words.axis;
  show(state);
}

function build(root) {
  const box = element("div", "twin"), state = { root, rows: [], dial: element("label", "dial"), range: element("input"), output: element("output"),
    pairs: element("div", "pairs"), svg: document.createElementNS(NS, "svg"), axis: element("p", "axis"), ticks: element("div", "ticks"), legend: element("div", "legend") };
  const both = element("div", "both"), curve = element("div");
  Object.assign(state.range, { type: "range", min: 0, max: 2, step: 0.05 });
  state.range.oninput = () => { state.held = true; state.second = Number(state.range.value); show(state); };
  state.range.onchange = () => { state.held = false; state.send({ [state.part.knob]: state.second }); };
  letGo(state.range, () => { state.held = false; });
  state.dial.append(element("span"), state.range, state.output);
  state.svg.setAttribute("viewBox", `0 0 ${WIDTH} ${HEIGHT}`);
  state.svg.setAttribute("preserveAspectRatio", "none");
  state.svg.setAttribute("role", "img");
  for (const at of [0, 0.5, 1]) {
    const line = document.createElementNS(NS, "line");
    for (const [name, value] of Object.entries({ x1: 0, x2: WIDTH, y1: HEIGHT * at, y2: HEIGHT * at, class: "grid" })) line.setAttribute(name, value);
    state.svg.append(line);
  }
  state.lines = ["one", "two"].map((name) => { const path = document.createElementNS(NS, "path"); path.setAttribute("class", name); state.svg.append(path); return path; });
  for (const name of ["one", "second"]) { const key = element("span"); key.append(element("span", name), document.createTextNode("")); state.legend.append(key); }
  curve.append(state.axis, state.svg, state.ticks);
  both.append(state.pairs, curve);
  box.append(state.dial, both, state.legend);
  root.replaceChildren(box);
  root.closest(".vt").addEventListener("softmax", () => { if (state.part && root.isConnected) show(state); });
  return state;
}

function show(state) {
  const { root, part, say: { short, number, percent, choices }, second, pairs, rows } = state, first = root.closest(".vt").softmax;
  if (!first) return;
  const seen = [second, part.title].join(" ");
  if (state.first === first && state.seen === seen) return say(state);             // drawn as the first one was, or nothing new
  Object.assign(state, { first, seen });
  const { words } = part, { logits, order, tokens, others, settings, done } = first;
  const other = distribution(logits, order, { ...settings, temperature: second }), both = [done, other];
  const sorted = both.map(({ probs }) => order.map((id) => probs[id]));          // temperature changes no one's place
  state.output.textContent = short(second);
  state.range.setAttribute("aria-valuetext", state.output.textContent);
  while (rows.length < tokens.length + 1) rows.push(row(pairs));
  while (rows.length > tokens.length + 1) for (const cell of Object.values(rows.pop())) cell.remove();
  rows.forEach((cells, i) => {
    const rest = i === tokens.length;
    cells.name.className = rest ? "name rest" : "name";
    cells.name.textContent = rest ? words.rest : tokens[i].name;
    [["one", done], ["two", other]].forEach(([which, { probs }]) => {
      const share = rest ? others.reduce((sum, id) => sum + probs[id], 0) : probs[tokens[i].id];
      cells[which].firstChild.style.width = `${100 * share}%`;
      cells[which].dataset.prob = share;
      cells[`${which}Value`].textContent = percent(share, 1);
    });
  });
  both.forEach((d, i) => {
    state.lines[i].setAttribute("d", path(sorted[i]));
    state.legend.children[i].lastChild.textContent = filled(words.key, { temperature: short([settings.temperature, second][i]),
      nats: number(d.entropy, 2), choices: choices(Math.exp(d.entropy)) });
    state.legend.children[i].dataset.entropy = d.entropy;
  });
  const V = logits.length;
  state.ticks.replaceChildren(...[1, 16, 256, V].map((rank) => Object.assign(element("span"), { textContent: number(rank, 0) })));
  const half = sorted.map((shares) => needed(shares, 0.9));
  const text = filled(words.say, { first: short(settings.temperature), second: short(second), one: number(half[0], 0), two: number(half[1], 0) });
  state.said = text;
  state.svg.setAttribute("aria-label", text);
  say(state);
}

const say = ({ root, said }) => write(root.closest("figure").querySelector("figcaption"), said);

function row(pairs) {
  const cells = { name: element("span", "name"), one: element("div", "track one"), oneValue: element("span", "value"), two: element("div", "track two"), twoValue: element("span", "value two") };
  cells.one.append(element("div", "fill"));
  cells.two.append(element("div", "fill"));
  pairs.append(...Object.values(cells));
  return cells;
}

// How many of the likeliest tokens it takes to hold `share` of the mass.
function needed(shares, share) {
  let sum = 0;
  for (let i = 0; i < shares.length; i++) if ((sum += shares[i]) >= share) return i + 1;
  return shares.length;
}

// The mass of the r likeliest tokens against r, which runs on a logarithmic scale to the whole vocabulary.
function path(shares) {
  const points = [];
  let sum = 0, next = 1;
  shares.forEach((share, i) => {
    sum += share;
    if (i + 1 < next && i + 1 < shares.length) return;
    points.push(`${(WIDTH * Math.log(i + 1) / Math.log(shares.length)).toFixed(2)} ${(HEIGHT * (1 - Math.min(1, sum))).toFixed(2)}`);
    next = Math.max(i + 2, Math.floor((i + 1) * 1.06));
  });
  return `M ${points.join(" L ")}`;
}
