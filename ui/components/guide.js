// What a reader sees here, what to try, and a question to answer before its answer is shown; on a narrow page, one under another.
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
  state.options.setAttribute("aria-label", part.question.replaceAll("**", ""));
  state.options.replaceChildren(...Object.entries(part.options).map(([id, text]) => {
    const button = element("button");
    button.type = "button";
    button.textContent = text;
    button.dataset.option = id;
    button.onclick = () => reveal(state, id);
    return button;
  }));
  way(state);
  reveal(state, null);
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
  const box = element("div", "guide"), state = { button: element("button", "go"), options: element("div", "options"), answer: element("p", "answer"), steps: element("nav", "steps") };
  for (const name of ["see", "try", "ask"]) {
    const cell = element("section"), title = element("h4"), text = element("p");
    cell.append(title, text);
    box.append(cell);
    state[name] = { cell, title, text };
  }
  state.button.type = "button";
  state.button.onclick = () => state.send({ ...state.part.knobs, again: Date.now() });
  state.try.cell.append(state.button);
  state.options.setAttribute("role", "group");
  state.answer.setAttribute("role", "status");
  state.ask.cell.append(state.options, state.answer);
  box.append(state.steps);
  root.replaceChildren(box);
  return state;
}

// Once an option is chosen, the right one is marked, and the answer says why; it can be chosen once.
function reveal({ part, options, answer }, chosen) {
  for (const button of options.children) {
    const { option } = button.dataset;
    button.setAttribute("aria-pressed", option === chosen);
    button.disabled = chosen !== null;
    button.classList.toggle("right", chosen !== null && option === part.right);
    button.classList.toggle("wrong", option === chosen && option !== part.right);
  }
  write(answer, chosen === null ? "" : `${chosen === part.right ? part.words.right : part.words.wrong} ${part.answer}`);
}
