// A calculation as steps: what is done, with which numbers, and what comes out.
import { element, write } from "./kit.js";

export const sheet = "heads.css";

export function draw(root, part) {
  let list = root.firstChild;
  if (!list) { list = element("dl", "steps"); root.append(list); }
  while (list.childElementCount < 3 * part.steps.length) list.append(element("dt"), element("dd"), element("dd", "value"));
  while (list.childElementCount > 3 * part.steps.length) list.lastChild.remove();
  part.steps.forEach(({ name, how, text, value, refused }, i) => {
    const [title, note, out] = [...list.children].slice(3 * i, 3 * i + 3);
    write(title, name);
    write(note, how);
    out.textContent = text;
    out.dataset.value = value;
    out.classList.toggle("refused", Boolean(refused));
  });
}
