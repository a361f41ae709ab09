// The same sentence in two languages, each in a field to type in, with its tokens and what they cost.
import { element } from "./kit.js";
import { chips } from "./pieces.js";

export const sheet = "pieces.css";
const made = new WeakMap();

export function draw(root, part, { send, awaits }) {
  let state = made.get(root);
  if (!state) made.set(root, (state = build(root, part)));
  Object.assign(state, { part, send });
  Object.entries(part.options).forEach(([id, name], i) => {
    const button = state.which.children[i] ?? state.which.appendChild(choice(state));
    button.textContent = name;
    button.dataset.pair = id;
    button.setAttribute("aria-pressed", id === part.chosen);
  });
  state.which.setAttribute("aria-label", part.words.which);
  part.sides.forEach((side, i) => {
    const { name, input, list, fill, cost } = state.sides[i];
    name.textContent = side.label;
    input.lang = side.language;
    input.maxLength = part.most;
    if (document.activeElement !== input && !awaits(side.knob) && input.value !== side.text) input.value = side.text;     // what is being typed is the reader's
    list.setAttribute("aria-label", side.label);
    chips(list, side.tokens, undefined, "span");
    fill.style.width = `${100 * side.share}%`;
    fill.dataset.value = side.share;
    cost.textContent = side.cost;
  });
}

function choice(state) {
  const button = element("button");
  button.type = "button";
  button.onclick = () => state.send({ "tokens.pair": button.dataset.pair });
  return button;
}

function build(root, part) {
  const box = element("div", "pair"), which = element("div", "which"), state = { which, sides: [] };
  which.setAttribute("role", "group");
  box.append(which);
  state.sides = part.sides.map(() => {
    const side = element("div", "side"), label = element("label"), name = element("span"), input = element("input"), list = element("div", "pieces");
    const track = element("div", "track"), fill = element("div", "fill"), cost = element("p", "cost");
    Object.assign(input, { type: "text", autocomplete: "off", spellcheck: false });
    input.oninput = () => state.send({ "tokens.pair": "own", ...Object.fromEntries(state.part.sides.map(({ knob }, i) => [knob, state.sides[i].input.value])) });
    list.setAttribute("role", "list");
    label.append(name, input);
    track.append(fill);
    side.append(label, list, track, cost);
    box.append(side);
    return { name, input, list, fill, cost };
  });
  root.replaceChildren(box);
  return state;
}
