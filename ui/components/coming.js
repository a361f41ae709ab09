// How much there is of what is being fetched; as long as more comes, it is asked for again after a pause.
import { element } from "./kit.js";

export const sheet = "models.css";
const PAUSE = 400;                  // ms

export function draw(root, part, { ask }) {
  let bar = root.querySelector("progress");
  if (!bar) {
    bar = element("progress");
    const box = element("div", "coming");
    box.append(bar, element("span"));
    root.append(box);
  }
  bar.setAttribute("aria-label", part.label);
  bar.max = 1;
  if (part.share === null) bar.removeAttribute("value"); else bar.value = part.share;
  bar.nextSibling.textContent = part.text;
  setTimeout(ask, PAUSE);
}
