// One component draws a whole screen: parts in a grid, each drawn by the module of its kind, all in one paint.
import { element, plain, styled, theme, write } from "./kit.js";

const boards = new WeakMap();
const PATIENCE = 4000;              // milliseconds until what is not answered is asked again

export async function draw({ data, parentElement, setStateValue, setTriggerValue }) {
  let board = boards.get(parentElement);
  if (!board) boards.set(parentElement, (board = create(parentElement, data)));
  board.send = (knobs) => {
    if (AWAY.some((name) => name in knobs)) leave();
    report(board, knobs, setStateValue, board.ask);
  };
  board.ask = () => more(board, setTriggerValue);
  board.data = data;
  board.told = board.told.filter(({ number }) => number > data.heard);
  await board.styled;
  const kinds = [...new Set(data.parts.map((part) => part.kind))].filter((kind) => !board.modules[kind]);
  if (kinds.length) await Promise.all(kinds.map(async (kind) => {
    const module = await import(`./${kind}.js`);
    if (module.sheet) await styled(module.sheet);
    board.modules[kind] = module;
  }));
  if (board.data !== data) return;                  // a newer text came while a module was loading
  paint(board, data);
}

// What the reader sets is numbered, and each drawing says which number it had heard of. Streamlit lets the later of two reports that wait take the
// earlier one's place, and drops one that is like the last: so each says again what no drawing has answered, and no two are alike. And it can lose
// the drawing itself, where the next run begins before this one's is sent: whoever is not answered asks once more.
let number = 0;
function report(board, knobs, setStateValue, again) {
  number = Math.max(number + 1, Date.now());
  board.told.push({ number, knobs });
  setStateValue("knobs", { ...Object.assign({}, ...board.told.map(({ knobs }) => knobs)), sent: number });
  clearTimeout(board.unheard);
  board.unheard = setTimeout(() => { if (board.root.isConnected && board.told.length) again(); }, PATIENCE);
}

// The next piece of what is being written or measured is asked for when nothing else is going on. Of two fragments that the browser asks for at once,
// Streamlit runs one; where a run begins just as another has ended, it may forget what that one has drawn: a click would be lost, or a figure gone
// for a moment. So a board waits until the last run has ended, and after whatever the reader does, until that was answered, or was nothing to answer.
const PAUSE = 250, CALM = 600, LOOK = 10, AFTER = 2500;         // milliseconds: after a key; after anything else; until it is looked again; after a link
let typed = -Infinity, touched = -Infinity, ran = -Infinity, left = -Infinity;
const app = () => document.querySelector("[data-testid=stApp]")?.dataset.testScriptState;
const type = (event) => {
  typed = performance.now();
  if (event?.target.closest?.("[data-testid=stSidebar]")) leave();          // another language or model: the whole page is run anew
};
addEventListener("input", type, true);
for (const kind of ["pointerdown", "click", "keydown", "change"]) addEventListener(kind, () => { touched = performance.now(); }, true);
new MutationObserver(() => { if (app() === "running") ran = performance.now(); })
  .observe(document.documentElement, { subtree: true, attributes: true, attributeFilter: ["data-test-script-state"] });

// Another screen was asked for: a fragment of this one that is rerun now would draw into the next.
const AWAY = ["go", "step", "lesson.back"];             // what a board reports where it leads to another screen
const leave = () => { left = performance.now(); };
addEventListener("click", (event) => { if (event.target.closest?.("a[href]")) leave(); }, true);
addEventListener("popstate", leave, true);

function held() {
  if (!["notRunning", undefined].includes(app())) return LOOK;
  return Math.max(left + AFTER, typed + PAUSE, ran > touched ? 0 : touched + CALM) - performance.now();
}

function more(board, setTriggerValue) {
  const wait = held(), { data } = board, again = () => { if (board.root.isConnected && board.data === data) more(board, setTriggerValue); };
  clearTimeout(board.again);
  whenIdle.cancel(board.idle);
  if (wait > 0) { board.again = setTimeout(again, wait); return; }
  board.idle = whenIdle.call(() => {            // with no click waiting that would be sent along with this
    if (held() > 0 || !board.root.isConnected) return again();
    setTriggerValue("more", Date.now());
    board.again = setTimeout(again, PATIENCE);
  });
}

// Safari has no such callback.
const whenIdle = globalThis.requestIdleCallback ? { call: (what) => requestIdleCallback(what, { timeout: PAUSE }), cancel: (id) => cancelIdleCallback(id) }
  : { call: (what) => setTimeout(what, 0), cancel: (id) => clearTimeout(id) };

function create(parent, data) {
  const root = element("div", "vt");
  parent.replaceChildren(root);
  theme(root);
  return { root, styled: styled("board.css"), modules: {}, cards: new Map(), told: [] };
}

function paint(board, data) {
  const { root } = board;
  root.lang = data.language;
  requestAnimationFrame(() => {                     // the page may have changed its theme; asked for where it costs no layout of its own
    const before = root.className;
    theme(root);
    if (root.className !== before && board.data === data) paint(board, data);
  });
  tools(board, data);
  const wanted = new Set(data.parts.map((part) => part.id));
  for (const [id, card] of board.cards) if (!wanted.has(id)) { card.figure.remove(); board.cards.delete(id); }
  let before = board.tools;
  for (const part of data.parts) {
    let card = board.cards.get(part.id);
    const room = part.room ? Math.max(part.room, card?.figure.offsetHeight ?? 0) : 0;          // where a figure is waited for, nothing below moves
    if (card && card.kind !== part.kind) { card.figure.remove(); card = undefined; }       // the one kind's drawing is nothing to the other
    if (!card) { board.cards.set(part.id, (card = frame(part))); root.insertBefore(card.figure, before ? before.nextSibling : root.firstChild); }
    before = card.figure;
    if (card.keep) words(card.keep, data.keep);
    card.figure.style.gridColumn = `span ${part.span}`;
    card.figure.style.gridRow = part.rows ? `span ${part.rows}` : "";
    card.figure.style.minHeight = room ? `${room}px` : "";
    write(card.title, part.title ?? ""); card.title.hidden = !part.title;
    write(card.hint, part.hint ?? "");
    write(card.caption, part.caption ?? "");
    board.modules[part.kind].draw(card.body, part, {
      dark: root.classList.contains("dark"), swap: data.swap, language: data.language, version: data.version,
      label: plain(part.caption || part.title || ""), send: board.send, ask: board.ask, awaits: (knob) => board.told.some(({ knobs }) => knob in knobs),       // set here, and this drawing knows nothing of it yet
    });
  }
  if (data.stamp !== null && root.dataset.stamp !== data.stamp) type();
  if (data.stamp !== null) root.dataset.stamp = data.stamp;     // what the figures now show, for whoever waits for it
  root.dataset.drawn = "";
  for (const copy of document.querySelectorAll(".vt .copy")) copy.dataset.query = data.address;       // whichever board was set last knows all
}

// A card: title and hint, the figure, its caption, and two buttons that keep it as a picture; a bare part has a body alone.
function frame(part) {
  const figure = element(part.bare ? "div" : "figure", part.bare ? "bare" : ""), title = element("h3"), hint = element("p", "hint"), body = element("div", "body");
  const caption = element("figcaption"), card = { kind: part.kind, figure, title, hint, body, caption };
  figure.dataset.part = part.id;
  if (part.bare) figure.append(body);
  else {
    card.keep = element("div", "keep");
    for (const type of ["png", "svg"]) {
      const button = card.keep.appendChild(Object.assign(element("button"), { type: "button", textContent: type.toUpperCase() }));
      button.onclick = async () => (await import("./save.js")).save(figure, type, `vitrina-${part.id}`);
    }
    figure.append(card.keep, title, hint, body, caption);
  }
  return card;
}

function words(keep, said) {
  keep.childNodes.forEach((button) => { button.title = said.replace("{type}", button.textContent); button.setAttribute("aria-label", button.title); });
}

function tools(board, data) {
  if (!data.link) return;
  if (!board.tools) {
    board.tools = element("div", "tools");
    board.status = element("span");
    board.copy = element("button", "copy");
    board.copy.onclick = async () => {
      const link = new URL(board.copy.dataset.query, location.href).href;
      try { await navigator.clipboard.writeText(link); board.copy.textContent = board.data.link.done; }
      catch { prompt(board.data.link.label, link); }
      setTimeout(() => { board.copy.textContent = board.data.link.label; }, 1600);
    };
    board.tools.append(board.status, board.copy);
    board.root.prepend(board.tools);
  }
  write(board.status, data.status ?? "");
  board.copy.textContent = data.link.label;
}
