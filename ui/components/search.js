// A search box over the vocabulary: tokens that begin like what is typed, found in the browser as it is typed.
import { element } from "./kit.js";

const MOST = 8;
const bare = (text) => text.replace(/^·/, "").normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

// `choose(id)` hears of a choice, `found(ids)` of what the search finds (undefined: no search is on), `name(id)` labels.
export function search({ choose, found, name }) {
  const box = element("div", "search"), input = element("input"), list = element("div", "results");
  const state = { box, input, list, texts: undefined, keys: [], ids: [], at: -1, words: {} };
  Object.assign(input, { type: "search", autocomplete: "off", spellcheck: false, maxLength: 40 });
  list.id = `results-${Math.random().toString(36).slice(2)}`;
  list.hidden = true;
  for (const [key, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })) input.setAttribute(key, value);
  list.setAttribute("role", "listbox");
  box.append(input, list);
  state.say = (words) => { state.words = words; input.placeholder = words.search; input.setAttribute("aria-label", words.search); list.setAttribute("aria-label", words.search); };
  // Take another vocabulary; true where that ends a search in the one before.
  state.over = (texts) => {
    if (state.texts === texts) return false;
    const ends = Boolean(state.texts && input.value);
    Object.assign(state, { texts, keys: texts.map(bare) });
    if (ends) { input.value = ""; Object.assign(state, { ids: [], at: -1 }); list.replaceChildren(); list.hidden = true; }
    return ends;
  };
  state.close = () => { input.value = ""; update(); };
  const pick = (id) => { state.close(); choose(id); };

  function update() {
    const typed = bare(input.value.trimStart().replace(/ /g, "·"));
    state.ids = typed ? matches(state, typed) : [];
    state.at = state.ids.length ? 0 : -1;
    list.hidden = !typed;
    input.setAttribute("aria-expanded", Boolean(typed));
    list.replaceChildren(...state.ids.slice(0, MOST).map((id) => {
      const option = element("div", "option"), number = element("span", "quiet");
      option.id = `${list.id}-${id}`; option.dataset.id = id;
      option.setAttribute("role", "option");
      number.textContent = id;
      option.append(name(id), number);
      option.onpointerdown = (event) => { event.preventDefault(); pick(id); };
      return option;
    }));
    if (typed && !state.ids.length) list.append(Object.assign(element("div", "quiet"), { textContent: state.words.none }));
    mark();
    found(typed ? state.ids.slice(0, 60) : undefined);
  }

  function mark() {
    [...list.children].forEach((option, i) => option.setAttribute("aria-selected", i === state.at));
    if (state.at >= 0) input.setAttribute("aria-activedescendant", list.children[state.at].id); else input.removeAttribute("aria-activedescendant");
  }

  input.oninput = update;
  input.onblur = () => { list.hidden = true; input.setAttribute("aria-expanded", "false"); };
  input.onfocus = () => { if (input.value) update(); };
  input.onkeydown = (event) => {
    event.stopPropagation();
    const shown = Math.min(MOST, state.ids.length), step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && shown) { event.preventDefault(); state.at = (state.at + step + shown) % shown; mark(); }
    else if (event.key === "Enter" && state.at >= 0) { event.preventDefault(); pick(state.ids[state.at]); }
    else if (event.key === "Escape") state.close();
  };
  return state;
}

// The ids whose text begins like `typed`, blanks in front and accents aside; the shortest, then the most frequent, first.
function matches({ keys }, typed) {
  const ids = [];
  for (let id = 0; id < keys.length; id++) if (keys[id].startsWith(typed)) ids.push(id);
  return ids.sort((a, b) => keys[a].length - keys[b].length || a - b);
}
