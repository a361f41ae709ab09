// Places of a text, each with the token that matters marked and its value beside it.
import { element } from "./kit.js";

export const sheet = "block.css";

export function draw(root, part, { label }) {
  let list = root.firstChild;
  if (!list) { list = element("ol", "places"); root.append(list); }
  list.setAttribute("aria-label", label);
  while (list.childElementCount < part.rows.length) {
    const row = list.appendChild(element("li")), text = element("span", "text");
    text.append(element("span"), element("mark"), element("span"));
    row.append(text, element("span", "value"));
  }
  while (list.childElementCount > part.rows.length) list.lastChild.remove();
  part.rows.forEach(({ before, token, after, text, value }, i) => {
    const [said, number] = list.children[i].children;
    [before, token, after].forEach((piece, n) => { said.children[n].textContent = piece; });
    number.textContent = text;
    number.dataset.value = value;
  });
}
