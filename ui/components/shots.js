// Examples as rows that are edited in place, added, removed, moved and spoilt; beside each, what the model makes of the question after it.
import { along, element } from "./kit.js";

export const sheet = "shots.css";
const made = new WeakMap();
const TOOLS = ["up", "down", "spoil", "remove"], SIGNS = { up: "↑", down: "↓", spoil: "≠", remove: "×" };

export function draw(root, part, { send, label }) {
  let state = made.get(root);
  if (!state) made.set(root, (state = build(root)));
  Object.assign(state, { part, send });
  follow(state);
  state.list.setAttribute("aria-label", label);
  Object.assign(state.list.dataset, { said: part.said, at: part.at });
  show(state);
}

// Take the page's examples, unless they are those that it showed before or that were reported here: by then the reader may have typed on.
function follow(state) {
  const { part } = state, echo = state.reported.indexOf(part.said), news = part.said !== state.seen;
  state.seen = part.said;
  if (echo >= 0) state.reported.splice(0, echo + 1);
  else if (news) state.reported = [];
  if (state.reported.length) return;
  state.rows = part.rows.map((row) => ({ ...row }));
  state.asked = [...part.asked];
  state.results = part.results;
}

function build(root) {
  const state = { list: element("div", "rows"), readout: element("p", "readout quiet"), rows: [], asked: ["", ""], results: [], lines: [], reported: [] };
  const { list } = state, box = element("div", "shots"), foot = element("div", "foot controls");
  list.setAttribute("role", "group");
  state.head = ["number", "pair", "result"].map((name) => element("span", `${name} quiet`));
  const head = element("div", "row head");
  head.append(...state.head);
  state.question = line(state, -1);
  state.add = button(foot, "add", () => add(state));
  state.shuffle = button(foot, "shuffle", () => shuffle(state));
  state.readout.setAttribute("role", "status");
  foot.append(state.readout);
  list.onkeydown = (event) => key(state, event);
  list.append(head, state.question.row);
  box.append(list, foot);
  root.replaceChildren(box);
  return state;
}

function button(holder, name, act) {
  const made = holder.appendChild(element("button", "press"));
  made.type = "button";
  made.dataset.do = name;
  made.onclick = act;
  return made;
}

// One row; the first has no example, the last (number -1) holds the question.
function line(state, i) {
  const row = element("div", `row${i < 0 ? " question" : i ? "" : " none"}`), number = element("span", "number"), pair = element("div", "pair"), made = { row, number, pair, cells: [], tools: {} };
  row.append(number, pair);
  if (i) for (const column of [0, 1]) {
    const input = element("input");
    Object.assign(input, { type: "text", autocomplete: "off", spellcheck: false });
    input.dataset.column = column;
    input.setAttribute("dir", "auto");
    input.oninput = () => { write(state, made.at, column, input.value); report(state); show(state); };
    if (column) pair.append(Object.assign(element("span", "arrow"), { textContent: "→" }));
    pair.append(input);
    made.cells.push(input);
  }
  if (i > 0) {
    const tools = pair.appendChild(element("div", "acts"));
    for (const name of TOOLS) {
      made.tools[name] = button(tools, name, () => ACTS[name](state, made.at));
      made.tools[name].textContent = SIGNS[name];
    }
  }
  if (i >= 0) {
    const result = made.result = row.appendChild(element("button", "result")), track = element("span", "track"), fill = element("span", "fill");
    result.type = "button";
    result.setAttribute("role", "radio");
    result.onclick = () => look(state, i);
    track.append(fill);
    Object.assign(made, { fill, percent: element("span", "percent"), greedy: element("span", "greedy") });
    result.append(track, made.percent, made.greedy);
  } else made.note = row.appendChild(element("span", "note quiet"));
  return made;
}

const clean = (text, { cell }) => [...(text.toWellFormed?.() ?? text).replace(/\p{Cc}/gu, " ")].slice(0, cell).join("").trimStart();

function write(state, at, column, text) {
  const plain = clean(text, state.part);
  if (at < 0) state.asked[column] = plain;
  else state.rows[at][column ? "answer" : "word"] = plain;
}

function say({ part, rows, asked }) {
  return JSON.stringify([part.key, ...rows.map(({ word, answer }) => [word, answer]), asked]);
}

function report(state) {
  const said = say(state);
  state.reported.push(said);
  state.send({ "fewshot.rows": said, again: Date.now() });
}

function look({ part, rows, reported, send }, i) {
  send({ ...(reported.length ? { "fewshot.rows": reported.at(-1) } : {}), "fewshot.at": i === rows.length ? "" : String(i), again: Date.now() });
}

const ACTS = {
  up: (state, at) => move(state, at, at - 1),
  down: (state, at) => move(state, at, at + 1),
  spoil: (state, at) => {
    const row = state.rows[at], answer = other(state, at);
    if (answer === undefined) return;
    row.answer = answer;
    done(state, at);
  },
  remove: (state, at) => {
    const focus = document.activeElement, inside = state.list.contains(focus), column = focus.dataset?.column ?? 0;
    state.rows.splice(at, 1);
    done(state, at);
    if (inside) (state.lines[Math.min(at + 1, state.rows.length)]?.cells[column] ?? state.question.cells[column]).focus({ preventScroll: true });
  },
};

// Another answer than this example's: the rule's own where it carries a wrong one, else the next of those that the examples carry.
function other({ rows }, at) {
  const { answer, truth } = rows[at], all = [...new Set(rows.map((row) => row.answer))].filter((text) => text.trim());
  if (truth != null && answer !== truth) return truth;
  const next = all[(all.indexOf(answer) + 1) % all.length];
  return next === answer ? undefined : next;
}

function move(state, from, to) {
  if (to < 0 || to >= state.rows.length) return;
  const focus = document.activeElement, line = state.lines[from + 1], part = line.cells.indexOf(focus), tool = TOOLS.find((name) => line.tools[name] === focus);
  state.rows.splice(to, 0, ...state.rows.splice(from, 1));
  done(state, to);
  const there = state.lines[to + 1];
  if (part >= 0) there.cells[part].focus({ preventScroll: true });
  else if (tool) (there.tools[tool].disabled ? there.tools[tool === "up" ? "down" : "up"] : there.tools[tool]).focus({ preventScroll: true });
  state.readout.textContent = state.part.words.moved.replace(/\{(\w+)\}/g, (_, name) => ({ word: state.rows[to].word, place: to + 1 })[name]);
}

function add(state) {
  if (state.rows.length >= state.part.most) return;
  const spare = state.part.spare, taken = spare && [...state.rows.map(({ word }) => word), state.asked[0]].includes(spare[0]);
  state.rows.push(spare && !taken ? { word: spare[0], answer: spare[1], truth: spare[1] } : { word: "", answer: "", truth: null });
  done(state, state.rows.length - 1);
  const [word] = state.lines[state.rows.length].cells;
  word.focus({ preventScroll: true });
  word.select();
}

function shuffle(state) {
  const before = say(state);
  for (let tries = 0; tries < 20 && say(state) === before; tries++) {
    for (let i = state.rows.length - 1; i > 0; i--) {
      const j = Math.floor(Math.random() * (i + 1));
      [state.rows[i], state.rows[j]] = [state.rows[j], state.rows[i]];
    }
  }
  if (say(state) !== before) done(state, -1);
}

function done(state) {
  state.readout.textContent = "";
  report(state);
  show(state);
}

// Up and down go to the box above or below, with Alt they take the example along; Enter adds one; Alt+Delete removes this one.
function key(state, event) {
  const at = state.lines.findIndex(({ row }) => row.contains(event.target)) - 1, { target } = event, step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (target.classList.contains("result")) {
    const by = along(event);
    if (!by) return;
    event.preventDefault();
    const next = Math.min(state.rows.length, Math.max(0, at + 1 + by));
    state.lines[next].result.focus();
    look(state, next);
    return;
  }
  if (target.tagName !== "INPUT" || event.isComposing) return;
  const asked = target.closest(".question");
  if (step && event.altKey && !asked) move(state, at, at + step);
  else if (step && !event.altKey) {
    const lines = [...state.lines.slice(1, state.rows.length + 1), state.question], here = asked ? lines.length - 1 : at;
    lines[Math.min(lines.length - 1, Math.max(0, here + step))].cells[target.dataset.column].focus();
  } else if (event.key === "Enter" && !asked) add(state);
  else if (event.key === "Delete" && event.altKey && !asked) ACTS.remove(state, at);
  else return;
  event.preventDefault();
}

function show(state) {
  const { part, rows, lines, list, question } = state, { words } = part, pending = state.reported.length > 0;
  while (lines.length < rows.length + 1) { const made = line(state, lines.length); lines.push(made); list.insertBefore(made.row, question.row); }
  while (lines.length > rows.length + 1) lines.pop().row.remove();
  [words.number, words.pair, words.result].forEach((text, i) => { state.head[i].textContent = text; });
  lines.forEach((line, i) => {
    line.at = i - 1;
    line.number.textContent = i;
    if (!i) line.pair.textContent = words.none;
    else fill(state, line, i, rows[i - 1]);
    result(line, state.results[i], i === Math.min(part.at, rows.length), i, words);
  });
  question.at = -1;
  question.number.textContent = "?";
  question.note.textContent = words.note;
  cells(question, state.asked, [words.question, words.right], part);
  list.dataset.pending = pending;
  state.add.textContent = words.add;
  state.add.disabled = rows.length >= part.most;
  state.shuffle.textContent = words.shuffle;
  state.shuffle.disabled = new Set(rows.map(({ word, answer }) => JSON.stringify([word, answer]))).size < 2;
}

function fill(state, line, i, { word, answer, truth }) {
  const { words } = state.part, wrong = truth != null && truth !== answer, next = other(state, i - 1);
  cells(line, [word, answer], [words.word.replace("{number}", i), words.answer.replace("{number}", i)], state.part);
  line.row.classList.toggle("wrong", wrong);
  line.cells[1].title = wrong ? words.truth.replace("{truth}", truth) : "";
  const names = { up: words.up, down: words.down, spoil: wrong ? words.mend.replace("{truth}", truth) : words.spoil, remove: words.remove };
  for (const name of TOOLS) {
    line.tools[name].title = names[name];
    line.tools[name].setAttribute("aria-label", `${names[name]} (${i})`);
  }
  line.tools.spoil.setAttribute("aria-pressed", wrong);
  line.tools.spoil.disabled = next === undefined;
  line.tools.up.disabled = i === 1;
  line.tools.down.disabled = i === state.rows.length;
}

function cells(line, texts, names, { cell }) {
  line.cells.forEach((input, column) => {
    if (input.value.trimStart() !== texts[column]) input.value = texts[column];
    input.maxLength = cell;
    input.setAttribute("aria-label", names[column]);
  });
}

function result(line, found, chosen, i, words) {
  line.result.setAttribute("aria-checked", chosen);
  line.result.tabIndex = chosen ? 0 : -1;
  line.row.classList.toggle("chosen", chosen);
  const { p, text, greedy, right, title } = found ?? { p: null, text: "", greedy: "", right: null, title: words.coming };
  line.fill.style.width = `${100 * (p ?? 0)}%`;
  line.fill.dataset.value = p ?? "";
  line.percent.textContent = text;
  line.greedy.textContent = greedy;
  line.greedy.dataset.right = right ?? "";
  line.result.title = title;
  line.result.setAttribute("aria-label", title);
}
