// What a reader sees here, what to try, and a question to answer before its answer is shown; on a narrow page, one under another.
import { ask, pose } from "./ask.js";
import { element, write } from "./kit.js";

const made = new WeakMap();

export function draw(root, part, { send }) {
  let state = made.get(root);
  if (!state) made.set(root, (state = build(root)));
  Object.assign(state, { part, send });
  const said = JSON.stringify([part.words, part.options, part.answer, part.steps]);
  if (state.said === said) return;
  state.said = said;
  const { words } = part;
  for (const name of ["see", "try", "ask"]) state[name].title.textContent = words[name];
  write(state.see.text, part.see);
  write(state.try.text, part.try);
  write(state.ask.text, part.question);
  state.button.textContent = part.button;
  way(state);
  pose(state.question, part);
}

// Where this screen stands in the tour, and the ways out of it.
function way({ steps, part, send }) {
  const said = element("span");
  said.textContent = part.steps.said;
  steps.setAttribute("aria-label", part.steps.name);
  steps.replaceChildren(said, ...["back", "on"].filter((name) => part.steps[name]).map((name) => {
    const button = element("button"), { screen, label } = part.steps[name];
    Object.assign(button, { type: "button", textContent: label });
    button.dataset.go = name;
    button.onclick = () => send({ go: `${screen}:${Date.now()}` });
    return button;
  }));
}

function build(root) {
  const box = element("div", "guide"), state = { button: element("button", "go"), steps: element("nav", "steps") };
  for (const name of ["see", "try", "ask"]) {
    const cell = element("section"), title = element("h4"), text = element("p");
    cell.append(title, text);
    box.append(cell);
    state[name] = { cell, title, text };
  }
  state.button.type = "button";
  state.button.onclick = () => state.send({ ...state.part.knobs, again: Date.now() });
  state.try.cell.append(state.button);
  state.question = ask(state.ask.cell);
  box.append(state.steps);
  root.replaceChildren(box);
  return state;
}
