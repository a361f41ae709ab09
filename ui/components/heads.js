// Every head of every layer as a thumbnail of its attention, with what it is called by and what it adds to the expected word. The pointer
// previews a head in the large view; click or arrow keys lock it there, a click on the locked one or Escape lets it go.
import { across, bytes, colour, element, put, rgb, scale, watch } from "./kit.js";

export const sheet = "heads.css";
const made = new WeakMap();
const CRAMPED = 860;                // pixels: a board that is narrower has one card to a row

export function draw(root, part, { dark, language, send }) {
  let state = made.get(root);
  if (!state || state.shape !== `${part.layers}x${part.heads}`) made.set(root, (state = build(root, part)));
  const n = part.size, values = bytes(part.values);
  const number = new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 2, signDisplay: "exceptZero" });
  const said = (i) => {
    const { role, adds, off } = part.marks[i], { words } = part, value = number.format(adds).replace("-", "−");
    return [words.head_name.replace("{head}", part.ids[i]), role && part.roles[role].name,
      off ? words.is_off : words.adds.replace("{value}", value).replace("{token}", () => part.token)].filter(Boolean).join(" · ");
  };
  Object.assign(state, { part, send, values });
  if (state.dark !== dark || !state.table) Object.assign(state, { dark, table: scale(root), future: packed(rgb(colour(root, "--future"))) });
  const image = new ImageData(n, n), pixels = new Uint32Array(image.data.buffer);
  state.buttons.forEach((button, i) => {
    for (let q = 0, at = 0; q < n; q++)
      for (let k = 0; k < n; k++, at++)
        pixels[at] = k > q && part.masked ? state.future : state.table[values[i * n * n + at]];
    const [canvas, badge, bar] = button.children;
    if (canvas.width !== n) canvas.width = canvas.height = n;
    canvas.getContext("2d").putImageData(image, 0, 0);
    const { role, adds, off } = part.marks[i], chosen = part.ids[i] === part.selected, first = !part.selected && i === 0;
    put(badge, role ? part.roles[role].sign : "");
    bar.dataset.value = adds;
    bar.classList.toggle("down", adds < 0);
    bar.style.width = `${100 * (Math.abs(adds) / part.most)}%`;
    button.classList.toggle("off", off);
    button.setAttribute("aria-checked", chosen);
    button.tabIndex = chosen || first ? 0 : -1;
    button.setAttribute("aria-label", said(i));     // for the pointer, its title is set once it comes
  });
  state.free.hidden = !part.selected;
  state.free.textContent = part.words.free;
  legend(state);
}

const packed = ([r, g, b]) => (255 << 24) | (b << 16) | (g << 8) | r;

function build(root, part) {
  const grid = element("div", "heads");
  grid.setAttribute("role", "radiogroup");
  grid.setAttribute("aria-label", part.title);
  grid.style.gridTemplateColumns = `2.7rem repeat(${part.heads}, minmax(0, 1fr))`;
  const state = { root, shape: `${part.layers}x${part.heads}`, buttons: [], legend: element("div", "legend"), free: element("button", "free") };
  const cell = (text) => { const span = element("span", "axis"); span.textContent = text; grid.append(span); };
  cell(part.headWord);                  // once: eight of them would run into one another
  for (let h = 0; h < part.heads; h++) cell(`${h}`);
  for (let l = 0; l < part.layers; l++) {
    cell(`${part.layerWord} ${l}`);
    for (let h = 0; h < part.heads; h++) {
      const button = element("button");
      const index = l * part.heads + h;
      button.type = "button";
      button.setAttribute("role", "radio");
      button.append(element("canvas"), element("span", "badge"), element("span", "adds"));
      button.onclick = () => choose(state, state.part.ids[index] === state.part.selected ? null : index);
      button.onpointerenter = () => { button.title = button.getAttribute("aria-label"); preview(state, index); };
      button.onkeydown = (event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: part.heads, ArrowUp: -part.heads }[event.key];
        if (event.key === "Escape") choose(state, null);
        if (!step) return;
        event.preventDefault();
        const next = (index + step + state.buttons.length) % state.buttons.length;
        state.buttons[next].focus();
        choose(state, next);
      };
      grid.append(button);
      state.buttons.push(button);
    }
  }
  grid.onpointerleave = () => { if (state.part.selected) preview(state, null); };          // with none locked, the last one passed over stays
  state.free.type = "button";
  state.free.onclick = () => { choose(state, null); state.buttons[0].focus(); };
  root.replaceChildren(grid, state.free, state.legend);
  const board = root.closest(".vt");
  board.classList.add("long");
  watch(board, () => board.classList.toggle("stacked", across(board) < CRAMPED));
  return state;
}

function choose(state, index) {
  state.part.selected = index === null ? "" : state.part.ids[index];            // a second click may come before the answer
  state.buttons.forEach((button, i) => button.setAttribute("aria-checked", i === index));
  preview(state, null);
  state.send({ [state.part.knob]: state.part.selected || "none" });
}

// Show a head in the large view without locking it: its thumbnail's weights, one of 256 shades each.
function preview({ root, part, values }, index) {
  const n = part.size, detail = index === null || part.ids[index] === part.selected ? null
    : { id: part.ids[index], n, weights: Float32Array.from(values.subarray(index * n * n, (index + 1) * n * n), (shade) => shade / 255) };
  root.closest(".vt").dispatchEvent(new CustomEvent("preview", { detail }));
}

function legend({ legend, part: { roles, words, marks, most } }) {
  const there = [...new Set(marks.map(({ role }) => role))].filter(Boolean), said = JSON.stringify([there, words, roles, most]);
  if (legend.dataset.said === said) return;
  legend.dataset.said = said;
  const key = (sign, text, name) => { const span = element("span"); span.append(Object.assign(element("span", name), { textContent: sign }), text); return span; };
  legend.replaceChildren(...there.map((role) => key(roles[role].sign, roles[role].name, "badge")), key("", words.up, "adds"), key("", words.down, "adds down"));
}
