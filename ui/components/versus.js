// Texts being written side by side, the words that only one of two has marked; once a piece is painted, the next is asked for.
import { element } from "./kit.js";

export const sheet = "finetuning.css";
const made = new WeakMap();

export function draw(root, part, { ask }) {
  let state = made.get(root);
  if (!state) {
    state = { grid: element("div", "panels versus"), legend: element("div", "legend"), panels: [] };
    root.replaceChildren(state.grid, state.legend);
    made.set(root, state);
  }
  while (state.panels.length < part.panels.length) state.panels.push(panel(state.grid));
  while (state.panels.length > part.panels.length) state.panels.pop().box.remove();
  part.panels.forEach((entry, i) => {
    const { box, name, note, prompt, text, cursor } = state.panels[i];
    box.dataset.model = entry.id;
    name.textContent = entry.label;
    note.textContent = entry.note;
    prompt.textContent = entry.prompt;
    cursor.hidden = entry.done;
    const now = JSON.stringify(entry.pieces);
    if (text.dataset.now === now) return;
    text.dataset.now = now;
    text.replaceChildren(...entry.pieces.map(([word, mark]) => {
      const span = element("span", mark);
      span.textContent = word;
      return span;
    }));
  });
  state.legend.replaceChildren(...Object.entries(part.words).map(([mark, said]) => {
    const entry = element("span"), sample = element("span", mark);
    sample.textContent = said.sample;
    entry.append(sample, ` ${said.text}`);
    return entry;
  }));
  if (part.more) setTimeout(ask, 0);
}

function panel(grid) {
  const box = element("div", "panel"), label = element("div", "label"), written = element("div", "written");
  const made = { box, name: element("span"), note: element("span"), prompt: element("span", "prompt"), text: element("span", "words"), cursor: element("span", "cursor") };
  label.append(made.name, made.note);
  written.append(made.prompt, made.text, made.cursor);
  box.append(label, written);
  grid.append(box);
  return made;
}
