// Tokens as chips: pointed at, or reached with the arrow keys, one says in words what it is; a click can choose its word.
import { element, write } from "./kit.js";

export const sheet = "pieces.css";
const made = new WeakMap();
const HUES = 5;

export function draw(root, part, { send, label }) {
  let state = made.get(root);
  if (!state) made.set(root, (state = build(root)));
  Object.assign(state, { part, send });
  const { list, counts, note } = state;
  counts.hidden = !part.counts.length;
  while (counts.childElementCount < part.counts.length) counts.append(count());
  part.counts.forEach(([value, name], i) => { counts.children[i].firstChild.textContent = value; counts.children[i].lastChild.textContent = name; });
  list.setAttribute("aria-label", label);
  chips(list, part.tokens, part.knobs.length ? part.picked : undefined);
  if (state.at >= part.tokens.length) state.at = part.tokens.length - 1;
  reach(state);
  legend(note, part.words);
  tell(state, state.held ? state.at : -1);
}

// The chips of a row, changed in place, each a `tag`; with `picked`, those of the picked word are marked.
export function chips(list, tokens, picked, tag = "button") {
  while (list.childElementCount < tokens.length) list.append(chip(tag));
  while (list.childElementCount > tokens.length) list.lastChild.remove();
  tokens.forEach((token, i) => {
    const made = list.children[i], [text, note] = made.children, coloured = token.level !== null && token.level !== undefined;
    const name = ["piece", token.state, token.starts && i ? "starts" : "", coloured ? "level" : token.state === "special" ? "" : `hue${i % HUES}`].filter(Boolean).join(" ");
    if (made.className !== name) made.className = name;
    if (text.textContent !== token.text) text.textContent = token.text;
    if (note.textContent !== token.note) note.textContent = token.note;
    Object.assign(made.dataset, { id: token.id, hex: token.hex, word: token.word ?? "", level: token.level ?? "" });
    made.style.setProperty("--level", token.level ?? 0);
    if (picked !== undefined) made.setAttribute("aria-pressed", token.word !== null && token.word === picked);
  });
}

function chip(tag) {
  const made = element(tag);
  if (tag === "button") made.type = "button"; else made.setAttribute("role", "listitem");
  made.append(element("span", "text"), element("small"));
  return made;
}

function count() {
  const made = element("div"), value = element("b"), name = element("span");
  made.append(value, name);
  return made;
}

function build(root) {
  const state = { counts: element("div", "counts"), list: element("div", "pieces"), readout: element("p", "readout"), note: element("div", "legend"), at: 0, held: false };
  const { list } = state, under = (event) => [...list.children].indexOf(event.target.closest?.(".piece"));
  list.setAttribute("role", "group");
  state.readout.setAttribute("role", "status");
  list.onpointerover = (event) => { const at = under(event); if (at >= 0) tell(state, at); };
  list.onpointerleave = () => tell(state, state.held ? state.at : -1);
  list.addEventListener("focusin", (event) => { state.at = Math.max(0, under(event)); state.held = true; reach(state); tell(state, state.at); });
  list.addEventListener("focusout", () => { state.held = false; tell(state, -1); });
  list.onkeydown = (event) => {
    const last = list.childElementCount - 1, to = { ArrowRight: state.at + 1, ArrowDown: state.at + 1, ArrowLeft: state.at - 1, ArrowUp: state.at - 1, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    list.children[Math.min(last, Math.max(0, to))].focus();
  };
  list.onclick = (event) => {
    const token = state.part.tokens[under(event)], [first, ...rest] = state.part.knobs;
    if (first && token && token.word !== null) state.send({ [first]: String(token.word), ...Object.fromEntries(rest.map((name) => [name, ""])) });
  };
  root.replaceChildren(state.counts, list, state.readout, state.note);
  return state;
}

// One chip is in the order of the Tab key; the arrows lead to the others.
function reach({ list, at }) {
  [...list.children].forEach((chip, i) => { chip.tabIndex = i === Math.max(0, at) ? 0 : -1; });
}

function tell({ part, readout }, at) {
  const token = part.tokens[at];
  readout.classList.toggle("quiet", !token);
  write(readout, token ? token.say : part.words.rest);
}

// What the colours mean: nothing but a border between pieces, or a scale.
function legend(note, words) {
  const said = JSON.stringify(words);
  if (note.dataset.said === said) return;
  note.dataset.said = said;
  if (!words.low) { note.textContent = words.colours; return; }
  const bar = element("span");
  bar.append(words.low, element("span", "scale surprise"), words.high);
  note.replaceChildren(bar, Object.assign(element("span"), { textContent: words.colours }));
}
