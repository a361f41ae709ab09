// Texts being written, side by side; once a piece is painted, the next is asked for, so the browser sets the pace.
import { element } from "./kit.js";

export function draw(root, part, { ask }) {
  let grid = root.firstChild;
  if (!grid) { grid = element("div", "panels"); root.append(grid); }
  while (grid.childElementCount < part.panels.length) grid.append(panel());
  while (grid.childElementCount > part.panels.length) grid.lastChild.remove();
  part.panels.forEach((entry, i) => {
    const [label, written] = grid.children[i].children;
    label.firstChild.textContent = entry.label;
    label.lastChild.textContent = entry.note ?? "";
    written.children[0].textContent = entry.prompt ?? "";
    written.children[1].textContent = entry.text;
    written.children[2].hidden = entry.done;
  });
  if (part.more) setTimeout(ask, 0);
}

function panel() {
  const box = element("div", "panel"), label = element("div", "label"), written = element("div", "written");
  label.append(element("span"), element("span"));
  written.append(element("span", "prompt"), element("span"), element("span", "cursor"));
  box.append(label, written);
  return box;
}
