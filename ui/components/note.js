// Words where a figure would stand: why there is none, or what to choose to see one.
import { write } from "./kit.js";

export function draw(root, part) {
  root.className = "body empty";
  write(root, part.text);
}
