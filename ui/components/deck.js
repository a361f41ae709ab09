// The models as cards in a radio group: click or arrow keys choose the one that is looked at.
import { arrows, element } from "./kit.js";

export const sheet = "models.css";
const made = new WeakMap();

export function draw(root, part, { send }) {
  let state = made.get(root);
  if (!state) made.set(root, (state = build(root)));
  Object.assign(state, { part, send });
  const { list } = state;
  list.setAttribute("aria-label", part.label);
  while (list.childElementCount < part.rows.length) list.append(card(state, list.childElementCount));
  while (list.childElementCount > part.rows.length) list.lastChild.remove();
  part.rows.forEach(({ id, name, kind, note, current, chosen }, i) => {
    const button = list.children[i], [title, sort, size, mark] = button.children;
    button.dataset.option = id;
    title.textContent = name;
    sort.textContent = kind;
    size.textContent = note;
    mark.textContent = current;
    mark.hidden = !current;
    check(button, chosen);
  });
}

function build(root) {
  const state = { list: element("div", "deck") };
  arrows(state.list, (_, next) => choose(state, next));
  root.replaceChildren(state.list);
  return state;
}

function card(state, i) {
  const button = element("button");
  button.type = "button";
  button.setAttribute("role", "radio");
  button.append(element("b"), element("span", "kind"), element("span", "note"), element("span", "mark"));
  button.onclick = () => choose(state, i);
  return button;
}

const check = (button, chosen) => { button.setAttribute("aria-checked", chosen); button.tabIndex = chosen ? 0 : -1; };

function choose({ part, list, send }, i) {
  [...list.children].forEach((button, j) => check(button, i === j));
  send({ [part.knob]: part.rows[i].id });
}
