// Probabilities as rows: name, bar, value; optionally the change against another model or window.
import { element, put } from "./kit.js";

const made = new WeakMap();

export function draw(root, part, { label }) {
  let state = made.get(root);
  if (!state) {
    state = { grid: element("div", "bars"), rows: [] };
    state.grid.setAttribute("role", "list");
    root.replaceChildren(state.grid);
    made.set(root, state);
  }
  state.grid.setAttribute("aria-label", label);
  while (state.rows.length < part.rows.length) state.rows.push(row(state.grid));
  while (state.rows.length > part.rows.length) state.rows.pop().line.remove();
  part.rows.forEach((entry, i) => fill(state.rows[i], entry));
}

function row(grid) {
  const cells = { name: element("span", "name"), track: element("div", "track"), value: element("span", "value") };
  const line = element("div", "line"), bar = element("div", "fill"), number = element("span"), delta = element("span", "delta");
  cells.track.append(bar);
  cells.value.append(number, delta);
  line.setAttribute("role", "listitem");
  line.append(cells.name, cells.track, cells.value);
  grid.append(line);
  return { line, cells, bar, number, delta };
}

function fill({ cells, bar, number, delta }, entry) {
  cells.name.className = "name" + (entry.rest ? " rest" : "");
  cells.track.className = "track" + (entry.rest ? " rest" : "");
  bar.className = "fill" + (entry.marked ? " marked" : "");
  put(cells.name, entry.name);
  if (cells.name.title !== entry.name) cells.name.title = entry.name;
  bar.style.width = `${100 * entry.value}%`;
  bar.dataset.value = entry.value;
  put(number, entry.text);
  delta.hidden = entry.delta === undefined;
  put(delta, entry.delta ?? "");
  delta.className = "delta" + (entry.way > 0 ? " up" : entry.way < 0 ? " down" : "");
}
