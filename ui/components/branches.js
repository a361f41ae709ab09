// The ways a text has gone on: a tree over the number of tokens, and beside it what each branch says; a click goes back to one.
import { element } from "./kit.js";

export const sheet = "generation.css";
const NS = "http://www.w3.org/2000/svg", ROW = 44, LEFT = 8;
const made = new WeakMap();

export function draw(root, part, { send, label }) {
  let state = made.get(root);
  if (!state) {
    state = { box: element("div", "tree"), svg: document.createElementNS(NS, "svg"), list: element("div", "leaves") };
    state.box.append(state.svg, state.list);
    root.replaceChildren(state.box);
    made.set(root, state);
  }
  state.list.setAttribute("role", "group");
  state.list.setAttribute("aria-label", part.words.name);
  tree(state.svg, part, label);
  const { list } = state;
  while (list.childElementCount < part.lines.length) {
    const button = element("button", "leaf");
    button.type = "button";
    button.append(element("span", "label"), element("span", "says"));
    list.append(button);
  }
  while (list.childElementCount > part.lines.length) list.lastChild.remove();
  part.lines.forEach((row, i) => {
    const button = list.children[i], [name, says] = button.children;
    name.textContent = row.label;
    says.textContent = row.text;
    button.title = row.text;
    button.setAttribute("aria-pressed", row.current);
    button.dataset.path = row.path;
    button.onclick = () => send({ "generation.path": row.path, "generation.tokens": row.back, "generation.at": 0, "generation.play": `0:${Date.now()}`, again: Date.now() });
  });
}

// A line for each branch, from where it left its parent's to its last token.
function tree(svg, { lines: rows, longest }, label) {
  const most = Math.max(longest, ...rows.map(({ tokens }) => tokens)), x = (token) => LEFT + (100 - 2 * LEFT) * token / most, y = (i) => ROW * (i + 0.5);
  svg.setAttribute("viewBox", `0 0 100 ${ROW * rows.length}`);
  svg.setAttribute("preserveAspectRatio", "none");
  svg.style.height = `${ROW * rows.length}px`;
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", label);
  svg.replaceChildren(...rows.map(({ parent, from, tokens, current }, i) => {
    const line = document.createElementNS(NS, "path");
    line.setAttribute("d", `${parent < 0 ? `M ${x(0)} ${y(i)}` : `M ${x(from)} ${y(parent)} V ${y(i)}`} H ${x(Math.max(tokens, from + 0.4))}`);
    line.setAttribute("class", current ? "current" : "");
    return line;
  }).sort((a, b) => (a.getAttribute("class") > b.getAttribute("class")) - (a.getAttribute("class") < b.getAttribute("class"))));
}
