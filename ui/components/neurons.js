// The most active neurons as a radio group: click or arrow keys choose the one that the cards beside it show.
import { arrows, element } from "./kit.js";

export const sheet = "block.css";
const made = new WeakMap();

export function draw(root, part, { send, label }) {
  let state = made.get(root);
  if (!state) made.set(root, (state = build(root)));
  Object.assign(state, { part, send });
  state.list.setAttribute("aria-label", label);
  while (state.list.childElementCount < part.rows.length) state.list.append(row(state, state.list.childElementCount));
  while (state.list.childElementCount > part.rows.length) state.list.lastChild.remove();
  part.rows.forEach(({ id, name, value, text }, i) => {
    const button = state.list.children[i], [label, track, number] = button.children;
    button.dataset.neuron = id;
    label.textContent = name;
    track.firstChild.style.width = `${100 * (Math.max(0, value) / part.most)}%`;
    track.firstChild.dataset.value = value;
    number.textContent = text;
    mark(button, id === part.selected);
  });
}

function build(root) {
  const state = { list: element("div", "neurons") };
  arrows(state.list, (_, next) => choose(state, next));
  root.replaceChildren(state.list);
  return state;
}

const mark = (button, chosen) => { button.setAttribute("aria-checked", chosen); button.tabIndex = chosen ? 0 : -1; };

function row(state, i) {
  const button = element("button"), track = element("span", "track");
  button.type = "button";
  button.setAttribute("role", "radio");
  track.append(element("span", "fill"));
  button.append(element("span", "name"), track, element("span", "value"));
  button.onclick = () => choose(state, i);
  return button;
}

function choose({ part, list, send }, i) {
  [...list.children].forEach((button, j) => mark(button, i === j));
  send({ [part.knob]: part.rows[i].id });
}
