// What can be done with the model that is looked at: buttons in a row, each of which sets something or asks for it.
import { element } from "./kit.js";

export function draw(root, part, { send }) {
  const row = root.firstChild ?? root.appendChild(element("div", "controls"));
  row.replaceChildren(...part.acts.map(({ id, label, knobs, wish, value, disabled }) => {
    const button = Object.assign(element("button", "press"), { type: "button", textContent: label, disabled });
    button.dataset.name = id;
    button.onclick = () => send({ ...knobs, ...(wish && { [wish]: `${value}:${Date.now()}` }) });
    return button;
  }));
}
