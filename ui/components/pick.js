// The tokens of the text as a radio group: click or arrow keys choose the one that is looked at; the last one follows the text.
import { along, element } from "./kit.js";

export const sheet = "block.css";
const made = new WeakMap();

export function draw(root, part, { send }) {
  let state = made.get(root);
  if (!state) made.set(root, (state = build(root)));
  Object.assign(state, { part, send });
  const { list } = state, count = part.tokens.length;
  state.label.textContent = part.label;
  list.setAttribute("aria-label", part.label);
  while (list.childElementCount < count) list.append(chip(state, list.childElementCount));
  while (list.childElementCount > count) list.lastChild.remove();
  part.tokens.forEach(({ text, title, state: kind }, i) => {
    const button = list.children[i];
    if (button.textContent !== text) button.textContent = text;
    button.className = `chip ${kind || (i % 2 ? "odd" : "")}`;
    button.title = title;
    mark(button, i === part.chosen);
  });
  const chosen = list.children[part.chosen];
  if (state.shown !== `${count} ${part.chosen}`) list.scrollTop = chosen.offsetTop - list.offsetTop - list.clientHeight / 2;
  state.shown = `${count} ${part.chosen}`;
}

function build(root) {
  const state = { label: element("span", "quiet"), list: element("div", "tokens") }, holder = element("div", "pick");
  state.list.setAttribute("role", "radiogroup");
  state.list.onkeydown = (event) => {
    const step = along(event), all = state.list.children;
    if (!step) return;
    event.preventDefault();
    const next = ([...all].indexOf(document.activeElement) + step + all.length) % all.length;
    all[next].focus();
    choose(state, next);
  };
  holder.append(state.label, state.list);
  root.replaceChildren(holder);
  return state;
}

function chip(state, i) {
  const button = element("button");
  button.type = "button";
  button.setAttribute("role", "radio");
  button.onclick = () => choose(state, i);
  return button;
}

const mark = (button, chosen) => { button.setAttribute("aria-checked", chosen); button.tabIndex = chosen ? 0 : -1; };

function choose({ part, list, send }, i) {
  [...list.children].forEach((button, j) => mark(button, i === j));
  send({ [part.knob]: i === part.tokens.length - 1 ? "" : String(i) });
}
