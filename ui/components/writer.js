// A text that is written token by token: step, play, pause, take back; each token can be looked at. Arrow keys and the space bar do the same.
import { element, write } from "./kit.js";

export const sheet = "generation.css";
const made = new WeakMap();
const BUTTONS = { undo: "←", play: "", step: "→", restart: "" };

export function draw(root, part, { send, ask, awaits }) {
  let state = made.get(root);
  if (!state) made.set(root, (state = build(root)));
  const { words } = part, count = part.tokens.length;
  Object.assign(state, { part, send, wanted: awaits("generation.tokens") ? state.wanted : part.wanted, pressed: state.pressed && part.playing });
  state.bar.setAttribute("aria-label", words.keys);
  const names = { undo: words.undo, play: part.playing ? words.pause : words.play, step: words.step, restart: words.restart };
  for (const [name, button] of Object.entries(state.buttons)) button.lastChild.textContent = names[name];
  state.buttons.play.firstChild.textContent = part.playing ? "❚❚" : "▶";
  state.buttons.play.setAttribute("aria-pressed", part.playing);
  state.buttons.undo.disabled = state.buttons.restart.disabled = !count;
  state.buttons.step.disabled = state.buttons.play.disabled = part.ended && !part.playing;
  state.prompt.textContent = part.prompt;
  tokens(state, part);
  state.cursor.hidden = part.ended;
  write(state.note, part.note);
  state.note.hidden = !part.note;
  clearTimeout(state.next);
  if (part.more) state.next = setTimeout(ask, part.pause);
  state.text.dataset.playing = part.playing;
  [words.likeliest, words.unlikely, words.taken, words.round].forEach((text, i) => { state.legend.children[i].lastChild.textContent = text; });
  state.legend.lastChild.hidden = !part.note;
}

function build(root) {
  const state = { bar: element("div", "transport"), text: element("div", "writing"), prompt: element("span", "prompt"), cursor: element("span", "cursor"),
    note: element("p", "loop"), legend: element("div", "legend"), buttons: {}, spans: [] };
  for (const [name, key] of Object.entries(BUTTONS)) {
    const button = state.buttons[name] = element("button", name);
    button.type = "button";
    button.dataset.do = name;
    const mark = element("span", "mark");
    mark.textContent = key;
    button.append(mark, element("span"));
    button.onclick = () => act(state, name);
    state.bar.append(button);
  }
  state.bar.setAttribute("role", "toolbar");
  state.text.append(state.prompt, state.cursor);
  state.note.setAttribute("role", "status");
  for (const mark of ["", "unlikely", "taken", "round first last"]) {
    const entry = element("span"), sample = element("span", `token ${mark}`);
    sample.textContent = "abc";
    if (mark.startsWith("round")) sample.dataset.round = 1;
    entry.append(sample, document.createTextNode(""));
    state.legend.append(entry);
  }
  root.replaceChildren(state.bar, state.text, state.note, state.legend);
  root.closest(".vt").addEventListener("keydown", (event) => key(state, event));
  return state;
}

// In the whole board, but not where a key already means something.
function key(state, event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.target.tagName === "INPUT") return;
  const { part } = state, name = { ArrowRight: "step", ArrowLeft: "undo", " ": event.target.tagName === "BUTTON" ? null : "play" }[event.key];
  if (name) act(state, name);
  else if (event.key === "ArrowUp" || event.key === "ArrowDown") look(state, Math.max(1, Math.min(part.tokens.length, part.at + 1 + (event.key === "ArrowUp" ? -1 : 1))));
  else return;
  event.preventDefault();
}

function act(state, name) {
  const { part, send } = state, again = Date.now(), playing = part.playing && !state.pressed;
  if (name === "play") {
    if (part.ended && !part.playing) return;
    clearTimeout(state.next);
    state.pressed = playing;
    send({ "generation.play": `${playing ? 0 : 1}:${again}`, again });
    return;
  }
  const wanted = { step: Math.min(state.wanted + 1, part.most), undo: Math.max(0, state.wanted - 1), restart: 0 }[name];
  if (wanted === state.wanted || (name === "step" && part.ended)) return;
  state.wanted = wanted;
  clearTimeout(state.next);
  send({ "generation.tokens": wanted, "generation.at": 0, "generation.play": `0:${again}`, again });
}

function look({ part, send }, place) {
  if (part.tokens.length && place !== part.at + 1) send({ "generation.at": place === part.tokens.length ? 0 : place, again: Date.now() });
}

function tokens(state, part) {
  const { spans, text, cursor } = state;
  while (spans.length < part.tokens.length) {
    const span = element("button", "token");
    span.type = "button";
    span.onclick = () => look(state, spans.indexOf(span) + 1);
    spans.push(span);
    text.insertBefore(span, cursor);
  }
  while (spans.length > part.tokens.length) spans.pop().remove();
  part.tokens.forEach(({ text: shown, mark, title, round, edge }, i) => {
    const span = spans[i], name = `token ${mark}${i === part.at ? " at" : ""}${round ? ` round ${edge}` : ""}`;
    if (span.dataset.round !== (round ? String(round) : undefined)) { if (round) span.dataset.round = round; else delete span.dataset.round; }
    if (span.textContent !== shown) span.textContent = shown;
    if (span.className !== name) span.className = name;
    if (span.title !== title) span.title = title;
    span.tabIndex = i === part.at ? 0 : -1;
    span.setAttribute("aria-pressed", i === part.at);
  });
}
