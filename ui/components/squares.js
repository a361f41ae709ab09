// Models as squares whose areas are their numbers of parameters, all from one corner; the chosen one fills the picture.
import { arrows, element } from "./kit.js";

export const sheet = "scale.css";
const made = new WeakMap();

export function draw(root, part, { send, label }) {
  let state = made.get(root);
  if (!state) made.set(root, (state = build(root)));
  Object.assign(state, { part, send });
  state.view.setAttribute("role", "img");
  state.view.setAttribute("aria-label", label);
  state.group.setAttribute("aria-label", part.words.fills);
  state.say.textContent = part.words.fills;
  if (!state.held) state.chosen = part.chosen;
  const shown = JSON.stringify(part.squares.map(({ id }) => id));
  if (state.shown !== shown) {
    state.shown = shown;
    state.view.replaceChildren(...part.squares.toSorted((a, b) => b.value - a.value).map(({ id }) => {
      const square = element("div", "square");
      square.dataset.id = id;
      square.append(element("span"));
      return square;
    }));
    state.group.replaceChildren(...part.squares.map(({ id, name }) => {
      const button = Object.assign(element("button"), { type: "button", textContent: name });
      button.setAttribute("role", "radio");
      button.dataset.option = id;
      button.onclick = () => choose(state, id);
      return button;
    }));
  }
  show(state);
}

function build(root) {
  const say = element("span", "quiet"), group = element("div", "segments"), view = element("div", "squares"), read = element("p", "quiet remark"), row = element("div", "fillers");
  const state = { say, group, view, read };
  arrows(group, (next) => choose(state, next.dataset.option));
  row.append(say, group);
  root.replaceChildren(row, view, read);
  return state;
}

function choose(state, id) {
  state.chosen = id;
  show(state);
  state.send({ [state.part.knob]: id });
}

function show({ part, chosen, group, view, read }) {
  const full = part.squares.find(({ id }) => id === chosen);
  for (const button of group.children) {
    button.setAttribute("aria-checked", button.dataset.option === chosen);
    button.tabIndex = button.dataset.option === chosen ? 0 : -1;
  }
  for (const square of view.children) {
    const { name, value, kind, title } = part.squares.find(({ id }) => id === square.dataset.id), side = Math.sqrt(value / full.value);
    square.className = `square ${kind}`;
    square.style.width = square.style.height = `${100 * Math.min(side, 40)}%`;
    square.dataset.side = side;
    square.title = title;
    square.firstChild.textContent = side > 0.12 && side <= 1 ? name : "";
  }
  read.textContent = full.read;
}
