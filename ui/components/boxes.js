// Boxes for words in rows, with suggestions from the vocabulary, and sums or axes to try by one press.
import { element, write } from "./kit.js";
import { fetchOnce, known } from "./points.js";

export const sheet = "words.css";
const PAUSE = 350, MOST = 8;        // ms after the last key until what stands in a box counts; suggestions
const made = new WeakMap();

export function draw(root, part, { send, awaits }) {
  let state = made.get(root);
  const shape = JSON.stringify(part.rows.map(({ fields }) => fields.map(({ knob }) => knob)));
  if (state?.shape !== shape) made.set(root, (state = build(root, part, shape)));
  Object.assign(state, { part, send, awaits });
  part.rows.forEach((row, r) => fill(state, row, state.rows[r]));
  const wanted = JSON.stringify(part.examples);
  if (state.wanted === wanted) return;
  state.wanted = wanted;
  write(state.label, part.label);
  state.tries.replaceChildren(state.label, ...part.examples.map(({ name, knobs }) => {
    const button = element("button", "press");
    Object.assign(button, { type: "button", textContent: name, onclick: () => state.send(knobs) });
    return button;
  }));
}

function build(root, part, shape) {
  const box = element("div", "boxes controls"), tries = element("div", "tries"), label = element("span", "quiet");
  const state = { shape, tries, label, rows: [] };
  state.rows = part.rows.map(({ fields }) => {
    const line = element("div", fields.length === 2 ? "row two" : "row"), title = element("span", "title"), note = element("p", "note"), inputs = element("div", "line");
    inputs.append(title);
    const boxes = fields.map(() => field(state, inputs));
    line.append(inputs, note);
    box.append(line);
    return { title, note, boxes };
  });
  box.append(tries);
  root.replaceChildren(box);
  return state;
}

function field(state, line) {
  const holder = element("label", "field"), sign = element("span", "sign"), input = element("input"), list = element("datalist");
  list.id = `words-${Math.random().toString(36).slice(2)}`;
  Object.assign(input, { type: "text", autocomplete: "off", spellcheck: false });
  input.setAttribute("list", list.id);
  holder.append(sign, input, list);
  line.append(holder);
  const made = { sign, input, list, knob: "", said: "", pause: undefined };
  const report = () => {
    clearTimeout(made.pause);
    if (input.value === made.said) return;
    made.said = input.value;
    state.send({ [made.knob]: input.value });
  };
  input.oninput = () => { suggest(state, made); clearTimeout(made.pause); made.pause = setTimeout(report, PAUSE); };
  input.onchange = input.onblur = report;
  input.onfocus = () => { if (!known(state.part.source)) fetchOnce(state.part.source); };
  return made;
}

// Tokens that begin like the word after the last comma.
function suggest({ part }, { input, list }) {
  const points = known(part.source), comma = input.value.lastIndexOf(",") + 1, before = input.value.slice(0, comma), typed = input.value.slice(comma).trim();
  const found = typed && points ? points.starts.filter((id) => points.texts[id].startsWith(`·${typed}`) && points.texts[id].length > 2) : [];
  found.sort((a, b) => points.texts[a].length - points.texts[b].length || a - b);
  list.replaceChildren(...found.slice(0, MOST).map((id) => Object.assign(element("option"), { value: `${before}${before && " "}${points.texts[id].slice(1)}` })));
}

function fill(state, row, { title, note, boxes }) {
  write(title, row.label);
  title.hidden = !row.label;
  write(note, row.note);
  note.hidden = !row.note;
  row.fields.forEach(({ knob, label, value, placeholder, most, sign }, i) => {
    const box = boxes[i];
    box.knob = knob;
    box.sign.textContent = sign;
    box.sign.hidden = !sign;
    box.input.setAttribute("aria-label", label);
    Object.assign(box.input, { title: label, placeholder, maxLength: most });
    box.input.dataset.knob = knob;
    if (document.activeElement !== box.input && !state.awaits(knob)) { box.input.value = value; box.said = value; }
  });
}
