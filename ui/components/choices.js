// How one token was chosen: the dart on the bar, and the likeliest tokens, each a button that takes it instead.
import { cumulative } from "./dart.js";
import { element } from "./kit.js";

export const sheet = "dart.css";
const made = new WeakMap();

export function draw(root, part, { send, language, label }) {
  let state = made.get(root);
  if (!state) {
    state = { bar: cumulative(), list: element("div", "choices"), legend: element("div", "legend"), tick: element("span", "tick"), key: element("span") };
    const own = element("span");
    own.append(state.tick, state.key);
    state.legend.append(own);
    root.replaceChildren(state.bar.box, state.list, state.legend);
    made.set(root, state);
  }
  state.bar.fill(part, language, label);
  state.key.textContent = part.words.own;
  const { list } = state;
  list.setAttribute("role", "group");
  list.setAttribute("aria-label", part.words.take);
  while (list.childElementCount < part.likeliest.length) list.append(row());
  while (list.childElementCount > part.likeliest.length) list.lastChild.remove();
  part.likeliest.forEach((entry, i) => fill(list.children[i], entry, part.words, send));
}

function row() {
  const button = element("button", "choice-row"), track = element("span", "track"), fill = element("span", "fill"), tick = element("span", "tick");
  button.type = "button";
  track.append(fill, tick);
  button.append(element("span", "name"), track, element("span", "value"), element("span", "what"));
  return button;
}

function fill(button, entry, words, send) {
  const [name, track, value, what] = button.children, [bar, tick] = track.children;
  button.className = ["choice-row", entry.rest && "rest", entry.stands && "stands", entry.hit && "hit"].filter(Boolean).join(" ");
  name.textContent = entry.name;
  bar.style.width = `${100 * entry.value}%`;
  tick.style.left = `${100 * entry.own}%`;
  value.textContent = entry.text;
  what.textContent = entry.stands ? (entry.hit ? words.hit : words.taken) : entry.hit ? words.missed : entry.path === null ? "" : words.branch;
  button.disabled = entry.path === null;
  button.title = entry.title;
  Object.assign(button.dataset, { value: entry.value, own: entry.own, path: entry.path ?? "" });
  button.onclick = () => send({ "generation.path": entry.path, "generation.at": entry.place, "generation.tokens": entry.tokens, again: Date.now() });
}
