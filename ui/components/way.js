// The ideas that come before one, in the order to read them; each can be chosen.
import { element } from "./kit.js";

export const sheet = "glossary.css";

export function draw(root, part, { send }) {
  const list = root.firstChild ?? root.appendChild(element("ol", "way"));
  list.setAttribute("aria-label", part.words.name);
  while (list.childElementCount < part.steps.length) {
    const item = list.appendChild(element("li")), button = item.appendChild(element("button"));
    button.type = "button";
  }
  while (list.childElementCount > part.steps.length) list.lastChild.remove();
  part.steps.forEach(({ id, name }, i) => {                          // in place: the focus stays
    const button = list.children[i].firstChild;
    button.textContent = name;
    button.dataset.id = id;
    if (id === part.chosen) button.setAttribute("aria-current", "step"); else button.removeAttribute("aria-current");
    button.onclick = () => send({ "glossary.idea": id });
  });
}
