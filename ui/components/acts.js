// What can be done with the model that is looked at: buttons in a row, each of which sets something or asks for it.
import { element } from "./kit.js";

export function draw(root, part, { send }) {
  const row = root.firstChild ?? root.appendChild(element("div", "controls"));
  while (row.childElementCount < part.acts.length) row.append(Object.assign(element("button", "press"), { type: "button" }));
  while (row.childElementCount > part.acts.length) row.lastChild.remove();
  part.acts.forEach(({ id, label, knobs, wish, value, disabled }, i) => {
    const button = Object.assign(row.children[i], { textContent: label, disabled });
    button.dataset.name = id;
    button.onclick = () => send({ ...knobs, ...(wish && { [wish]: `${value}:${Date.now()}` }) });
  });
}
