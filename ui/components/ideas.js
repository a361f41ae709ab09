// Every idea by section, with its sentences; what the search does not find is left out. Arrow keys go up and down, Enter chooses.
import { element } from "./kit.js";

export const sheet = "glossary.css";
const made = new WeakMap();

export function draw(root, part, { send }) {
  let state = made.get(root);
  if (!state) made.set(root, (state = build(root)));
  Object.assign(state, { part, send });
  const said = JSON.stringify(part.sections);
  if (state.said !== said) fill(state, said);
  for (const button of state.buttons) {
    const chosen = button.dataset.id === part.chosen;
    if (chosen) button.setAttribute("aria-current", "true"); else button.removeAttribute("aria-current");
  }
  filter(state);
}

function build(root) {
  const state = { root, list: element("div", "ideas"), none: element("p", "empty"), buttons: [] };
  state.list.onkeydown = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key], shown = state.buttons.filter((button) => !button.closest("li").hidden);
    if (!step || !shown.length) return;
    event.preventDefault();
    focus(state, shown[(shown.indexOf(document.activeElement) + step + shown.length) % shown.length]).focus();
  };
  root.replaceChildren(state.list, state.none);
  root.closest(".vt").addEventListener("seek", () => filter(state));
  return state;
}

function fill(state, said) {
  state.said = said;
  state.buttons = [];
  state.list.replaceChildren(...state.part.sections.map(({ name, ideas }) => {
    const section = element("section"), title = element("h4"), list = element("ul");
    title.textContent = name;
    for (const { id, name, text } of ideas) {
      const item = element("li"), button = element("button"), words = element("span", "text");
      button.type = "button";
      button.dataset.id = id;
      words.textContent = text;
      button.append(Object.assign(element("b"), { textContent: name }), words);
      button.onclick = () => choose(state, button);
      state.buttons.push(button);
      item.append(button);
      list.append(item);
    }
    section.append(title, list);
    return section;
  }));
}

// The card scrolls into sight when it has changed; where it shows this idea already, that is all there is to do.
function choose(state, button) {
  const { id } = focus(state, button).dataset;
  if (id === state.part.chosen) state.root.closest(".vt").querySelector("[data-part=idea]").scrollIntoView({ block: "start" });
  state.send({ "glossary.idea": id });
}

// One of the buttons is reached with the Tab key, the others from there.
function focus(state, button) {
  for (const other of state.buttons) other.tabIndex = other === button ? 0 : -1;
  return button;
}

function filter(state) {
  const { root, part, buttons, none, list } = state, sought = root.closest(".vt").sought;
  for (const button of buttons) button.closest("li").hidden = Boolean(sought && !sought.has(button.dataset.id));
  for (const section of list.children) section.hidden = [...section.querySelectorAll("li")].every((item) => item.hidden);
  const shown = buttons.filter((button) => !button.closest("li").hidden);
  none.hidden = shown.length > 0;
  none.textContent = part.words.none;
  if (shown.length) focus(state, shown.find((button) => button.tabIndex === 0 && button === document.activeElement) ?? shown.find((button) => button.dataset.id === part.chosen) ?? shown[0]);
}
