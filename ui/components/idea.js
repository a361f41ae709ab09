// The card of one idea: what it is, its numbers and a small picture, the ideas before and after it, and the way to its screen.
import { element, write } from "./kit.js";
import { picture } from "./picture.js";

export const sheet = "glossary.css";
const made = new WeakMap();

export function draw(root, part, { send, language, dark }) {
  let state = made.get(root);
  if (!state) made.set(root, (state = build(root)));
  const { words } = part, number = new Intl.NumberFormat(language, { maximumFractionDigits: 2 });
  Object.assign(state, { part, send });
  walk(state);
  write(state.text, part.text);
  state.box.hidden = !part.said;
  state.numbers.textContent = words.numbers;
  write(state.said, part.said);
  const drawn = JSON.stringify([part.picture, dark, words]);
  if (state.drawn !== drawn) picture(state.picture, part.picture, words, (value) => number.format(value).replace("-", "−"), part.said.replaceAll("**", ""));
  state.drawn = drawn;
  chips(state, "rests", words.rests, words.nothing);
  chips(state, "leads", words.leads, words.nowhere);
  state.open.hidden = !part.screen.id;
  state.later.hidden = Boolean(part.screen.id);
  state.open.textContent = words.open.replace("{screen}", part.screen.name);
  state.open.dataset.screen = part.screen.id;
  state.later.textContent = words.later.replace("{screen}", part.screen.name);
  if (state.shown && state.shown !== part.chosen && !inSight(root)) root.closest("figure").scrollIntoView({ block: "start" });
  state.shown = part.chosen;
}

// Whether the beginning of the card is to be seen, below what Streamlit keeps at the top of the window.
function inSight(root) {
  const { top } = root.closest("figure").getBoundingClientRect();
  return top > 40 && top < innerHeight - 200;
}

function build(root) {
  const card = element("div", "idea-card");
  const state = { text: element("p", "text"), box: element("div", "numbers"), numbers: element("h4"), said: element("p"), picture: element("div", "picture"),
    rests: group(), leads: group(), open: element("button", "press"), later: element("p", "quiet"),
    bar: element("div", "walk"), step: element("p"), doors: element("div", "doors") };
  for (const name of ["back", "on", "stop", "start"]) state[name] = Object.assign(element("button", `press ${name}`), { type: "button" });
  state.bar.append(state.step, state.back, state.on, state.stop);
  const go = (by) => {
    const { walk: { steps }, chosen } = state.part, next = steps[steps.includes(chosen) ? steps.indexOf(chosen) + by : 0];
    if (next) state.send({ "glossary.idea": next });
  };
  state.back.onclick = () => go(-1);
  state.on.onclick = () => go(1);
  state.stop.onclick = () => state.send({ "glossary.goal": "" });
  state.start.onclick = () => state.send({ "glossary.goal": state.part.walk.goal, "glossary.idea": state.part.walk.steps[0] });
  state.open.type = "button";
  state.open.onclick = () => { const { id, knobs } = state.part.screen; state.send({ ...knobs, go: `${id}:${Date.now()}` }); };
  state.box.append(state.numbers, state.said, state.picture);
  state.doors.append(state.open, state.later, state.start);
  card.append(state.bar, state.text, state.box, state.rests.holder, state.leads.holder, state.doors);
  root.replaceChildren(card);
  return state;
}

// The way that the reader is on, with its buttons; or the one that leads to the way to this idea.
function walk({ part: { walk: { steps, said }, chosen, words }, bar, step, back, on, stop, start }) {
  const at = steps.indexOf(chosen);
  bar.hidden = !said;
  write(step, said);
  Object.assign(back, { textContent: words.back, disabled: at <= 0 });
  Object.assign(on, { textContent: words.on, disabled: at === steps.length - 1 });
  stop.textContent = words.stop;
  Object.assign(start, { textContent: words.set_out, hidden: Boolean(said) || steps.length < 2 });
}

function group() {
  const holder = element("div", "links"), title = element("h4"), list = element("div", "row");
  holder.append(title, list);
  return { holder, title, list };
}

function chips(state, kind, title, none) {
  const { title: heading, list, holder } = state[kind], ideas = state.part.links[kind];
  holder.dataset.kind = kind;
  heading.textContent = title;
  if (!ideas.length) { list.replaceChildren(Object.assign(element("span", "quiet"), { textContent: none })); return; }
  const focused = list.contains(document.activeElement);
  list.replaceChildren(...ideas.map(({ id, name }) => {
    const button = element("button", kind);
    button.type = "button";
    button.textContent = name;
    button.dataset.id = id;
    button.onclick = () => state.send({ "glossary.idea": id });
    return button;
  }));
  if (focused) list.firstChild.focus({ preventScroll: true });       // another idea's: walking on by key begins at the first
}
