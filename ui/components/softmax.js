// From logits to probabilities over the whole vocabulary, redone here while a slider moves; released, it is reported.
import { element, floats, letGo, write } from "./kit.js";

export const sheet = "softmax.css";
const made = new WeakMap();

export function draw(root, part, { language, send, awaits }) {
  let state = made.get(root);
  if (!state) made.set(root, (state = build(root, part)));
  const seen = [part.logits.f32, language, ...part.knobs.map(({ value }) => value)].join(" ");
  if (state.seen === seen) {                                          // a piece of a text came, nothing of this: only its caption is to be put back
    Object.assign(state, { part, send });
    return say(state);
  }
  const theirs = state.held || part.knobs.some(({ key }) => awaits(key));           // the reader's own settings are ahead of these
  state.seen = theirs ? undefined : seen;
  if (state.packed !== part.logits.f32) {
    const logits = floats(part.logits), order = Array.from(logits, (_, id) => id);
    Object.assign(state, { packed: part.logits.f32, logits, order, plain: distribution(logits, order, PLAIN).probs });
  }
  Object.assign(state, { part, send, say: numbers(language) });
  if (!theirs) adopt(state);
  label(state);
  show(state);
}

// What was set elsewhere, by a link or the card at the top: taken when it comes, so that a slider in hand is not moved.
function adopt(state) {
  const values = JSON.stringify(state.part.knobs.map(({ value }) => value));
  if (state.values === values) return;
  state.values = values;
  set(state, Object.fromEntries(state.part.knobs.map(({ name, value }) => [name, value])));
}

function set(state, values) {
  Object.assign(state.settings, values);                              // exact, also where a link says more than a step
  state.part.knobs.forEach(({ name }, i) => { state.sliders[i].input.value = state.settings[name]; });
}

const PLAIN = { temperature: 1, top_k: 0, top_p: 1 };

// As engine/sampling.py: ÷ temperature, then top-k, then top-p over what top-k left, then softmax; 0 is argmax, k = 0 and
// p = 1 are off. Scaled logits, and the mass that top-p counts, are rounded to float32 as there: both cut at the same token.
export function distribution(logits, order, { temperature, top_k, top_p }) {
  const V = logits.length, divisor = Math.fround(temperature);
  const scaled = temperature > 0 ? logits.map((logit) => logit / divisor) : logits;
  order.sort((a, b) => scaled[b] - scaled[a] || a - b);               // in place: the next time it is all but sorted
  const ranked = temperature > 0 ? Math.min(top_k || V, V) : 1;
  const kept = temperature > 0 && top_p < 1 ? reach(scaled, order, ranked, Math.fround(top_p)) : ranked;
  const probs = new Float64Array(V), top = scaled[order[0]];
  let sum = 0, entropy = 0;
  for (let i = 0; i < kept; i++) sum += probs[order[i]] = Math.exp(scaled[order[i]] - top);
  for (let i = 0; i < kept; i++) {
    const p = probs[order[i]] /= sum;
    if (p > 0) entropy -= p * Math.log(p);
  }
  return { scaled, ranked, kept, probs, entropy: Math.max(entropy, 0) };
}

// How many of the `ranked` likeliest it takes for their mass to reach p.
function reach(scaled, order, ranked, p) {
  const top = scaled[order[0]];
  let sum = 0, mass = 0;
  for (let i = 0; i < ranked; i++) sum += Math.exp(scaled[order[i]] - top);
  for (let i = 0; i < ranked; i++) {
    mass += Math.fround(Math.exp(scaled[order[i]] - top) / sum);
    if (Math.fround(mass) >= p) return i + 1;
  }
  return ranked;
}

function build(root, part) {
  const state = { root, part, sliders: [], rows: [], settings: {} };
  const box = element("div", "softmax"), dials = element("div", "dials");
  const report = () => state.send(Object.fromEntries(state.part.knobs.map(({ key, name }) => [key, state.settings[name]])));
  state.presets = presets(state, report);
  for (const knob of part.knobs) {
    const dial = element("div", "dial"), head = element("div", "head"), ends = element("div", "ends");
    const name = element("label"), output = element("output"), input = element("input");
    input.id = name.htmlFor = `${part.id}-${knob.name}`;
    output.htmlFor = input.id;
    output.setAttribute("aria-live", "off");                          // the slider itself speaks
    Object.assign(input, { type: "range", min: knob.min, max: knob.max, step: knob.step });
    input.oninput = () => {
      state.held = true;
      state.settings[knob.name] = Number(input.value);
      show(state);
    };
    input.onchange = () => { state.held = false; report(); };
    letGo(input, () => { state.held = false; });
    head.append(name, output);
    ends.append(element("span"), element("span"));
    dial.append(head, input, ends);
    dials.append(dial);
    state.sliders.push({ name, output, input, ends });
  }
  state.table = table(state);
  state.entropy = gauge();
  state.legend = element("div", "legend");
  const mark = element("span");
  mark.append(element("span", "tick"), document.createTextNode(""));
  state.legend.append(mark, element("span"));
  box.append(state.presets, dials, state.table, state.entropy.box, state.legend);
  root.replaceChildren(box);
  return state;
}

// Settings that are one click away.
function presets(state, report) {
  const row = element("div", "presets");
  row.setAttribute("role", "group");
  for (const { id, values } of state.part.presets) {
    const button = row.appendChild(element("button"));
    button.type = "button";
    button.dataset.preset = id;
    button.onclick = () => { set(state, values); show(state); report(); };
  }
  return row;
}

function table(state) {
  const grid = element("table", "chain"), head = element("thead"), line = element("tr");
  state.body = element("tbody");
  state.heads = ["token", "number", "number", "kept", "probability"].map((name) => {
    const cell = element("th", name);
    cell.scope = "col";
    line.append(cell);
    return cell;
  });
  state.rest = row(true);
  state.body.append(state.rest.line);
  head.append(line);
  grid.append(head, state.body);
  return grid;
}

function row(rest) {
  const line = element("tr", rest ? "rest" : ""), cells = {};
  for (const name of rest ? ["token", "kept", "probability"] : ["token", "logit", "scaled", "kept", "probability"]) {
    cells[name] = element("td", name === "logit" || name === "scaled" ? `number ${name}` : name);
    line.append(cells[name]);
  }
  if (rest) cells.token.colSpan = 3;
  const both = element("div", "both"), track = element("div", "track"), fill = element("div", "fill"), tick = element("div", "tick");
  const value = element("span", "value");
  track.append(fill, tick);
  both.append(track, value);
  cells.probability.append(both);
  return { line, cells, fill, tick, value };
}

function gauge() {
  const box = element("div", "entropy"), name = element("span", "name"), track = element("div", "track");
  const fill = element("div", "fill"), value = element("span", "value");
  track.append(fill);
  box.append(name, track, value);
  return { box, name, fill, value };
}

// What changes with the text and the language, and stays while a slider moves.
function label(state) {
  const { part, say, heads, body, rows } = state, { words } = part;
  state.presets.setAttribute("aria-label", words.presets);
  part.presets.forEach(({ label, help }, i) => Object.assign(state.presets.children[i], { textContent: label, title: help }));
  part.knobs.forEach((knob, i) => {
    const { name, ends } = state.sliders[i];
    name.textContent = knob.label;
    ends.firstChild.textContent = knob.low;
    ends.lastChild.textContent = knob.high;
  });
  state.table.setAttribute("aria-label", part.title);
  [words.token, words.logit, "", words.kept, words.probability].forEach((text, i) => { if (i !== 2) heads[i].textContent = text; });
  while (rows.length < part.tokens.length) { const next = row(false); body.insertBefore(next.line, state.rest.line); rows.push(next); }
  while (rows.length > part.tokens.length) rows.pop().line.remove();
  part.tokens.forEach((token, i) => {
    const { line, cells, tick } = rows[i], logit = state.logits[token.id];
    cells.token.textContent = token.name;
    cells.token.title = token.title;
    cells.logit.textContent = say.number(logit, 2);
    Object.assign(line.dataset, { id: token.id, logit });
    place(tick, state.plain[token.id]);
  });
  const seen = new Set(part.tokens.map(({ id }) => id)), others = state.logits.length - part.tokens.length;
  state.others = state.order.filter((id) => !seen.has(id));
  state.rest.cells.token.textContent = filled(words.rest, { others: say.number(others, 0) });
  state.rest.line.dataset.tokens = others;
  place(state.rest.tick, sum(state.others, state.plain));
  state.entropy.name.textContent = words.entropy;
  state.legend.firstChild.lastChild.textContent = words.tick;
  state.legend.lastChild.textContent = filled(words.scale, { most: say.number(Math.log(state.logits.length), 2), vocabulary: say.number(state.logits.length, 0) });
}

const place = (tick, share) => { tick.style.left = `${100 * Math.min(1, Math.max(0, share))}%`; };
const sum = (ids, probs) => ids.reduce((total, id) => total + probs[id], 0);

// What a slider changes: computed and drawn at once, in the event that the slider sends.
function show(state) {
  const { part, say, settings, logits, order } = state, { words } = part;
  const done = distribution(logits, order, settings), argmax = settings.temperature === 0;
  part.knobs.forEach(({ name, off }, i) => {
    const { input, output } = state.sliders[i];
    const text = settings[name] === off ? words.off : say.short(settings[name]);
    output.textContent = text;
    input.setAttribute("aria-valuetext", text);
  });
  part.presets.forEach(({ values }, i) => state.presets.children[i].setAttribute("aria-pressed", Object.entries(values).every(([name, value]) => settings[name] === value)));
  state.heads[2].textContent = argmax ? words.argmax : `÷ ${say.short(settings.temperature)}`;
  let passed = 0;
  part.tokens.forEach(({ id }, i) => {
    const rank = order.indexOf(id), kept = rank < done.kept, { line, cells } = state.rows[i];
    passed += kept;
    line.classList.toggle("cut", !kept);
    cells.scaled.textContent = argmax ? "–" : say.number(done.scaled[id], 2);
    const by = kept ? "" : argmax ? words.argmax : rank < done.ranked ? "top-p" : "top-k";
    verdict(cells.kept, kept ? "✓" : "✕", by);
    Object.assign(line.dataset, { scaled: done.scaled[id], kept });
    bar(state.rows[i], done.probs[id], say);
  });
  const rest = sum(state.others, done.probs);
  verdict(state.rest.cells.kept, done.kept > passed ? `✓ ${say.number(done.kept - passed, 0)}` : "✕", "");
  state.rest.line.classList.toggle("cut", done.kept === passed);
  state.rest.line.dataset.kept = done.kept - passed;
  bar(state.rest, rest, say);
  entropy(state, done.entropy);
  const top = part.tokens.find(({ id }) => id === order[0]) ?? part.tokens[0];
  caption(state, done, { top: top.quoted, best: done.probs[top.id], rest });
  const board = state.root.closest(".vt");                            // for figures of the same distribution beside this one
  board.softmax = { logits, order, tokens: part.tokens, others: state.others, settings, done };
  board.dispatchEvent(new CustomEvent("softmax"));
}

function verdict(cell, text, by) {
  cell.textContent = text;
  if (!by) return;
  const reason = element("span", "by");
  reason.textContent = by;
  cell.append(" ", reason);
}

function bar({ line, fill, value }, share, say) {
  line.dataset.prob = share;
  fill.style.width = `${100 * share}%`;
  value.textContent = say.percent(share, 1);
}

function entropy({ entropy: { box, fill: level, value }, part: { words }, logits, say }, nats) {
  const choices = Math.exp(nats);
  Object.assign(box.dataset, { entropy: nats, choices });
  level.style.width = `${100 * (logits.length > 1 ? nats / Math.log(logits.length) : 0)}%`;
  write(value, filled(words.entropy_value, { nats: say.number(nats, 2), choices: say.choices(choices) }));
}

function caption(state, done, { top, best, rest }) {
  const { part: { words, tokens }, settings, logits, say: { short, percent, number, choices: few } } = state;
  const choices = Math.exp(done.entropy);
  const values = { top, temperature: short(settings.temperature), probability: percent(best, 0), shown: number(tokens.length, 0),
    mass: percent(1 - rest, 0), others: number(logits.length - tokens.length, 0), rest: percent(rest, 0),
    kept: number(done.kept, 0), vocabulary: number(logits.length, 0), choices: few(choices) };
  const alone = settings.temperature === 0 ? words.say_zero : words.say_alone;
  const sentences = done.kept === 1 ? [alone]
    : [words.say, ...(done.kept < logits.length ? [words.say_filter] : []), choices < 1.05 ? words.say_certain : words.say_choices];
  state.said = filled(sentences.join(" "), values);
  say(state);
}

const say = ({ root, said }) => write(root.closest("figure").querySelector("figcaption"), said);

// One pass, so that a token that looks like a placeholder stays a token.
export const filled = (template, values) => template.replace(/\{(\w+)\}/g, (_, name) => values[name]);

// Numbers as the language writes them, the same as ui/i18n.py.
export function numbers(language) {
  const formats = new Map();
  const write = (value, least, most) => {
    const key = `${least} ${most}`;
    if (!formats.has(key)) formats.set(key, new Intl.NumberFormat(language, { minimumFractionDigits: least, maximumFractionDigits: most, useGrouping: "always" }));
    return formats.get(key).format(value).replace("-", "−");
  };
  const number = (value, digits) => write(value, digits, digits);
  const sign = language === "es" ? "\u202f%" : "%";
  const percent = (share, digits) => {                                // what is not 0 is not shown as 0, nor as all what is not all
    const least = 10 ** -digits;
    if (share > 0 && 100 * share < least / 2) return `< ${number(least, digits)}${sign}`;
    if (share < 1 && 100 * share >= 100 - least / 2) return `> ${number(100 - least, digits)}${sign}`;
    return number(100 * share, digits) + sign;
  };
  return { number, percent, short: (value) => write(value, 0, 3), choices: (value) => number(value, value < 9.95 ? 1 : 0) };
}
