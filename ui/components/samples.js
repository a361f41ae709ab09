// What was written on the way, from noise to sentences: a row for each moment, the newest on top or last, one text or two side by side.
import { element } from "./kit.js";

export const sheet = "training.css";
const made = new WeakMap();

export function draw(root, part, { ask }) {
  let state = made.get(root);
  if (!state) {
    made.set(root, (state = { list: element("ol", "samples"), empty: element("p", "empty") }));
    state.list.tabIndex = 0;
    root.replaceChildren(state.empty, state.list);
  }
  const { list, empty } = state, { moments: rows, columns } = part;
  empty.textContent = part.empty;
  empty.hidden = rows.length > 0;
  list.hidden = !rows.length;
  list.style.setProperty("--columns", columns.length || 1);
  list.classList.toggle("two", columns.length > 1);
  while (list.childElementCount < rows.length + 1) list.append(element("li"));
  while (list.childElementCount > rows.length + 1) list.lastChild.remove();
  fill(list.firstChild, "head", "", columns.length > 1 ? columns : [], "");
  list.firstChild.hidden = columns.length < 2;
  rows.forEach(({ when, loss, texts, marked }, i) => fill(list.children[i + 1], marked ? "marked" : "", when, texts, loss, part.prompt));
  list.dataset.rows = rows.length;
  clearTimeout(state.next);
  if (part.more) state.next = setTimeout(() => { if (root.isConnected) ask(); }, 0);
}

function fill(item, name, when, texts, loss, prompt = "") {
  const said = JSON.stringify([when, texts, loss, prompt, name]);
  if (item.dataset.said === said) return;
  Object.assign(item.dataset, { said, loss });
  item.className = name;
  const mark = element("span", "when"), moment = element("b"), small = element("small");
  moment.textContent = when;
  small.textContent = loss;
  mark.append(moment, small);
  item.replaceChildren(mark, ...texts.map((text) => {
    const box = element("span", "text"), start = element("span", "prompt");
    start.textContent = prompt;
    box.append(start, text);
    return box;
  }));
}
