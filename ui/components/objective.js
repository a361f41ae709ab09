// The objective: each token read, the one that then comes, how likely the model took it to be, and the loss as a bar. Point at a place, or use the arrow keys.
import { along, element, left, write } from "./kit.js";

export const sheet = "training.css";
const made = new WeakMap();

export function draw(root, part) {
  let state = made.get(root);
  if (!state) made.set(root, (state = build(root)));
  const { places, most, words } = part, { row } = state;
  Object.assign(state, { part });
  state.names.children[0].textContent = words.reads;
  state.names.children[1].textContent = words.target;
  state.names.children[2].textContent = words.chance;
  state.names.children[3].textContent = words.loss;
  row.setAttribute("aria-label", words.label);
  while (row.childElementCount < places.length) row.append(column(state, row.childElementCount));
  while (row.childElementCount > places.length) row.lastChild.remove();
  places.forEach(({ reads, target, chance, loss, text, worse }, i) => {
    const place = row.children[i], [input, arrow, next, share, track, value] = place.children, fill = track.firstChild;
    set(input, reads); set(next, target); set(share, chance); set(value, text);
    place.dataset.loss = loss;
    place.classList.toggle("worse", worse);
    fill.style.height = `${100 * Math.min(1, loss / most)}%`;
    arrow.textContent = "↓";
    place.title = "";
  });
  state.box.style.setProperty("--mean", Math.min(1, part.mean / most));
  state.box.style.setProperty("--even", Math.min(1, part.even / most));
  state.lines[0].textContent = words.mean;
  state.lines[1].textContent = words.even;
  state.box.hidden = !places.length;
  if (state.at >= places.length) state.at = places.length - 1;
  read(state);
}

const set = (target, text) => { if (target.textContent !== text) target.textContent = text; };

function build(root) {
  const state = { box: element("div", "shift"), names: element("div", "names"), row: element("div", "places"), readout: element("p", "readout quiet"), legend: element("div", "legend"), at: -1, lines: [] };
  for (const name of ["reads", "target", "chance", "loss"]) state.names.append(element("span", name));
  state.readout.setAttribute("aria-live", "polite");
  for (const kind of ["mean", "even"]) {
    const entry = element("span"), text = element("span");
    entry.append(element("span", `stroke ${kind === "mean" ? "" : "dashed"}`), text);
    entry.firstChild.style.borderColor = kind === "mean" ? "var(--ink)" : "var(--contrast)";
    state.legend.append(entry);
    state.lines.push(text);
  }
  state.row.tabIndex = 0;
  state.row.setAttribute("role", "group");
  state.row.onkeydown = (event) => {
    const step = along(event), count = state.part.places.length;
    if (!step || !count) return;
    event.preventDefault();
    state.at = state.at < 0 ? (step > 0 ? 0 : count - 1) : (state.at + step + count) % count;
    state.row.children[state.at].scrollIntoView({ block: "nearest", inline: "nearest" });
    read(state);
  };
  left(state.row, () => { state.at = -1; read(state); });
  state.box.append(state.names, state.row);
  root.replaceChildren(state.box, state.readout, state.legend);
  return state;
}

function column(state, i) {
  const place = element("div", "place"), track = element("span", "track");
  track.append(element("span", "fill"));
  place.append(element("span", "chip"), element("span", "arrow"), element("span", "chip next"), element("span", "share"), track, element("span", "value"));
  place.onpointerenter = () => { state.at = i; read(state); };
  return place;
}

function read({ part, row, readout, at }) {
  for (const place of row.children) place.classList.toggle("on", place === row.children[at]);
  write(readout, at < 0 ? part.words.point : part.places[at].title);
}
