// What adds up, row by row: each column is words, a number, a length (of a part, or of the stream) as a bar, or a signed number as a bar around
// zero. The name of a row can be a button that sets the part's knob.
import { element, write } from "./kit.js";

export const sheet = "block.css";
const made = new WeakMap(), BARE = new Set(["words", "number"]);

export function draw(root, part, { label, send }) {
  let state = made.get(root);
  const shape = part.columns.map(({ kind }) => kind).join();
  if (state?.shape !== shape) made.set(root, (state = build(root, part, shape)));
  state.report = (value) => send({ [part.knob]: value });
  state.table.setAttribute("aria-label", label);
  write(state.heads[0], part.name);
  part.columns.forEach(({ name, scale }, i) => {
    const [first, second] = state.heads[i + 1].children;
    write(first, name);
    second.textContent = scale ?? "";
  });
  while (state.rows.length < part.rows.length) state.rows.push(row(state, part.columns));
  while (state.rows.length > part.rows.length) state.rows.pop().line.remove();
  part.rows.forEach((entry, i) => fill(state.rows[i], entry, part.columns));
}

function build(root, part, shape) {
  const table = element("table", "ledger"), head = table.createTHead().insertRow(), body = table.createTBody();
  const heads = [null, ...part.columns].map((column) => {
    const cell = head.appendChild(element("th", column?.kind ?? "name"));
    cell.scope = "col";
    if (column) cell.append(element("span"), element("small"));
    return cell;
  });
  root.replaceChildren(table);
  return { shape, table, heads, body, rows: [] };
}

function row(state, columns) {
  const line = state.body.insertRow(), head = line.appendChild(element("th")), name = head.appendChild(element("span")), press = head.appendChild(element("button", "choose"));
  head.scope = "row";
  press.type = "button";
  press.onclick = () => state.report(press.value);
  const cells = columns.map(({ kind }) => {
    const cell = line.appendChild(element("td", kind));
    if (BARE.has(kind)) return { cell };
    const track = cell.appendChild(element("div", "track")), bar = track.appendChild(element("div", "fill")), number = cell.appendChild(element("span", "value"));
    return { cell, track, bar, number };
  });
  return { line, name, press, cells };
}

function fill({ line, name, press, cells }, { name: said, title, tone, cells: entries, choose, marked, total }, columns) {
  line.className = `${tone ?? ""}${marked ? " marked" : ""}${total ? " total" : ""}`;
  line.title = title ?? "";
  write(choose ? press : name, said);
  name.hidden = Boolean(choose);
  press.hidden = !choose;
  press.value = choose ?? "";
  entries.forEach((entry, i) => {
    const { cell, track, bar, number } = cells[i], { kind, most } = columns[i];
    if (BARE.has(kind)) return write(cell, entry.text);
    number.textContent = entry.text;
    track.hidden = Boolean(total) || entry.value === null;
    const share = entry.value / (most || 1);
    bar.dataset.value = entry.value ?? "";
    if (kind !== "signed") return Object.assign(bar.style, { left: 0, width: `${100 * share}%` });
    bar.classList.toggle("down", share < 0);
    Object.assign(bar.style, { left: `${50 + Math.min(0, 50 * share)}%`, width: `${50 * Math.abs(share)}%` });
  });
}
