// What can be set of a decoder, each as a slider over sensible stops and a box for any whole number; ready-made shapes as buttons.
// While a slider moves, the other figures of the board hear of it; once it is let go of, it is reported.
import { element, letGo, write } from "./kit.js";
import { plainly, power, writing } from "./laws.js";

export const sheet = "scale.css";
const made = new WeakMap();

export function draw(root, part, { send, language, awaits }) {
  let state = made.get(root);
  const form = JSON.stringify([part.fields.map(({ knob }) => knob), part.presets.map(({ id }) => id)]);
  if (state?.form !== form) made.set(root, (state = build(root, part, form)));
  Object.assign(state, { part, send, write: writing(language) });
  part.presets.forEach(({ name, title }, i) => Object.assign(state.presets[i], { textContent: name, title }));
  state.legend.textContent = part.words.presets;
  state.legend.hidden = !part.words.presets;
  for (const field of part.fields) {
    const row = state.rows[field.knob];
    row.label.textContent = field.label;
    row.holder.title = field.help ?? "";
    if (!row.held && !awaits(field.knob)) state.values[field.knob] = field.value;
  }
  show(state);
}

function build(root, part, form) {
  const legend = element("p", "before-ready"), row = element("div", "ready"), fields = element("div", "settings"), note = element("p", "quiet remark");
  const state = { form, legend, note, values: {}, rows: {}, presets: [] };
  row.setAttribute("role", "group");
  for (const { id } of part.presets) {
    const button = row.appendChild(Object.assign(element("button", "ready-made"), { type: "button" }));
    button.dataset.preset = id;
    button.onclick = () => { Object.assign(state.values, state.part.presets.find((preset) => preset.id === id).values); settle(state, true); };
    state.presets.push(button);
  }
  for (const field of part.fields) state.rows[field.knob] = MAKE[field.type](state, fields, field);
  root.replaceChildren(legend, row, fields, note);
  state.root = root;
  return state;
}

const MAKE = { count, power: exponent, toggle };

// A whole number, or one with decimals: a slider over stops, and a box.
function count(state, fields, { knob }) {
  const holder = fields.appendChild(element("label", "setting")), label = element("span", "label"), range = element("input"), box = element("input", "figure-box");
  const row = { holder, label, range, box, held: false, typing: false };
  range.type = "range";
  range.tabIndex = -1;
  range.setAttribute("aria-hidden", "true");
  Object.assign(box, { type: "text", inputMode: "decimal", autocomplete: "off" });
  box.dataset.knob = range.dataset.knob = knob;
  const field = () => state.part.fields.find((one) => one.knob === knob);
  range.oninput = () => { row.held = true; state.values[knob] = field().stops[Number(range.value)]; settle(state, false, knob); };
  range.onchange = () => { row.held = false; settle(state, true, knob); };
  letGo(range, () => { row.held = false; });
  box.onfocus = () => { row.held = true; box.select(); };
  box.oninput = () => { row.typing = true; };
  box.onchange = () => {
    row.typing = false;
    const { least, most, decimals } = field(), typed = decimals ? Number(box.value.replace(",", ".").replaceAll(/[^\d.]/g, "")) : Number(box.value.replaceAll(/\D/g, ""));
    if (typed >= least && typed <= most) state.values[knob] = typed;
    settle(state, true, knob);
  };
  box.onblur = () => { row.held = row.typing = false; show(state); };
  box.onkeydown = (event) => {
    const way = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!way) return;
    event.preventDefault();
    row.typing = false;
    const { stops } = field(), now = state.values[knob], next = way > 0 ? stops.find((stop) => stop > now) : stops.findLast((stop) => stop < now);
    if (next !== undefined) { state.values[knob] = next; settle(state, true, knob); }
  };
  row.show = (value) => {
    const { stops, name } = field();
    range.max = stops.length - 1;
    range.value = stops.reduce((best, stop, i) => Math.abs(Math.log(stop / value)) < Math.abs(Math.log(stops[best] / value)) ? i : best, 0);
    box.setAttribute("aria-label", name);
    if (!row.typing) box.value = field().decimals ? state.write.loose(value) : state.write.whole(value);        // what is being typed is the reader's
    box.dataset.value = value;
  };
  holder.append(label, range, box);
  return row;
}

// An order of magnitude: a slider alone.
function exponent(state, fields, { knob }) {
  const holder = fields.appendChild(element("label", "setting")), label = element("span", "label"), range = element("input"), output = element("output");
  const row = { holder, label, held: false };
  range.type = "range";
  range.dataset.knob = knob;
  range.oninput = () => { row.held = true; state.values[knob] = Number(range.value); settle(state, false, knob); };
  range.onchange = () => { row.held = false; settle(state, true, knob); };
  letGo(range, () => { row.held = false; });
  row.show = (value) => {
    const { least, most, step } = state.part.fields.find((one) => one.knob === knob);
    Object.assign(range, { min: least, max: most, step });
    range.value = value;
    const whole = Math.floor(value + 1e-9), front = 10 ** (value - whole);
    output.textContent = front < 1.005 ? power(whole) : `${state.write.loose(Math.round(front * 10) / 10)}\u202f×\u202f${power(whole)}`;
    range.setAttribute("aria-valuetext", output.textContent);
  };
  holder.append(label, range, output);
  return row;
}

function toggle(state, fields, { knob }) {
  const holder = fields.appendChild(element("div", "setting")), button = element("button", "tied-or-not"), label = element("span", "label");
  button.type = "button";
  button.dataset.knob = knob;
  button.onclick = () => { state.values[knob] = state.values[knob] ? 0 : 1; settle(state, true, knob); };
  holder.append(label, button);
  return { holder, label, show: (value) => {
    button.setAttribute("aria-pressed", Boolean(value));
    button.textContent = state.part.words[value ? "yes" : "no"];
    button.setAttribute("aria-label", `${label.textContent}: ${button.textContent}`);
  } };
}

// A value has changed: heads go on sharing the width out, the board hears of it, and at the end so does the page.
function settle(state, done, knob) {
  const { values, part } = state, { width, heads } = part;
  if (width && values[width] % values[heads]) {
    const divisors = Array.from({ length: Math.min(values[width], part.mostHeads) }, (_, i) => i + 1).filter((h) => values[width] % h === 0);
    values[heads] = divisors.reduce((best, h) => Math.abs(h - values[heads]) < Math.abs(best - values[heads]) ? h : best);
  }
  show(state, knob);
  state.root.dispatchEvent(new CustomEvent("shape", { bubbles: true, detail: plainly(values) }));
  if (done) state.send({ ...values });
}

function show(state) {
  const { part, values, rows } = state;
  for (const { knob } of part.fields) rows[knob].show(values[knob]);
  part.presets.forEach(({ values: shape }, i) => state.presets[i].setAttribute("aria-pressed", part.told.every((knob) => shape[knob] === values[knob])));
  write(state.note, part.width ? part.words.note.replace("{heads}", state.write.whole(values[part.heads])).replace("{each}", state.write.whole(values[part.width] / values[part.heads])) : "");
}
