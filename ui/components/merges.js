// A word from its bytes to its tokens, one merge at a time: by slider, by button, or played, until it is stopped or done.
import { element, write } from "./kit.js";

export const sheet = "pieces.css";
const made = new WeakMap();
const BEAT = 750;                                   // milliseconds between two merges when played

export function draw(root, part, { send }) {
  let state = made.get(root);
  if (!state) made.set(root, (state = build(root)));
  const word = part.start.map(({ hex }) => hex).join(" "), same = state.word === word;
  Object.assign(state, { part, send, word });
  if (!same) halt(state);
  follow(state, same, part.step ?? part.made.length);
  const { box, empty } = state;
  empty.hidden = part.start.length > 0;
  box.hidden = !empty.hidden;
  empty.textContent = part.missing;
  if (box.hidden) return;
  say(state);
  if (!same) list(state);
  show(state);
}

// Go where the page says, but not to what was only an echo: by then the reader may have stepped on.
function follow(state, same, step) {
  const echo = state.reported.indexOf(step);
  if (same && echo >= 0) state.reported.splice(0, echo + 1);
  else if (!same || state.asked !== step) Object.assign(state, { step, reported: [] });
  state.asked = step;
}

function build(root) {
  const box = element("div", "merges"), steps = element("div", "steps"), state = {
    root, box, empty: element("p", "empty"), back: element("button"), on: element("button"), play: element("button", "play"), range: element("input"),
    output: element("output"), stage: element("div", "stage"), rule: element("p", "rule"), list: element("ol"), step: 0, timer: null, reported: [] };
  const { back, on, play, range, output, stage, rule } = state;
  for (const button of [back, on, play]) button.type = "button";
  back.textContent = "◀";
  on.textContent = "▶";
  back.onclick = () => { halt(state); to(state, state.step - 1); report(state); };
  on.onclick = () => { halt(state); to(state, state.step + 1); report(state); };
  play.onclick = () => (state.timer ? (halt(state), report(state)) : start(state));
  Object.assign(range, { type: "range", min: 0, step: 1 });
  range.oninput = () => { halt(state); to(state, Number(range.value)); };
  range.onchange = () => report(state);
  rule.setAttribute("role", "status");
  stage.setAttribute("role", "list");
  steps.append(back, play, on, range, output);
  box.append(steps, stage, rule, state.list);
  root.replaceChildren(state.empty, box);
  return state;
}

// Play from the beginning where the end was reached, and stop at the end.
function start(state) {
  if (state.step === state.part.made.length) to(state, 0);
  state.timer = setInterval(() => {
    if (!state.root.isConnected) return halt(state);
    to(state, state.step + 1);
    if (state.step === state.part.made.length) { halt(state); report(state); }
  }, BEAT);
  say(state);
}

function halt(state) {
  clearInterval(state.timer);
  state.timer = null;
  if (state.part) say(state);
}

function to(state, step) {
  state.step = Math.min(state.part.made.length, Math.max(0, step));
  show(state);
}

function report({ send, part, step, reported }) {
  reported.push(step);
  send({ [part.knob]: step === part.made.length ? "" : String(step) });
}

function say({ part: { words, made }, back, on, play, range, timer }) {
  back.setAttribute("aria-label", words.back); back.title = words.back;
  on.setAttribute("aria-label", words.on); on.title = words.on;
  range.setAttribute("aria-label", words.slider);
  range.max = made.length;
  play.textContent = timer ? words.stop : words.play;
}

// The pieces after so many merges, each with where it came from.
function after({ start, made }, step) {
  const pieces = [...start];
  for (const piece of made.slice(0, step)) pieces.splice(piece.at, 2, piece);
  return pieces;
}

function show(state) {
  const { part, step, stage, rule, range, output, back, on, play, list } = state, pieces = after(part, step), next = part.made[step], last = part.made[step - 1];
  while (stage.childElementCount < pieces.length) stage.append(bit());
  while (stage.childElementCount > pieces.length) stage.lastChild.remove();
  pieces.forEach((piece, i) => {
    const shown = stage.children[i];
    shown.className = `bit${last && i === last.at ? " fresh" : ""}${next && (i === next.at || i === next.at + 1) ? " next" : ""}`;
    shown.dataset.id = piece.id;
    shown.firstChild.textContent = piece.text;
    shown.lastChild.textContent = piece.hex;
    shown.lastChild.hidden = piece.hex === piece.text;
  });
  range.value = step;
  output.textContent = fill(part.words.step, { step, all: part.made.length });
  range.setAttribute("aria-valuetext", output.textContent);
  back.disabled = step === 0;
  on.disabled = step === part.made.length;
  play.disabled = !part.made.length;
  write(rule, last ? rules(part, step - 1) : next ? part.words.start : "");
  [...list.children].forEach((line, i) => { if (i === step - 1) line.setAttribute("aria-current", "step"); else line.removeAttribute("aria-current"); });
  const line = list.children[step - 1];
  if (line) list.scrollTop = line.offsetTop - list.offsetTop - list.clientHeight / 2; else list.scrollTop = 0;
}

function bit() {
  const made = element("div");
  made.setAttribute("role", "listitem");
  made.append(element("span"), element("small"));
  return made;
}

function sides(part, i) {
  const before = after(part, i), { at } = part.made[i];
  return [before[at].text, before[at + 1].text];
}

function rules(part, i) {
  const [left, right] = sides(part, i).map((text) => text.replaceAll("**", "∗∗")), { text, rank } = part.made[i];
  return fill(part.words.rule, { left, right, made: text.replaceAll("**", "∗∗"), rank, rules: part.words.rules });
}

// Every merge in a line of its own: a way to jump there for the mouse; the slider is the way for keys.
function list(state) {
  const { part } = state;
  state.list.replaceChildren(...part.made.map((piece, i) => {
    const line = element("li"), number = element("span"), what = element("code"), rank = element("span"), [left, right] = sides(part, i);
    number.textContent = i + 1;
    what.textContent = what.title = `${left} + ${right} → ${piece.text}`;
    rank.textContent = fill(part.words.rank, { rank: piece.rank });
    line.append(number, what, rank);
    line.onclick = () => { halt(state); to(state, i + 1); report(state); };
    return line;
  }));
}

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
