// Prompts to change and what a model writes to them, each beside how often such a thing goes right; painted piece by piece, the next is asked
// for, as long as somebody sees it.
import { element, write } from "./kit.js";

export const sheet = "models.css";
const PAUSE = 500, PATIENCE = 3000; // ms after the last key until a prompt counts; until a piece that does not come is asked for again
const made = new WeakMap();

export function draw(root, part, { send, ask, awaits }) {
  let state = made.get(root);
  if (!state) made.set(root, (state = build(root)));
  Object.assign(state, { send, ask, more: part.more });
  while (state.panels.length < part.panels.length) state.panels.push(panel(state));
  part.panels.forEach((entry, i) => fill(state.panels[i], entry, awaits(entry.knob)));
  go(state);
}

function build(root) {
  const state = { box: root.appendChild(element("div", "demos")), panels: [], seen: false, again: undefined };
  new IntersectionObserver((entries) => { state.seen = entries.at(-1).isIntersecting; go(state); }).observe(root);
  return state;
}

function go(state) {
  clearTimeout(state.again);
  if (!state.more || !state.seen) return;
  setTimeout(state.ask, 0);
  state.again = setTimeout(() => go(state), PATIENCE);
}

function panel(state) {
  const made = { box: element("section"), title: element("h4"), what: element("p", "what"), input: element("textarea"), asked: element("p", "asked"),
    how: element("p", "how"), written: element("p", "written"), text: element("span"), cursor: element("span", "cursor"), measure: element("div", "measure"),
    whisker: element("span", "whisker m0"), dot: element("span", "dot m0"), tick: element("span", "tick"), rate: element("p", "rate"), pause: undefined };
  const track = element("div", "track");
  track.append(made.tick, made.whisker, made.dot);
  made.measure.append(track, made.rate);
  made.written.append(made.text, made.cursor);
  made.input.rows = 4;
  made.input.spellcheck = false;
  const report = () => {
    clearTimeout(made.pause);
    const value = made.input.value.trim() === made.own ? "" : made.input.value.trim();
    if (value === made.said) return;
    made.said = value;
    state.send({ [made.knob]: value });
  };
  made.input.oninput = () => { clearTimeout(made.pause); made.pause = setTimeout(report, PAUSE); };
  made.input.onblur = report;
  made.box.append(made.title, made.what, made.input, made.asked, made.how, made.written, made.measure);
  state.box.append(made.box);
  return made;
}

function fill(made, { id, knob, title, what, label, value, own, most, asked, asked_label: added, written, done, none, how, rate }, awaited) {
  made.box.dataset.demo = id;
  Object.assign(made, { knob, own });
  made.title.textContent = title;
  made.what.textContent = what;
  made.input.maxLength = most;
  made.input.setAttribute("aria-label", `${title}: ${label}`);
  if (document.activeElement !== made.input && !awaited) { made.input.value = value || own; made.said = value; }
  made.asked.textContent = asked && `${added} ${asked}`;
  made.how.textContent = how;
  made.text.textContent = written || (done ? none : "");
  made.cursor.hidden = done;
  made.written.dataset.done = done;
  const { share, low, high, guess, text } = rate, known = share !== null;
  made.measure.firstChild.hidden = !known;
  write(made.rate, text);
  if (!known) return;
  made.dot.style.left = `${100 * share}%`;
  made.dot.dataset.value = share;
  made.whisker.style.left = `${100 * low}%`;
  made.whisker.style.width = `${100 * (high - low)}%`;
  made.tick.hidden = guess === null || guess === undefined;
  made.tick.style.left = `${100 * (guess ?? 0)}%`;
}
