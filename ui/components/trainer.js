// The controls of gradient descent: reset, play, pause, step, and the numbers of the last step. The space bar and → do the same.
import { element, write } from "./kit.js";

export const sheet = "generation.css";             // whose buttons these are
const made = new WeakMap();
const BUTTONS = { reset: "↺", play: "", step: "→", ten: "→" };

export function draw(root, part, { send, ask, awaits }) {
  let state = made.get(root);
  if (!state) made.set(root, (state = build(root)));
  const { words } = part, { buttons } = state;
  Object.assign(state, { part, send, wanted: awaits("network.steps") ? state.wanted : part.wanted, pressed: state.pressed && part.playing });
  state.bar.setAttribute("aria-label", words.keys);
  const names = { reset: words.reset, play: part.playing ? words.pause : words.play, step: words.step, ten: words.ten };
  for (const [name, button] of Object.entries(buttons)) button.lastChild.textContent = names[name];
  buttons.play.firstChild.textContent = part.playing ? "❚❚" : "▶";
  buttons.play.setAttribute("aria-pressed", part.playing);
  buttons.reset.disabled = !part.wanted && !part.playing;
  buttons.step.disabled = buttons.ten.disabled = part.ended;
  buttons.play.disabled = part.ended && !part.playing;
  while (state.facts.childElementCount < part.facts.length) {
    const box = state.facts.appendChild(element("div"));
    box.append(element("dt"), element("dd"));
  }
  part.facts.forEach(({ id, name, text, value, help }, i) => {
    const box = state.facts.children[i], [term, number] = box.children;
    Object.assign(box.dataset, { fact: id, value });
    box.title = help;
    term.textContent = name;
    number.textContent = text;
  });
  write(state.note, part.note);
  state.note.hidden = !part.note;
  Object.assign(state.bar.dataset, { steps: part.steps, playing: part.playing, busy: part.more && !part.playing });
  clearTimeout(state.next);
  if (part.more) state.next = setTimeout(ask, part.pause);
}

function build(root) {
  const state = { bar: element("div", "transport"), facts: element("dl", "facts"), note: element("p", "loop"), buttons: {} };
  for (const [name, sign] of Object.entries(BUTTONS)) {
    const button = state.buttons[name] = element("button", name), mark = element("span", "mark");
    button.type = "button";
    button.dataset.do = name;
    mark.textContent = sign;
    button.append(mark, element("span"));
    button.onclick = () => act(state, name);
    state.bar.append(button);
  }
  state.bar.setAttribute("role", "toolbar");
  state.note.setAttribute("role", "status");
  root.replaceChildren(state.bar, state.facts, state.note);
  root.closest(".vt").addEventListener("keydown", (event) => key(state, event));
  return state;
}

// In the whole board, but not where a key already means something.
function key(state, event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.target.tagName === "INPUT") return;
  const name = { ArrowRight: "step", " ": event.target.tagName === "BUTTON" ? null : "play" }[event.key];
  if (!name) return;
  event.preventDefault();
  act(state, name);
}

function act(state, name) {
  const { part, send } = state, again = Date.now(), playing = part.playing && !state.pressed;
  clearTimeout(state.next);
  if (name === "play") {
    if (part.ended && !part.playing) return;
    state.pressed = playing;
    send({ "network.play": `${playing ? 0 : 1}:${again}`, again });
    return;
  }
  const wanted = { step: Math.min(state.wanted + 1, part.most), ten: Math.min(state.wanted + 10, part.most), reset: 0 }[name];
  if (name !== "reset" && (part.ended || wanted === state.wanted)) return;
  state.wanted = wanted;
  send({ "network.steps": wanted, "network.play": `0:${again}`, again });
}
