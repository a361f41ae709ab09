// Numbers so far apart that only powers of ten hold them: bars on a scale where each step is ten times as much.
import { element } from "./kit.js";

export const sheet = "models.css";

export function draw(root, part, { label }) {
  let box = root.firstChild;
  if (!box) {
    box = element("div", "decades");
    box.setAttribute("role", "img");
    box.append(element("div", "lines"), element("div", "ticks"));
    root.append(box);
  }
  box.setAttribute("aria-label", label);
  box.children[0].replaceChildren(...part.rows.map(({ name, text, share, tokens }) => {
    const line = element("div", "line"), title = element("span", "name"), track = element("span", "track"), fill = element("span", "fill"), value = element("span", "value");
    title.textContent = name;
    value.textContent = text;
    fill.style.width = `${100 * share}%`;
    fill.dataset.value = share;
    line.dataset.tokens = tokens;
    line.title = `${name}: ${text}`;
    track.append(fill);
    line.append(title, track, value);
    return line;
  }));
  box.children[1].replaceChildren(...part.ticks.map(({ share, text }) => {
    const tick = element("span");
    tick.textContent = text;
    tick.style.left = `${100 * share}%`;
    return tick;
  }));
}
