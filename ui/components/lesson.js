// The bar of a lesson above its screen: where the reader stands, what to do, a word to guess, a question, and the ledger of guesses.
import { ask, pose } from "./ask.js";
import { element, write } from "./kit.js";

export const sheet = "lesson.css";

const made = new WeakMap();

export function draw(root, part, { send }) {
  let state = made.get(root);
  if (!state) made.set(root, (state = build(root)));
  Object.assign(state, { part, send });
  const { words } = part;
  state.box.dataset.step = part.step;
  write(state.title, part.title);
  write(state.said, part.said);
  state.dots.replaceChildren(...Array.from({ length: part.steps }, (_, i) => element("i", i < part.step ? "done" : "")));
  paragraphs(state.text, part.text);
  write(state.away, part.away);
  state.away.hidden = state.return.hidden = !part.away;
  state.return.textContent = words.return;
  guess(state, part);
  const said = JSON.stringify([part.step, part.question, part.options, part.answer, words]);
  state.quiz.hidden = !part.question;
  if (state.asked !== said && part.question) { write(state.question, part.question); pose(state.choice, part); }
  state.asked = said;
  for (const [name, to] of [["back", part.step - 1], ["on", part.step + 1]]) {
    state[name].textContent = words[name];
    state[name].disabled = to < 1 || to > part.steps;
  }
  state.leave.textContent = part.step >= part.steps ? words.end : words.leave;
  if (state.came !== part.step) { state.came = part.step; arrived(state, part); }
}

// A page that changes while figures of the last one still ask for more can lose what it was sent: what has not come is asked for again.
const AGAIN = 3000;
function arrived(state, { step, prompt }) {
  let typed = false;
  const input = () => document.querySelector(".st-key-prompt input"), note = () => { typed = true; };
  document.addEventListener("keydown", note, { once: true });
  document.addEventListener("click", note, { once: true });
  setTimeout(() => {
    document.removeEventListener("keydown", note);
    document.removeEventListener("click", note);
    if (!typed && prompt && state.part.step === step && input() && input().value !== prompt) state.send({ "lesson.back": `1:${Date.now()}` });
  }, AGAIN);
}
function go(state, step) {
  const from = state.part.step, wish = state.wish = () => state.send({ step });
  wish();
  setTimeout(() => { if (state.wish === wish && state.part.step === from && state.box.isConnected) wish(); }, AGAIN);
}

function guess(state, part) {
  const { words } = part;
  state.guess.hidden = !part.guess;
  write(state.label, part.ask);
  state.word.placeholder = words.placeholder;
  state.word.setAttribute("aria-label", part.ask.replaceAll("**", ""));
  state.send_word.textContent = words.guess;
  if (state.at !== part.step) { state.word.value = ""; state.at = part.step; }
  write(state.result, part.result);
  state.ledger.hidden = !part.ledger.length;
  write(state.score, part.score);
  state.summary.textContent = words.ledger;
  state.rows.replaceChildren(...[["head", words.column_text, words.column_word, words.column_said, words.column_best], ...part.ledger.map(({ text, word, said, best, best_said, hit }) =>
    [hit ? "hit" : "", text, word + (hit ? " ✓" : ""), said, `${best.replaceAll("**", "")} ${best_said}`])].map(([kind, ...cells]) => {
    const row = element("tr", kind);
    row.append(...cells.map((cell) => Object.assign(element(kind === "head" ? "th" : "td"), { textContent: cell })));
    return row;
  }));
  state.rows.dataset.probabilities = JSON.stringify(part.ledger.map(({ probability }) => probability));
}

function paragraphs(target, text) {
  const pieces = text.split(/\n\s*\n/);
  while (target.children.length > pieces.length) target.lastChild.remove();
  pieces.forEach((piece, i) => write(target.children[i] ?? target.appendChild(element("p")), piece));
}

function build(root) {
  const box = element("section", "lesson"), state = { box, send: () => {} };
  const add = (parent, tag, name, key = name) => (state[key] = parent.appendChild(element(tag, name)));
  const press = (parent, name, wish) => {
    const button = add(parent, "button", name);
    button.type = "button";
    button.onclick = () => state.send(wish());
    return button;
  };
  const head = add(box, "header", "head");
  add(head, "h2", "title");
  add(head, "span", "dots");
  state.dots.setAttribute("aria-hidden", "true");
  add(head, "span", "said");
  press(head, "leave", () => ({ "lesson.leave": `1:${Date.now()}` }));
  add(box, "div", "text");
  const astray = add(box, "p", "astray");
  add(astray, "span", "away");
  press(astray, "return", () => ({ "lesson.back": `1:${Date.now()}` }));
  add(box, "form", "guess");
  add(state.guess, "label", "label");
  const line = add(state.guess, "div", "line");
  Object.assign(add(line, "input", "word"), { type: "text", maxLength: 60, autocomplete: "off" });
  Object.assign(add(line, "button", "send_word"), { type: "submit" });
  state.guess.onsubmit = (event) => {
    event.preventDefault();
    if (state.word.value.trim()) state.send({ "lesson.guess": `${state.word.value.trim()}:${Date.now()}` });
  };
  add(state.guess, "p", "result").setAttribute("role", "status");
  add(box, "div", "quiz");
  add(state.quiz, "p", "question");
  state.choice = ask(state.quiz);
  add(box, "details", "ledger");
  add(state.ledger, "summary", "summary");
  add(state.ledger, "p", "score");
  add(state.ledger, "table", "rows");
  const way = add(box, "nav", "way");
  for (const [name, by] of [["back", -1], ["on", 1]]) {
    const button = add(way, "button", name);
    button.type = "button";
    button.onclick = () => go(state, state.part.step + by);
  }
  root.replaceChildren(box);
  return state;
}
