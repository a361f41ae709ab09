// The probability of an answer as what it is: its tokens' own, each after all before it, multiplied; above them, what the model reads.
import { element } from "./kit.js";

export const sheet = "shots.css";
const made = new WeakMap();

export function draw(root, part) {
  let state = made.get(root);
  if (!state) {
    const box = element("div", "product");
    state = { label: element("p", "quiet"), prompt: element("pre"), list: element("div", "factors"), cards: [], whole: element("output") };
    state.whole.setAttribute("role", "listitem");
    state.list.setAttribute("role", "list");
    box.append(state.label, state.prompt, state.list);
    root.replaceChildren(box);
    made.set(root, state);
  }
  const { cards, list, whole } = state;
  state.label.textContent = part.words.read;
  state.prompt.textContent = part.prompt;
  while (cards.length < part.factors.length) cards.push(card());
  cards.length = part.factors.length;
  const shown = part.factors.flatMap(({ text, p, shown, title }, i) => {
    const { item, name, value } = cards[i];
    name.textContent = text;
    value.textContent = shown;
    item.title = title;
    item.dataset.value = p;
    item.setAttribute("aria-label", title);
    return i ? [sign("×"), item] : [item];
  });
  if (state.shown !== part.factors.length) list.replaceChildren(...shown, ...(part.factors.length > 1 ? [sign("="), whole] : []));
  state.shown = part.factors.length;
  whole.textContent = part.whole;
  whole.title = part.words.whole;
}

function card() {
  const item = element("span", "factor"), name = element("span", "chip"), value = element("span", "value");
  item.setAttribute("role", "listitem");
  item.tabIndex = 0;
  item.append(name, value);
  return { item, name, value };
}

const sign = (text) => Object.assign(element("span", "sign"), { textContent: text });
