// A few sentences to read, where no figure would say it better.
import { element, write } from "./kit.js";

export const sheet = "models.css";

export function draw(root, part) {
  write(root.firstChild ?? root.appendChild(element("p", "prose")), part.text);
}
