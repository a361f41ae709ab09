// A question whose answer is said once the reader has chosen: the right option is marked, and it can be chosen once.
import { element, write } from "./kit.js";

export function ask(parent) {
  const options = element("div", "options"), answer = element("p", "answer");
  options.setAttribute("role", "group");
  answer.setAttribute("role", "status");
  parent.append(options, answer);
  return { options, answer };
}

// `part`: the question, its options by id, the right one, the words for right and wrong, and what is said then.
export function pose(state, part) {
  state.options.setAttribute("aria-label", part.question.replaceAll("**", ""));
  state.options.replaceChildren(...Object.entries(part.options).map(([id, text]) => {
    const button = element("button");
    button.type = "button";
    button.textContent = text;
    button.dataset.option = id;
    button.onclick = () => reveal(state, part, id);
    return button;
  }));
  reveal(state, part, null);
}

function reveal({ options, answer }, part, chosen) {
  for (const button of options.children) {
    const { option } = button.dataset;
    button.setAttribute("aria-pressed", option === chosen);
    button.disabled = chosen !== null;
    button.classList.toggle("right", chosen !== null && option === part.right);
    button.classList.toggle("wrong", option === chosen && option !== part.right);
  }
  write(answer, chosen === null ? "" : `${chosen === part.right ? part.words.right : part.words.wrong} ${part.answer}`);
}
