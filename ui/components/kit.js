// Small things that every kind of figure needs.

export function element(tag, name) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  return made;
}

// Text with **emphasis**, and nothing else: what a reader typed stays text.
export function write(target, text) {
  if (target.dataset.text === text) return;
  target.dataset.text = text;
  target.replaceChildren(...text.split("**").map((piece, i) => {
    if (i % 2 === 0) return document.createTextNode(piece);
    const strong = element("b"); strong.textContent = piece; return strong;
  }));
}

// Plain text, put there only where it is another: what stays the same costs the browser nothing.
export function put(target, text) {
  if (target.textContent !== text) target.textContent = text;
}

const sheets = {};
// A style sheet, once a page: figures read their colours from it, so nothing is drawn before it is there.
export function styled(name) {
  return sheets[name] ??= new Promise((resolve) => {
    const link = Object.assign(element("link"), { rel: "stylesheet", href: new URL(name, import.meta.url).href });
    link.onload = link.onerror = resolve;
    document.head.append(link);
  });
}

export const plain = (text) => text.replaceAll("**", "");

// A float32 array sent as base64: { f32, shape }.
export function floats(packed) { return new Float32Array(bytes(packed.f32).buffer); }

export function bytes(text) {
  const raw = atob(text), made = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i++) made[i] = raw.charCodeAt(i);
  return made;
}

// Colours of the theme, as the board has them; asking the browser at each key would cost it a layout each time.
const known = new WeakMap();
export function colour(root, name) {
  const board = root.closest(".vt");
  if (!known.has(board)) known.set(board, {});
  return known.get(board)[name] ??= getComputedStyle(board).getPropertyValue(name).trim();
}

// Whether the page is dark, and at the same time: the colours are asked for anew.
export function theme(board) {
  known.delete(board);
  board.classList.toggle("dark", isDark(board));
  known.delete(board);                              // our own colours follow from that class
}

// How wide an element is, in whole pixels, without asking the browser for a layout; `watch` calls `paint` whenever that changes.
const widths = new WeakMap();
export function watch(root, paint) {
  new ResizeObserver(() => { widths.set(root, root.clientWidth); paint(); }).observe(root);
}
export function across(root) {
  if (!widths.has(root)) widths.set(root, root.clientWidth);
  return widths.get(root);
}

function isDark(root) {
  const [r, g, b] = rgb(colour(root, "--st-background-color"));
  return 0.3 * r + 0.59 * g + 0.11 * b < 128;
}

export function rgb(text) {
  if (text.startsWith("#")) return [1, 3, 5].map((i) => parseInt(text.slice(i, i + 2), 16));
  return (text.match(/[\d.]+/g) ?? [255, 255, 255]).slice(0, 3).map(Number);
}

// The scale of weights as 256 colours, from the theme's five stops.
export function scale(root) {
  const stops = [[0, "--w0"], [0.1, "--w1"], [0.3, "--w2"], [0.6, "--w3"], [1, "--w4"]].map(([at, name]) => [at, rgb(colour(root, name))]);
  const table = new Uint32Array(256);
  for (let i = 0, s = 0; i < 256; i++) {
    const x = i / 255;
    while (s < stops.length - 2 && x > stops[s + 1][0]) s++;
    const [a, from] = stops[s], [b, to] = stops[s + 1], t = Math.min(1, Math.max(0, (x - a) / (b - a)));
    const [r, g, bl] = from.map((c, j) => Math.round(c + (to[j] - c) * t));
    table[i] = (255 << 24) | (bl << 16) | (g << 8) | r;
  }
  return table;
}

// What an arrow key asks for: a step along a row of choices, or one down and across a field; nothing of another key.
export const along = ({ key }) => ({ ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 })[key];
export const aside = ({ key }) => ({ ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] })[key] ?? [];

// When pointer or focus goes, what was pointed at is no more; but a page that moves under a resting pointer takes nothing from the keyboard.
export function left(target, forget) {
  target.onblur = forget;
  target.onpointerleave = () => { if (!target.matches(":focus-visible")) forget(); };
}

// When a slider is let go of, even where it began, which is no change.
export function letGo(range, free) {
  for (const type of ["pointerup", "pointercancel", "blur"]) range.addEventListener(type, free);
}

// A row of choices of which one can be reached by Tab, the others by arrow keys; `choose` takes the one gone to and its number.
export function arrows(group, choose) {
  group.setAttribute("role", "radiogroup");
  group.addEventListener("keydown", (event) => {
    const step = along(event), all = [...group.children];
    if (!step) return;
    event.preventDefault();
    const next = (all.indexOf(document.activeElement) + step + all.length) % all.length;
    all[next].focus();
    choose(all[next], next);
  });
}

// An element of an SVG with its attributes, and its text if it has one.
export function drawing(name, values, text) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(values)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

// Text on a canvas around its own corner.
export function turned(pen, text, x, y, angle) {
  pen.save();
  pen.translate(x, y);
  pen.rotate(angle);
  pen.fillText(text, 0, 0);
  pen.restore();
}
