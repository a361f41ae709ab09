// The context window as a slider over the tokens themselves: dragging strikes out what no longer fits, at once.
import { item } from "./chips.js";
import { element, letGo } from "./kit.js";

const made = new WeakMap();

export function draw(root, part, { send, awaits }) {
  let state = made.get(root);
  if (!state) made.set(root, (state = build(root)));
  Object.assign(state, { part, send });
  state.name.textContent = part.label;
  Object.assign(state.range, { min: part.least, max: part.most, step: 1 });
  if (!state.held && !awaits(part.knob)) state.range.value = part.value;
  const tokens = part.tokens, list = state.list;
  while (list.childElementCount < tokens.length) list.append(item());
  while (list.childElementCount > tokens.length) list.lastChild.remove();
  tokens.forEach(({ text, title }, i) => {
    const chip = list.children[i];
    if (chip.textContent !== text) chip.textContent = text;
    chip.title = title;
  });
  light(state);
}

function build(root) {
  const state = { name: element("span"), range: element("input"), output: element("output"), list: element("div", "chips") };
  const label = element("label", "slider");
  state.range.type = "range";
  state.range.oninput = () => { state.held = true; light(state); };
  state.range.onchange = () => { state.held = false; state.send({ [state.part.knob]: Number(state.range.value) }); };
  letGo(state.range, () => { state.held = false; });
  label.append(state.name, state.range, state.output);
  state.list.setAttribute("role", "list");
  state.list.tabIndex = 0;
  root.replaceChildren(label, state.list);
  return state;
}

// A window of n holds the model's own first token and the last n − 1 of the text.
function light(state) {
  const { part, list, range } = state, size = Number(range.value), first = part.own ? 1 : 0;
  const from = Math.max(first, part.tokens.length - (size - first));
  [...list.children].forEach((chip, i) => {
    chip.className = "chip" + (i < first ? " special" : i < from ? " dropped" : i % 2 ? " odd" : "");
  });
  state.output.textContent = part.words.replace("{size}", size).replace("{dropped}", from - first);
  list.dataset.dropped = from - first;
  range.setAttribute("aria-valuetext", state.output.textContent);
}
