// What is computed when: a column for each position, a row for each step one after the other, for several ways of reading.
import { element } from "./kit.js";

export const sheet = "training.css";

export function draw(root, part) {
  let box = root.firstChild;
  if (!box) root.append((box = element("div", "stairs")));
  while (box.childElementCount < part.ways.length) { const way = element("div", "way"); way.append(element("b"), element("div", "field"), element("span", "quiet")); box.append(way); }
  part.ways.forEach(({ name, said, steps, chained, colour }, w) => {
    const [title, field, note] = box.children[w].children, n = part.positions;
    title.textContent = name;
    note.textContent = said;
    field.style.setProperty("--n", n);
    field.style.setProperty("--tint", `var(--${colour})`);
    field.dataset.steps = steps;
    while (field.childElementCount < n * n) field.append(element("i"));
    [...field.children].forEach((cell, i) => {
      const row = Math.floor(i / n), column = i % n, now = steps === 1 ? row === 0 : row === column;
      cell.className = row >= steps ? "none" : now ? "now" : row > column ? (chained ? "" : "kept") : "";
    });
  });
}
