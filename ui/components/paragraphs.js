// Words where a figure would stand, a paragraph for each thought.
import { element, write } from "./kit.js";

export const sheet = "scale.css";

export function draw(root, part) {
  while (root.childElementCount < part.texts.length) root.append(element("p", "thought"));
  while (root.childElementCount > part.texts.length) root.lastChild.remove();
  part.texts.forEach((text, i) => write(root.children[i], text));
}
