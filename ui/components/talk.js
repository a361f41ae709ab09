// A talk, turn by turn, as the model's tokens: what fell out of the window is struck out, what a policy keeps at the front is marked.
import { element } from "./kit.js";

export const sheet = "talk.css";

export function draw(root, part) {
  let list = root.firstChild;
  if (!list) { list = element("div", "talk"); list.setAttribute("role", "log"); list.tabIndex = 0; root.append(list); }
  const said = JSON.stringify(part.turns);
  if (list.dataset.said === said) return;
  list.dataset.said = said;
  list.replaceChildren(...part.turns.map(({ who, name, pieces }) => {
    const row = element("div", `turn ${who}`), label = element("span", "who"), text = element("span", "text");
    label.textContent = name;
    text.append(...pieces.map(({ text: piece, state }) => Object.assign(element("span", state), { textContent: piece })));
    row.append(label, text);
    return row;
  }));
}
