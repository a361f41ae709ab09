// Texts being written, side by side; once a piece is painted, the next is asked for, so the browser sets the pace.
import { element, put } from "./kit.js";

const next = new WeakMap();

export function draw(root, part, { ask }) {
  let grid = root.firstChild;
  if (!grid) { grid = element("div", "panels"); root.append(grid); }
  while (grid.childElementCount < part.panels.length) grid.append(panel());
  while (grid.childElementCount > part.panels.length) grid.lastChild.remove();
  part.panels.forEach((entry, i) => {
    const [label, written] = grid.children[i].children;
    put(label.firstChild, entry.label);
    put(label.lastChild, entry.note ?? "");
    put(written.children[0], entry.prompt ?? "");
    put(written.children[1], entry.text);
    written.children[2].hidden = entry.done;
  });
  clearTimeout(next.get(root));
  if (part.more) next.set(root, setTimeout(ask));
}

function panel() {
  const box = element("div", "panel"), label = element("div", "label"), written = element("div", "written");
  label.append(element("span"), element("span"));
  written.append(element("span", "prompt"), element("span"), element("span", "cursor"));
  box.append(label, written);
  return box;
}
