// A decoder's shape in numbers, while a slider is dragged: the engine's own formulas, sent as terms, worked out here; and how figures are written.

// A formula is a sum of terms, each a factor times a product of letters: [8, "LCC"] is 8 L C².
export const comes = (terms, of) => terms.reduce((sum, [factor, letters]) => sum + [...letters].reduce((product, letter) => product * of[letter], factor), 0);

// What a shape holds part by part, in all, and what it costs: `laws` from the engine, `set` the values of the knobs by the last word of their names.
export function worked(laws, set) {
  const of = { L: set.layers, C: set.width, T: set.context, V: set.vocabulary }, tied = Boolean(set.tied);
  const parts = Object.fromEntries(Object.entries(laws.parts).map(([id, terms]) => [id, id === laws.untied && tied ? 0 : comes(terms, of)]));
  const total = Object.values(parts).reduce((sum, count) => sum + count, 0), training = laws.training * total * set.tokens;
  const seconds = training / 10 ** set.rate, cache = comes(laws.cache, of);
  return { parts, total, layers: set.layers,
    bytes: { ...Object.fromEntries(Object.entries(laws.bytes).map(([id, each]) => [id, each * total])), adam: laws.adam * total, cache: laws.bytes.fp16 * cache },
    run: { weights: comes(laws.forward.weights, of), attention: comes(laws.forward.attention, of) },
    train: { training, ratio: set.tokens / total, seconds, cost: seconds / 3600 * set.price } };
}

// The knobs' values by the last word of their names.
export const plainly = (knobs) => Object.fromEntries(Object.entries(knobs).map(([name, value]) => [name.split(".")[1], value]));

// Hear of every change that a reader makes to the shape on this board, before it is reported.
export function hear(root, take) {
  root.closest(".vt").addEventListener("shape", ({ detail }) => take(detail));
}

const RAISED = { "-": "⁻", ...Object.fromEntries([..."⁰¹²³⁴⁵⁶⁷⁸⁹"].map((raised, digit) => [digit, raised])) };
export const power = (exponent) => `10${[...String(exponent)].map((c) => RAISED[c]).join("")}`;

// How the language writes whole numbers, shares, and very large or small ones.
export function writing(language) {
  const digits = (least, most) => new Intl.NumberFormat(language, { minimumFractionDigits: least, maximumFractionDigits: most, useGrouping: "always" });
  const whole = digits(0, 0), one = digits(1, 1), two = digits(2, 2), loose = digits(0, 2), sign = language === "es" ? "\u202f%" : "%";
  const scientific = (value) => {
    if (value === 0) return "0";
    let exponent = Math.floor(Math.log10(value));
    if (Math.round(value / 10 ** exponent * 100) >= 1000) exponent += 1;
    return exponent > -3 && exponent < 6 ? (value < 100 ? loose : whole).format(value) : `${two.format(value / 10 ** exponent)}\u202f×\u202f${power(exponent)}`;
  };
  const percent = (share) => share > 0 && share < 0.0005 ? `< ${one.format(0.1)}${sign}` : share < 1 && share >= 0.9995 ? `> ${one.format(99.9)}${sign}` : `${one.format(100 * share)}${sign}`;
  const bytes = (value) => {
    const step = Math.min(5, Math.max(0, Math.floor(Math.log10(Math.max(value, 1)) / 3)));
    return `${(step ? one : whole).format(value / 1000 ** step)}\u00a0${["B", "kB", "MB", "GB", "TB", "PB"][step]}`;
  };
  return { whole: (value) => whole.format(value), loose: (value) => loose.format(value), percent, scientific, bytes };
}

// A stretch of time in the unit that suits it; `words` has each unit with {value} in it.
export function lasting(seconds, words, { whole, loose, scientific }) {
  const units = [["years", 365.25 * 86400], ["days", 86400], ["hours", 3600], ["minutes", 60], ["seconds", 1]];
  const [unit, length] = units.find(([, length]) => seconds >= 2 * length) ?? units.at(-1), value = seconds / length;
  return words[unit].replace("{value}", value >= 1e6 ? scientific(value) : value >= 100 ? whole(value) : value >= 10 ? loose(Math.round(value * 10) / 10) : loose(value));
}
