// How a run goes: a line of what it is doing, its progress, and a few numbers; while it goes, more is asked for after a pause.
import { element, write } from "./kit.js";

export const sheet = "training.css";
const made = new WeakMap();

export function draw(root, part, { ask }) {
  let state = made.get(root);
  if (!state) made.set(root, (state = build(root)));
  const { box, said, bar, row } = state;
  box.dataset.state = part.state;
  box.dataset.steps = part.steps;
  write(said, part.said);
  bar.hidden = part.share === null;
  bar.setAttribute("aria-valuenow", Math.round(100 * (part.share ?? 0)));
  bar.setAttribute("aria-label", part.label);
  bar.firstChild.style.width = `${100 * (part.share ?? 0)}%`;
  while (row.childElementCount < part.meters.length) { const one = element("div", "meter"); one.append(element("span", "value"), element("span", "name")); row.append(one); }
  while (row.childElementCount > part.meters.length) row.lastChild.remove();
  part.meters.forEach(({ id, name, value }, i) => {
    const one = row.children[i];
    one.dataset.id = id;
    if (one.firstChild.textContent !== value) one.firstChild.textContent = value;
    one.lastChild.textContent = name;
  });
  clearTimeout(state.next);
  if (part.more) state.next = setTimeout(() => { if (root.isConnected) ask(); }, part.pause);
}

function build(root) {
  const state = { box: element("div", "run"), said: element("p", "said"), bar: element("div", "progress"), row: element("div", "meters") };
  state.said.setAttribute("role", "status");
  state.bar.setAttribute("role", "progressbar");
  state.bar.setAttribute("aria-valuemin", 0);
  state.bar.setAttribute("aria-valuemax", 100);
  state.bar.append(element("span", "fill"));
  state.box.append(state.said, state.bar, state.row);
  root.replaceChildren(state.box);
  return state;
}
