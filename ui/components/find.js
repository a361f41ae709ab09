// A box that finds ideas by name, by another name or by a word of their sentences, accents aside; the list and the map follow it.
import { element } from "./kit.js";

export const sheet = "glossary.css";
const MOST = 8;
const made = new WeakMap();
export const bare = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

export function draw(root, part, { send }) {
  let state = made.get(root);
  if (!state) made.set(root, (state = build(root)));
  const { words } = part;
  Object.assign(state, { part, send });
  if (state.entries !== JSON.stringify(part.entries)) {
    state.entries = JSON.stringify(part.entries);
    state.keys = part.entries.map(({ name, also, text }) => ({ names: [name, ...also.split(", ")].map(bare), text: bare(text) }));
  }
  state.input.placeholder = words.placeholder;
  state.input.setAttribute("aria-label", words.label);
  state.list.setAttribute("aria-label", words.options);
  update(state);
}

function build(root) {
  const holder = element("div", "find"), box = element("div", "search"), input = element("input"), list = element("div", "results"), count = element("span", "quiet");
  const state = { root, input, list, count, keys: [], ids: [], at: -1, open: false };
  Object.assign(input, { type: "search", autocomplete: "off", spellcheck: false, maxLength: 40 });
  list.id = `found-${Math.random().toString(36).slice(2)}`;
  for (const [key, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id })) input.setAttribute(key, value);
  list.setAttribute("role", "listbox");
  count.setAttribute("role", "status");
  box.append(input, list);
  holder.append(box, count);
  root.replaceChildren(holder);
  input.oninput = () => { state.open = true; state.at = 0; update(state); };
  input.onfocus = () => { state.open = true; update(state); };
  input.onblur = () => { state.open = false; update(state); };
  input.onkeydown = (event) => {
    const shown = Math.min(MOST, state.ids.length), step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && shown) { event.preventDefault(); state.open = true; state.at = (state.at + step + shown) % shown; update(state); }
    else if (event.key === "Enter" && state.at >= 0 && state.ids.length) { event.preventDefault(); pick(state, state.ids[state.at]); }
    else if (event.key === "Escape") { input.value = ""; update(state); }
  };
  return state;
}

function pick(state, id) {
  state.input.value = "";
  state.open = false;
  state.send({ "glossary.idea": id });
  update(state);
}

function update(state) {
  const { part, input, list, count } = state, typed = bare(input.value.trim()), { words } = part;
  state.ids = typed ? found(state, typed) : [];
  state.at = Math.min(Math.max(state.at, 0), Math.min(MOST, state.ids.length) - 1);
  const open = state.open && Boolean(typed);
  list.hidden = !open || !state.ids.length;
  input.setAttribute("aria-expanded", !list.hidden);
  list.replaceChildren(...state.ids.slice(0, MOST).map((id, i) => {
    const option = element("div", "option"), { name, section } = part.entries.find((entry) => entry.id === id), where = element("span", "quiet");
    option.id = `${list.id}-${id}`;
    option.dataset.id = id;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", i === state.at);
    where.textContent = section;
    option.append(Object.assign(element("span"), { textContent: name }), where);
    option.onpointerdown = (event) => { event.preventDefault(); pick(state, id); };
    return option;
  }));
  if (open && state.at >= 0) input.setAttribute("aria-activedescendant", list.children[state.at].id); else input.removeAttribute("aria-activedescendant");
  count.textContent = !typed ? words.all.replace("{count}", part.entries.length) : !state.ids.length ? words.none : state.ids.length === 1 ? words.single : words.many.replace("{count}", state.ids.length);
  const board = state.root.closest(".vt");
  board.sought = typed ? new Set(state.ids) : null;              // for whoever is drawn after this
  board.dispatchEvent(new CustomEvent("seek"));
}

// The ids that have every word of `typed`: best where a name begins with it, then where a name has it, then where the sentences do.
function found({ part, keys }, typed) {
  const words = typed.split(/\s+/), rank = ({ names, text }) => {
    if (names.some((name) => name.startsWith(typed))) return names[0].startsWith(typed) ? 0 : 1;
    if (names.some((name) => words.every((word) => name.includes(word)))) return 2;
    return words.every((word) => text.includes(word) || names.some((name) => name.includes(word))) ? 3 : 4;
  };
  return part.entries.map(({ id }, i) => [id, rank(keys[i])]).filter(([, at]) => at < 4).sort((a, b) => a[1] - b[1]).map(([id]) => id);
}
