// One model at several moments of its training: a slider from the first to the last; moving it shows that moment at once.
import { element } from "./kit.js";

export const sheet = "training.css";
const made = new WeakMap();

export function draw(root, part, { send, awaits }) {
  let state = made.get(root);
  if (!state) made.set(root, (state = build(root)));
  Object.assign(state, { part, send });
  const { range, marks, label } = state, { stations, knob } = part, at = Math.max(0, stations.findIndex(({ id }) => id === part.at));
  label.textContent = part.label;
  Object.assign(range, { min: 0, max: stations.length - 1, step: 1 });
  range.dataset.knob = knob;
  if (!awaits(knob)) range.value = at;
  while (marks.childElementCount < stations.length) {
    const button = element("button"), place = marks.childElementCount;
    Object.assign(button, { type: "button", tabIndex: -1, onclick: () => go(state, place) });
    button.append(element("b"), element("small"));
    marks.append(button);
  }
  while (marks.childElementCount > stations.length) marks.lastChild.remove();
  stations.forEach(({ name, note }, i) => {
    const [title, small] = marks.children[i].children;
    title.textContent = name;
    small.textContent = note;
    marks.children[i].classList.toggle("at", i === at);
  });
  marks.style.setProperty("--n", stations.length);
  range.setAttribute("aria-label", part.label);
  range.setAttribute("aria-valuetext", `${stations[at].name} ${stations[at].note}`);
}

function build(root) {
  const state = { box: element("div", "stations"), label: element("span", "quiet"), range: element("input"), marks: element("div", "marks") };
  state.range.type = "range";
  state.range.oninput = () => go(state, Number(state.range.value));
  state.box.append(state.label, state.range, state.marks);
  root.replaceChildren(state.box);
  return state;
}

function go(state, place) {
  state.range.value = place;
  state.send({ [state.part.knob]: state.part.stations[place].id });
}
