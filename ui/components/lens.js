// What the stream would predict after the embedding and after each block: its likeliest tokens, and the rank of the one the model ends with.
import { element, put, write } from "./kit.js";

export const sheet = "block.css";
const made = new WeakMap();

export function draw(root, part, { send, label }) {
  let state = made.get(root);
  if (!state) made.set(root, (state = build(root)));
  Object.assign(state, { part, send });
  state.list.setAttribute("aria-label", label);
  part.heads.forEach((text, i) => write(state.heads[i], text));
  while (state.rows.length < part.rows.length) state.rows.push(row(state));
  while (state.rows.length > part.rows.length) state.rows.pop().line.remove();
  part.rows.forEach((entry, i) => fill(state.rows[i], entry));
}

function build(root) {
  const holder = element("div", "lens"), head = element("div", "line head"), list = element("div", "rows"), heads = [0, 1].map(() => head.appendChild(element("span")));
  list.setAttribute("role", "list");
  holder.append(head, list);
  root.replaceChildren(holder);
  return { list, heads, rows: [] };
}

function row(state) {
  const line = element("div", "line"), name = element("button", "stage-name"), words = element("div", "words"), rank = element("div", "rank");
  const number = element("b"), arrow = element("span", "arrow");
  name.type = "button";
  line.setAttribute("role", "listitem");
  rank.append(number, arrow);
  line.append(name, words, rank);
  state.list.append(line);
  const made = { line, name, words, number, arrow };
  name.onclick = () => { if (made.layer !== null) state.send({ [state.part.knob]: made.layer }); };
  return made;
}

function fill(made, { name, layer, words, rank, rankText, arrow, way, title, marked, final }) {
  const { line, words: cell, number } = made;
  made.layer = layer;
  put(made.name, name);
  made.name.disabled = layer === null;
  line.className = `line${marked ? " marked" : ""}${final ? " final" : ""}`;
  line.title = title;
  while (cell.childElementCount < words.length) {
    const word = cell.appendChild(element("div", "word")), track = word.appendChild(element("div", "track"));
    track.append(element("div", "fill"));
    word.append(element("span", "token"), element("span", "share"));
  }
  while (cell.childElementCount > words.length) cell.lastChild.remove();
  words.forEach(({ name, value, text, target }, i) => {
    const [track, token, share] = cell.children[i].children;
    cell.children[i].classList.toggle("target", Boolean(target));
    track.firstChild.style.width = `${100 * value}%`;
    track.firstChild.dataset.value = value;
    put(token, name);
    if (token.title !== name) token.title = name;
    put(share, text);
  });
  put(number, rankText);
  number.dataset.rank = rank;
  put(made.arrow, arrow);
  made.arrow.className = `arrow${way > 0 ? " up" : way < 0 ? " down" : ""}`;
}
