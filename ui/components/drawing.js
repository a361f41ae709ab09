// A card as a pure SVG, for programs that know no HTML: boxes as rectangles, each line of text as text where it stands on the page, SVGs as
// they are with the styles that the page gives them, canvases as images.
const NS = "http://www.w3.org/2000/svg", NO_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const LOOK = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "opacity", "visibility", "font-family",
  "font-size", "font-weight", "font-style", "text-anchor", "dominant-baseline", "marker-end", "vector-effect"];
const measure = new OffscreenCanvas(1, 1).getContext("2d");

// The SVG element; what matches `leftOut` is not drawn.
export function drawing(figure, leftOut) {
  const { left, top, width, height } = figure.getBoundingClientRect();
  const svg = make("svg", { width, height, viewBox: `0 0 ${round(width)} ${round(height)}` }), defs = make("defs", {});
  const title = make("title", {}), told = make("desc", {});
  title.textContent = clean(figure.querySelector("h3")?.textContent ?? "");
  told.textContent = clean(figure.querySelector("figcaption")?.textContent ?? "");
  svg.append(title, told, defs);
  walk(figure, svg, { left, top, defs, leftOut, clip: { left, top, right: left + width, bottom: top + height } });
  return svg;
}

function make(name, attributes) {
  const made = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined) made.setAttribute(key, typeof value === "number" ? round(value) : value);
  return made;
}

const round = (x) => Math.round(x * 100) / 100;
const clean = (text) => text.toWellFormed().replace(NO_XML, "\ufffd");

function walk(node, into, page) {
  if (node.nodeType === Node.TEXT_NODE) return lines(node, into, page);
  if (node.nodeType !== Node.ELEMENT_NODE || node.matches(page.leftOut)) return;
  const style = getComputedStyle(node), box = node.getBoundingClientRect(), { clip } = page;
  if (style.display === "none" || style.visibility === "hidden" || style.opacity === "0") return;
  if (box.width && box.height && (box.right <= clip.left || box.left >= clip.right || box.bottom <= clip.top || box.top >= clip.bottom)) return;
  const group = style.opacity === "1" ? into : into.appendChild(make("g", { opacity: style.opacity }));
  if (node.tagName === "CANVAS") return group.append(make("image", { ...place(box, page), href: node.toDataURL(), preserveAspectRatio: "none", style: `image-rendering:${style.imageRendering}` }));
  if (node.tagName === "svg") return group.append(inlined(node, box, page));
  if (node.tagName === "INPUT" || node.tagName === "TEXTAREA") return control(node, style, box, group, page);
  if (box.width && box.height) rectangle(style, box, group, page);
  const inner = style.overflow === "visible" ? page : { ...page, clip: { left: Math.max(clip.left, box.left), top: Math.max(clip.top, box.top), right: Math.min(clip.right, box.right), bottom: Math.min(clip.bottom, box.bottom) } };
  for (const child of node.childNodes) walk(child, group, inner);
}

const place = ({ left, top, width, height }, page) => ({ x: left - page.left, y: top - page.top, width, height });

// A colour as every program reads it, with its opacity beside it; undefined for one that is not seen.
function colour(css) {
  const numbers = css.match(/-?[\d.]+(?:e-?\d+)?/g)?.map(Number) ?? [], [r, g, b] = css.startsWith("color(") ? numbers.map((x) => 255 * x) : numbers, alpha = numbers[3] ?? 1;
  return numbers.length < 3 || !alpha ? undefined : { paint: `rgb(${[r, g, b].map(Math.round)})`, alpha: alpha === 1 ? undefined : alpha };
}

function rectangle(style, box, into, page) {
  const { x, y, width, height } = place(box, page), corner = style.borderTopLeftRadius;
  const rx = Math.min(Math.min(width, height) / 2, corner.endsWith("%") ? parseFloat(corner) / 100 * width : parseFloat(corner)) || undefined;
  const shade = style.backgroundImage.includes("gradient(") ? gradient(style.backgroundImage, page.defs) : undefined, ground = colour(style.backgroundColor);
  if (ground) into.append(make("rect", { x, y, width, height, rx, fill: ground.paint, "fill-opacity": ground.alpha }));
  if (shade) into.append(make("rect", { x, y, width, height, rx, fill: shade }));
  const sides = ["Top", "Right", "Bottom", "Left"].map((side) => ({ wide: style[`border${side}Style`] === "none" ? 0 : parseFloat(style[`border${side}Width`]),
    tone: colour(style[`border${side}Color`]), dashes: style[`border${side}Style`] === "dashed" ? "4 3" : undefined }));
  const [first] = sides, edge = ({ wide, tone, dashes }) => ({ stroke: tone.paint, "stroke-opacity": tone.alpha, "stroke-width": wide, "stroke-dasharray": dashes });
  if (first.wide && first.tone && sides.every(({ wide, tone }) => wide === first.wide && tone?.paint === first.tone.paint)) {
    const half = first.wide / 2;
    into.append(make("rect", { x: x + half, y: y + half, width: Math.max(0, width - first.wide), height: Math.max(0, height - first.wide), rx, fill: "none", ...edge(first) }));
  } else sides.forEach((side, i) => {
    if (!side.wide || !side.tone) return;
    const half = side.wide / 2, ends = [[x, y + half, x + width, y + half], [x + width - half, y, x + width - half, y + height], [x, y + height - half, x + width, y + height - half], [x + half, y, x + half, y + height]][i];
    into.append(make("line", { x1: ends[0], y1: ends[1], x2: ends[2], y2: ends[3], ...edge(side) }));
  });
}

// A gradient of the page, as a gradient from left to right or, where it repeats, as stripes; returns the paint.
function gradient(css, defs) {
  const id = `shade-${defs.childElementCount}`, found = [...css.matchAll(/((?:rgba?|color)\([^)]*\))\s*([\d.]+)?(%|px)?/g)];
  const stops = found.map(([, tone, at, unit], i) => ({ ...(colour(tone) ?? { paint: "rgb(0,0,0)", alpha: 0 }), at: unit === "%" ? Number(at) / 100 : i / Math.max(1, found.length - 1) }));
  if (!stops.length) return undefined;
  if (css.startsWith("repeating")) {
    const stripes = make("pattern", { id, width: 8, height: 8, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" });
    [stops[0], stops.at(-1)].forEach(({ paint, alpha }, i) => stripes.append(make("rect", { x: 4 * i, width: 4, height: 8, fill: paint, "fill-opacity": alpha })));
    defs.append(stripes);
  } else {
    const ramp = make("linearGradient", { id });
    for (const { paint, alpha, at } of stops) ramp.append(make("stop", { offset: at, "stop-color": paint, "stop-opacity": alpha }));
    defs.append(ramp);
  }
  return `url(#${id})`;
}

function control(input, style, box, into, page) {
  const { x, y, width, height } = place(box, page), accent = colour(style.accentColor)?.paint ?? "rgb(0,0,0)", middle = y + height / 2;
  if (input.type !== "range") {
    rectangle(style, box, into, page);
    if (input.tagName === "TEXTAREA") return wrapped(input, style, box).forEach((line, i) => say(line, x + 8, y + 22 + 1.5 * parseFloat(style.fontSize) * i, undefined, style, into));
    return say(input.value || input.placeholder, x + 8, middle + 5, undefined, style, into);
  }
  const at = x + width * (input.value - input.min) / (input.max - input.min || 1);
  into.append(make("line", { x1: x, y1: middle, x2: x + width, y2: middle, stroke: accent, "stroke-width": 4, "stroke-opacity": 0.35 }), make("circle", { cx: at, cy: middle, r: 7, fill: accent }));
}

// The lines of a box for several, as many as it shows.
function wrapped(box, style, { width, height }) {
  measure.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  const found = [];
  for (const paragraph of box.value.split("\n")) {
    let line = "";
    for (const piece of paragraph.match(/\S+\s*/g) ?? [""]) {
      if (line && measure.measureText(line + piece.trimEnd()).width > width - 20) { found.push(line); line = ""; }
      line += piece;
    }
    found.push(line);
  }
  return found.slice(0, Math.max(1, Math.floor((height - 12) / (1.5 * parseFloat(style.fontSize)))));
}

// The lines that a text node takes on the page, each where it stands; what is cut on the page is cut here.
function lines(node, into, { left, top, clip }) {
  if (!node.data.trim()) return;
  const range = document.createRange(), style = getComputedStyle(node.parentElement), found = [];
  for (const { 0: piece, index } of node.data.matchAll(/\s+|\S+/g)) {
    range.setStart(node, index);
    range.setEnd(node, index + piece.length);
    const [box] = range.getClientRects(), line = found.at(-1);
    if (!box || !box.width) continue;
    if (line && Math.abs(line.top - box.top) < 2) Object.assign(line, { text: line.text + piece, right: box.right });
    else found.push({ text: piece, left: box.left, right: box.right, top: box.top, height: box.height });
  }
  measure.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  const { fontBoundingBoxAscent: up, fontBoundingBoxDescent: down } = measure.measureText("x");
  for (const line of found) {
    if (line.top >= clip.bottom || line.top + line.height <= clip.top || line.left >= clip.right) continue;
    const width = line.right - line.left, room = clip.right - line.left, cut = width > room + 1;
    const text = cut ? `${[...line.text].slice(0, Math.max(1, Math.floor([...line.text].length * room / width) - 1)).join("")}…` : line.text;
    say(text, line.left - left, line.top - top + (line.height - up - down) / 2 + up, cut ? undefined : width, style, into);
  }
}

function say(text, x, y, width, style, into) {
  const ink = colour(style.color), line = make("text", { x, y, fill: ink?.paint, "fill-opacity": ink?.alpha, "font-family": style.fontFamily, "font-size": style.fontSize,
    "font-weight": style.fontWeight, "text-decoration": style.textDecorationLine === "none" ? undefined : style.textDecorationLine, textLength: text.length > 1 ? width : undefined,
    lengthAdjust: text.length > 1 && width ? "spacingAndGlyphs" : undefined, "xml:space": "preserve" });
  line.textContent = clean(text);
  into.append(line);
}

// A copy of an SVG of the page that needs none of its style sheets.
function inlined(svg, box, page) {
  const copy = svg.cloneNode(true), all = [svg, ...svg.querySelectorAll("*")], copies = [copy, ...copy.querySelectorAll("*")];
  all.forEach((from, i) => {
    const to = copies[i], style = getComputedStyle(from);
    to.removeAttribute("class");
    to.removeAttribute("style");
    if (style.display === "none") return to.remove();
    for (const name of LOOK) {
      const value = style.getPropertyValue(name), tone = (name === "fill" || name === "stroke") && value.startsWith("color(") ? colour(value) : undefined;
      if (value && value !== "none" || name === "fill") to.setAttribute(name, tone?.paint ?? value.replace(/url\("?[^"#]*(#[^")]+)"?\)/, "url($1)"));
      if (tone?.alpha !== undefined) to.setAttribute(`${name}-opacity`, tone.alpha);
    }
  });
  for (const [key, value] of Object.entries(place(box, page))) copy.setAttribute(key, round(value));
  copy.setAttribute("overflow", getComputedStyle(svg).overflow);
  return copy;
}
