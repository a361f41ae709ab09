// Before and after, row by row: a ring where it was, a dot where it is, a line between them; each group of rows has its own scale.
import { element } from "./kit.js";

export const sheet = "finetuning.css";
const made = new WeakMap();

export function draw(root, part, { send, ask, label }) {
  const shape = JSON.stringify(part.groups.map(({ rows }) => rows.length));
  let state = made.get(root);
  if (state?.shape !== shape) made.set(root, (state = build(root, part, shape)));
  state.box.setAttribute("aria-label", label);
  state.button.textContent = part.button.label;
  state.button.disabled = part.button.disabled;
  state.button.onclick = () => send({ [part.button.name]: `${part.button.value}:${Date.now()}` });
  let at = 0;
  part.groups.forEach(({ title, low, high, ends, rows }, g) => {
    state.titles[g].textContent = title;
    state.ends[g].forEach((end, i) => { end.textContent = ends[i]; });
    for (const { name, before, after, text, worse, strong, said } of rows) {
      const { line, label: tag, rod, was, now, value } = state.lines[at++], to = (x) => `${Math.min(100, Math.max(0, 100 * (x - low) / (high - low || 1)))}%`;
      tag.textContent = name;
      value.textContent = text;
      line.title = said;
      line.setAttribute("aria-label", said);
      line.classList.toggle("strong", Boolean(strong));
      Object.assign(line.dataset, { before, after });
      was.style.left = to(before);
      now.style.left = to(after);
      rod.style.left = to(Math.min(before, after));
      rod.style.right = `calc(100% - ${to(Math.max(before, after))})`;
      for (const item of [rod, now]) item.classList.toggle("worse", Boolean(worse));
    }
  });
  state.legend.hidden = !part.groups.length;
  part.words.forEach((text, i) => { state.legend.children[i].lastChild.textContent = text; });
  if (part.more) setTimeout(ask, 0);
}

function build(root, part, shape) {
  const box = element("div", "dumbbell"), legend = element("div", "legend"), button = element("button", "press"), state = { shape, box, legend, button, titles: [], ends: [], lines: [] };
  box.setAttribute("role", "group");
  for (const { rows } of part.groups) {
    const title = box.appendChild(element("h4")), scale = element("div", "ends"), inner = scale.appendChild(element("div")), ends = [element("span"), element("span")];
    state.titles.push(title);
    inner.append(...ends);
    state.ends.push(ends);
    for (const _ of rows) {
      const line = box.appendChild(element("div", "line")), label = element("span", "name"), track = element("div", "track"), value = element("span", "value");
      const rod = element("span", "rod"), was = element("span", "dot-before"), now = element("span", "dot-after");
      line.setAttribute("role", "img");
      line.tabIndex = 0;
      track.append(rod, was, now);
      line.append(label, track, value);
      state.lines.push({ line, label, rod, was, now, value });
    }
    box.append(scale);
  }
  for (const mark of ["dot-before", "dot-after", "dot-after worse"]) {
    const entry = legend.appendChild(element("span"));
    entry.append(element("span", mark), "");
  }
  button.type = "button";
  root.replaceChildren(box, legend, button);
  return state;
}
