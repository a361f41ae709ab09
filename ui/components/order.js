// The words of the text as chips that can be dragged, or moved with Shift and an arrow key; each says where it stood.
import { along, element } from "./kit.js";

export const sheet = "positions.css";
const made = new WeakMap();

export function draw(root, part, { send, label }) {
  let state = made.get(root);
  if (!state) made.set(root, (state = build(root)));
  Object.assign(state, { part, send });
  follow(state, part.order);
  state.list.setAttribute("aria-label", label);
  state.readout.textContent = part.words.length ? "" : part.said.empty;
  show(state);
}

// Take the page's order, but not while a word is held, nor when it only echoes what was reported here: by then the reader may have moved on.
function follow(state, order) {
  const said = order.join("."), echo = state.reported.indexOf(said);
  if (state.held !== null) return;
  if (echo >= 0) state.reported.splice(0, echo + 1);
  else state.reported = [];
  if (!state.reported.length || state.order.length !== order.length) state.order = [...order];
}

function build(root) {
  const list = element("div", "order"), readout = element("p", "readout quiet"), state = { list, readout, order: [], reported: [], held: null, at: 0, before: "" };
  const under = (target) => [...list.children].indexOf(target?.closest?.("button"));
  list.setAttribute("role", "group");
  readout.setAttribute("role", "status");
  list.onkeydown = (event) => {
    const step = along(event), from = under(document.activeElement);
    if (!step || from < 0) return;
    event.preventDefault();
    const to = Math.min(state.order.length - 1, Math.max(0, from + step));
    if (event.shiftKey && to !== from) { move(state, from, to); report(state); }
    focus(state, to);
  };
  list.onpointerdown = (event) => {
    const at = under(event.target);
    if (at < 0 || event.button) return;
    Object.assign(state, { held: at, before: state.order.join(".") });
    list.setPointerCapture(event.pointerId);
    focus(state, at);
    show(state);
  };
  list.onpointermove = (event) => {
    if (state.held === null) return;
    const to = under(document.elementFromPoint(event.clientX, event.clientY));
    if (to < 0 || to === state.held || !list.contains(list.children[to])) return;
    move(state, state.held, to);
    state.held = to;
    focus(state, to);
    show(state);
  };
  const drop = () => {
    if (state.held === null) return;
    state.held = null;
    show(state);
    if (state.order.join(".") !== state.before) report(state);
  };
  list.onpointerup = drop;
  list.onpointercancel = drop;
  list.addEventListener("focusin", (event) => { state.at = under(event.target); show(state); });
  root.replaceChildren(list, readout);
  return state;
}

function move(state, from, to) {
  state.order.splice(to, 0, ...state.order.splice(from, 1));
  show(state);
  state.readout.textContent = said(state, to);
}

function report({ order, reported, send, part }) {
  reported.push(order.join("."));
  send({ [part.knob]: order.join(".") });
}

function focus(state, at) {
  state.at = at;
  state.list.children[at]?.focus({ preventScroll: true });
}

const said = ({ part, order }, i) => part.said.word.replace(/\{(\w+)\}/g, (_, name) => ({ word: part.words[order[i]], place: i + 1, typed: order[i] + 1 })[name]);

function show(state) {
  const { list, part, order, held } = state;
  while (list.childElementCount < order.length) list.append(chip());
  while (list.childElementCount > order.length) list.lastChild.remove();
  state.at = Math.min(Math.max(0, state.at), Math.max(0, order.length - 1));
  order.forEach((word, i) => {
    const shown = list.children[i], [text, small] = shown.children;
    shown.className = `${word !== i ? "moved" : ""}${held === i ? " held" : ""}`.trim();
    shown.dataset.word = word;
    shown.tabIndex = i === state.at ? 0 : -1;
    if (text.textContent !== part.words[word]) text.textContent = part.words[word];
    small.textContent = word !== i ? part.said.was.replace("{typed}", word + 1) : i + 1;
    shown.setAttribute("aria-label", said(state, i));
  });
}

function chip() {
  const made = element("button");
  made.type = "button";
  made.setAttribute("aria-keyshortcuts", "Shift+ArrowLeft Shift+ArrowRight");
  made.append(element("span", "text"), element("small"));
  return made;
}
