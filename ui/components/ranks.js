// Ranked rows: short cells, a name, a bar, a number; a gap says how many are left out. Choosing a row sets what it stands for.
import { element, write } from "./kit.js";

export const sheet = "words.css";

export function draw(root, part, { send, label }) {
  let list = root.firstChild;
  if (!list) { list = root.appendChild(element("div", "ranks")); list.setAttribute("role", "list"); }
  list.setAttribute("aria-label", label);
  const leads = Math.max(...part.rows.map(({ lead }) => lead?.length ?? 0)), names = part.rows.some(({ note }) => note) ? "minmax(8.2rem, 1.5fr)" : "minmax(4.6rem, 1.3fr)";
  list.style.setProperty("--columns", `${"var(--lead) ".repeat(leads)}${names} minmax(2.6rem, 1.6fr) 3.2rem`);
  const heads = part.heads.length ? [head(part.heads)] : [];
  while (list.childElementCount < part.rows.length + heads.length) list.append(element("div"));
  while (list.childElementCount > part.rows.length + heads.length) list.lastChild.remove();
  if (heads.length) list.firstChild.replaceWith(...heads);
  part.rows.forEach((row, i) => fill(list.children[i + heads.length], row, send));
}

function head(titles) {
  const line = element("div", "head");
  line.setAttribute("role", "presentation");
  line.append(...titles.map((title) => Object.assign(element("span"), { textContent: title })));
  return line;
}

function fill(item, { lead, id, name, share, value, text, mark, note, knobs }, send) {
  item.className = `item ${mark}`;
  item.setAttribute("role", "listitem");
  if (mark === "gap") { item.replaceChildren(); write(item, text); return; }
  delete item.dataset.text;
  let button = item.querySelector("button");
  if (button?.dataset.leads !== String(lead.length)) {
    button = element("button");
    button.type = "button";
    button.dataset.leads = lead.length;
    const track = element("span", "track");
    track.append(element("span", "fill"));
    button.append(...lead.map(() => element("span", "lead")), element("span", "name"), track, element("span", "value"));
    item.replaceChildren(button);
  }
  lead.forEach((cell, i) => { button.children[i].textContent = cell; });
  const [title, track, number] = [...button.children].slice(lead.length);
  title.textContent = name;
  if (note) title.append(" ", Object.assign(element("small"), { textContent: note }));
  title.title = title.textContent;
  track.firstChild.style.width = `${100 * share}%`;
  number.textContent = text;
  Object.assign(button.dataset, { value, id: id ?? "", mark, lead: lead.join(" ") });
  if (mark === "on") button.setAttribute("aria-current", "true"); else button.removeAttribute("aria-current");
  button.onclick = () => send(knobs);
}
