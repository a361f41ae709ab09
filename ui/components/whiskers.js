// Shares with their intervals: a row for each ability, a column for each language, a dot with whiskers for each model; a row says its numbers in words.
import { element, write } from "./kit.js";

export const sheet = "models.css";
const made = new WeakMap();

export function draw(root, part, { label }) {
  let state = made.get(root);
  if (!state) made.set(root, (state = build(root)));
  const { table, readout, legend } = state, said = JSON.stringify([part.rows, part.models, part.words]);
  table.setAttribute("aria-label", label);
  if (state.said === said) return;
  state.said = said;
  state.part = part;
  const head = element("tr");
  head.append(named("th", part.words.ability), ...Object.values(part.languages).map((name) => named("th", name)));
  for (const cell of head.children) cell.scope = "col";
  table.tHead.replaceChildren(head, scale(part));
  table.tBodies[0].replaceChildren(...part.rows.map((row) => line(state, row)));
  legend.replaceChildren(...part.models.map((name, i) => key(`dot m${i}`, name)), key("tick", part.words.guess));
  write(readout, part.words.point);
}

function build(root) {
  const state = { table: element("table", "whiskers"), legend: element("div", "legend"), readout: element("p", "readout quiet") };
  state.table.append(element("thead"), element("tbody"));
  state.readout.setAttribute("aria-live", "polite");
  root.replaceChildren(state.legend, state.table, state.readout);
  return state;
}

function line(state, { id, name, cells }) {
  const row = element("tr"), head = Object.assign(named("th", name), { scope: "row" });
  row.tabIndex = 0;
  row.dataset.ability = id;
  row.append(head, ...cells.map((cell) => track(state.part, cell)));
  const titles = cells.flatMap(({ dots, guess_title: guess }) => [...dots.map((dot) => dot.title), guess]).filter(Boolean);
  row.onfocus = row.onmouseenter = () => write(state.readout, `**${name}** · ${titles.join(" · ") || state.part.words.none}`);
  return row;
}

function track(part, { language, dots, guess }) {
  const cell = element("td"), holder = element("div", "holder"), place = element("div", "track"), values = element("div", "values");
  cell.dataset.language = language;
  holder.append(named("span", part.languages[language], "where"), place, values);
  cell.append(holder);
  if (guess !== null) place.append(at(element("span", "tick"), guess));
  for (const { model, share, low, high, text, title } of dots) {
    const whisker = at(element("span", `whisker m${model}`), low), dot = at(element("span", `dot m${model}`), share);
    whisker.style.width = `${100 * (high - low)}%`;
    Object.assign(dot.dataset, { model, value: share, low, high });
    dot.title = title;
    place.append(whisker, dot);
    values.append(named("span", text, `m${model}`));
  }
  if (!dots.length) values.append(named("span", part.words.none, "quiet"));
  return cell;
}

function scale(part) {
  const row = element("tr", "scale");
  row.append(element("td"), ...Object.keys(part.languages).map(() => {
    const cell = element("td"), holder = element("div", "holder"), place = element("div", "track");
    place.append(...[0, 0.5, 1].map((share) => at(named("span", part.words[`at_${100 * share}`]), share)));
    holder.append(place);
    cell.append(holder);
    return cell;
  }));
  row.setAttribute("aria-hidden", "true");
  return row;
}

function key(mark, name) {
  const entry = element("span");
  entry.append(element("span", mark), document.createTextNode(name));
  return entry;
}

const at = (made, share) => { made.style.left = `${100 * share}%`; return made; };
const named = (tag, text, name) => Object.assign(element(tag, name), { textContent: text });
