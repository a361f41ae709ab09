// The ideas that come before one, in the order to read them; each can be chosen.
import { element } from "./kit.js";

export const sheet = "glossary.css";

export function draw(root, part, { send }) {
  const list = root.firstChild ?? root.appendChild(element("ol", "way"));
  list.setAttribute("aria-label", part.words.name);
  list.replaceChildren(...part.steps.map(({ id, name }) => {
    const item = element("li"), button = element("button");
    button.type = "button";
    button.textContent = name;
    button.dataset.id = id;
    if (id === part.chosen) button.setAttribute("aria-current", "step");
    button.onclick = () => send({ "glossary.idea": id });
    item.append(button);
    return item;
  }));
}
