// The tokens of the text, one chip each; dropped ones struck out, the model's own token dashed.
import { element } from "./kit.js";

export function draw(root, part) {
  let list = root.firstChild;
  if (!list) { list = element("div", "chips"); list.setAttribute("role", "list"); list.tabIndex = 0; root.append(list); }
  const chips = part.tokens;
  while (list.childElementCount < chips.length) list.append(item());
  while (list.childElementCount > chips.length) list.lastChild.remove();
  chips.forEach(({ text, state, title }, i) => {
    const chip = list.children[i], name = `chip ${state || (i % 2 ? "odd" : "")}`;
    if (chip.textContent !== text) chip.textContent = text;
    if (chip.className !== name) chip.className = name;
    if (chip.title !== title) chip.title = title ?? "";
  });
}

export function item() {
  const chip = element("span", "chip");
  chip.setAttribute("role", "listitem");
  return chip;
}
