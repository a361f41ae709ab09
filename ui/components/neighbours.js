// Tokens as rows of name, bar and cosine or distance; choosing a row goes to that token, pointing at it shows it on the map.
import { element } from "./kit.js";

export function draw(root, part, { send, label }) {
  let list = root.firstChild;
  if (!list) { list = element("div", "neighbours"); list.setAttribute("role", "list"); root.append(list); }
  list.setAttribute("aria-label", label);
  while (list.childElementCount < part.rows.length) list.append(row(root));
  while (list.childElementCount > part.rows.length) list.lastChild.remove();
  part.rows.forEach(({ id, name, cosine, distance, share, text, title }, i) => {
    const button = list.children[i].firstChild, [label, track, number] = button.children;
    button.dataset.id = id;
    for (const [measure, value] of Object.entries({ cosine, distance })) if (value === undefined) delete button.dataset[measure]; else button.dataset[measure] = value;
    button.title = title;
    label.textContent = name;
    number.textContent = text;
    track.firstChild.style.width = `${100 * Math.min(1, Math.max(0, share))}%`;
    button.onclick = () => send({ "embeddings.token": String(id), "embeddings.view": part.view });
  });
}

function row(root) {
  const item = element("div"), button = element("button"), track = element("span", "track");
  item.setAttribute("role", "listitem");
  button.type = "button";
  track.append(element("span", "fill"));
  button.append(element("span", "name"), track, element("span", "value"));
  const tell = (id) => root.closest(".vt").dispatchEvent(new CustomEvent("vt-point", { detail: id }));
  button.onmouseenter = button.onfocus = () => tell(Number(button.dataset.id));
  button.onmouseleave = button.onblur = () => tell(-1);
  item.append(button);
  return item;
}
