// What is stated of one model, or of two side by side: terms in rows, a column for each.
import { element } from "./kit.js";

export const sheet = "models.css";

export function draw(root, part, { label }) {
  const table = element("table", "facts"), head = element("tr");
  table.setAttribute("aria-label", label);
  head.append(cell("th", ""), ...part.columns.map((name) => Object.assign(cell("th", name), { scope: "col" })));
  table.append(element("thead"), element("tbody"));
  if (part.columns.length > 1) table.tHead.append(head);
  for (const { term, values } of part.terms) {
    const row = element("tr");
    row.append(Object.assign(cell("th", term), { scope: "row" }), ...values.map((value) => cell("td", value)));
    table.tBodies[0].append(row);
  }
  const said = table.outerHTML;
  if (root.dataset.said === said) return;
  root.dataset.said = said;
  root.replaceChildren(table);
}

const cell = (tag, text) => Object.assign(element(tag), { textContent: text });
