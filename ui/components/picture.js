// The small pictures on the card of an idea: pieces of text, bars, the numbers of a vector, a matrix, a curve.
import { colour, element, floats, rgb, scale } from "./kit.js";

const NS = "http://www.w3.org/2000/svg";
const PAINT = { chips, bars, strip, grid, curve };

// Fill `holder` with a picture, or empty it; `number(x)` writes a value, `words` says what the scale is.
export function picture(holder, part, words, number, label) {
  holder.replaceChildren();
  holder.hidden = !part;
  delete holder.dataset.kind;
  if (!part) return;
  holder.dataset.kind = part.kind;
  const note = PAINT[part.kind](holder, part, words, number, label);
  if (note) holder.append(Object.assign(element("p", "scale-note"), { textContent: note }));
}

function chips(holder, { texts }) {
  const list = holder.appendChild(element("div", "chips"));
  texts.forEach((text, i) => list.append(Object.assign(element("span", `chip ${i % 2 ? "odd" : ""}`), { textContent: text })));
}

function bars(holder, { rows }, words, number) {
  const list = holder.appendChild(element("div", "bars"));
  for (const { name, value, share, text } of rows) {
    const line = element("div", "line"), label = element("span", "name"), track = element("div", "track"), fill = element("div", "fill"), figure = element("span", "value");
    label.textContent = label.title = name;
    figure.textContent = text;
    fill.dataset.value = value;
    fill.style.width = `${100 * share}%`;
    track.append(fill);
    line.append(label, track, figure);
    list.append(line);
  }
  const longest = rows.reduce((best, row) => row.share > best.share ? row : best, rows[0]);
  return words.bars.replace("{most}", number(longest.value / longest.share));
}

function strip(holder, { values }, words, number, label) {
  const numbers = floats(values), most = Math.max(...numbers.map(Math.abs)) || 1, svg = drawing(holder, numbers.length, 2, label);
  numbers.forEach((value, i) => svg.append(shape("rect", { x: i, width: 0.8, y: value > 0 ? 1 - value / most : 1, height: Math.abs(value) / most, "data-value": value })));
  svg.append(shape("line", { x1: 0, x2: numbers.length, y1: 1, y2: 1 }));
  svg.setAttribute("class", "strip-picture");
  return words.height.replace("{most}", number(most));
}

function grid(holder, { values, names, masked }, words, number, label) {
  const [rows, columns] = values.shape, numbers = floats(values), signed = numbers.some((value) => value < 0);
  const most = signed ? Math.max(...numbers.map(Math.abs)) : 1, table = scale(holder), back = rgb(colour(holder, "--paper"));
  const sides = [rgb(colour(holder, "--contrast")), rgb(colour(holder, "--accent"))];
  const shade = (value) => {
    if (!signed) { const packed = table[Math.round(255 * Math.min(1, value / most))]; return [packed & 255, (packed >> 8) & 255, (packed >> 16) & 255]; }
    const side = sides[value < 0 ? 0 : 1], part = Math.abs(value) / most;
    return back.map((c, i) => Math.round(c + (side[i] - c) * part));
  };
  const box = holder.appendChild(element("div", "grid-picture"));
  box.style.gridTemplateColumns = names.length ? "max-content minmax(0, 1fr)" : "minmax(0, 1fr)";
  if (names.length) {
    const list = box.appendChild(element("div", "names"));
    for (const name of names) list.append(Object.assign(element("span"), { textContent: name }));
  }
  const svg = drawing(box, columns, rows, label);
  svg.setAttribute("preserveAspectRatio", "none");
  svg.style.height = `${names.length ? 1.3 * rows : Math.min(12, 0.5 * rows)}rem`;
  numbers.forEach((value, i) => {
    const row = Math.floor(i / columns), column = i % columns, future = masked && column > row, cell = shape("rect", { x: column, y: row, width: 1, height: 1, "data-value": value });
    cell.setAttribute("fill", future ? "var(--future)" : `rgb(${shade(value)})`);
    if (names.length) cell.append(Object.assign(document.createElementNS(NS, "title"), { textContent: future ? words.mask : `${names[row]} → ${names[column]}: ${number(value)}` }));
    svg.append(cell);
    if (future) svg.append(shape("line", { x1: column, y1: row + 1, x2: column + 1, y2: row, class: "hatch" }));
  });
  if (signed) return words.sides.replace("{most}", number(most));
  const legend = holder.appendChild(element("div", "legend")), shades = legend.appendChild(element("span"));
  shades.append(number(0), element("span", "scale"), number(1));
  if (masked) legend.append(Object.assign(element("span"), { textContent: words.mask }));
}

function curve(holder, { x, y }, words, number, label) {
  const xs = floats(x), ys = floats(y), left = Math.min(...xs), right = Math.max(...xs), low = Math.min(0, ...ys), high = Math.max(...ys), pad = 0.05 * (high - low);
  const svg = drawing(holder, right - left, high - low + 2 * pad, label), at = (value) => high + pad - value;
  svg.setAttribute("class", "curve-picture");
  svg.append(shape("line", { x1: 0, x2: right - left, y1: at(0), y2: at(0) }), shape("line", { x1: -left, x2: -left, y1: 0, y2: high - low + 2 * pad }),
    shape("polyline", { points: [...xs].map((value, i) => `${value - left},${at(ys[i])}`).join(" ") }));
  return `x: ${words.scale.replace("{least}", number(left)).replace("{most}", number(right))} · y: ${words.scale.replace("{least}", number(low)).replace("{most}", number(high))}`;
}

function drawing(holder, width, height, label) {
  const svg = shape("svg", { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "none", role: "img", "aria-label": label });
  return holder.appendChild(svg);
}

function shape(name, attributes) {
  const made = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
