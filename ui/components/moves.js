// Two ways of using the same weights side by side: a table of what each moves, and a bar for each part of the model.
import { element, write } from "./kit.js";

export const sheet = "training.css";

export function draw(root, part) {
  let table = root.firstChild;
  if (!table) {
    table = element("table", "moves");
    table.append(element("thead"), element("tbody"));
    root.append(table);
  }
  const [head, body] = table.children;
  fill(head, [{ cells: part.columns.map((text) => ({ text })), head: true }]);
  fill(body, part.rows);
}

function fill(section, rows) {
  while (section.childElementCount < rows.length) section.append(element("tr"));
  while (section.childElementCount > rows.length) section.lastChild.remove();
  rows.forEach(({ cells, head, id }, r) => {
    const line = section.children[r];
    line.dataset.id = id ?? "";
    while (line.childElementCount < cells.length) line.append(element(head || !line.childElementCount ? "th" : "td"));
    while (line.childElementCount > cells.length) line.lastChild.remove();
    cells.forEach(({ text, kind, value }, c) => {
      const cell = line.children[c];
      cell.scope = head ? "col" : c ? "" : "row";
      cell.className = kind ?? "";
      if (value !== undefined) cell.dataset.value = value;
      write(cell, text);
    });
  });
}
