// The probabilities end to end on a bar from 0 to 1, likeliest first, and where a dart has fallen on it.
import { element } from "./kit.js";

export const sheet = "dart.css";
const WIDE = 0.075;                                 // a stretch that has room for its name

const made = new WeakMap();

export function draw(root, part, { language, label, send }) {
  let state = made.get(root);
  if (!state) {
    state = { bar: cumulative(), again: element("button", "press") };
    state.again.type = "button";
    root.replaceChildren(state.bar.box, state.again);
    made.set(root, state);
  }
  state.bar.fill(part, language, label);
  state.again.textContent = part.button;
  state.again.onclick = () => send(part.knobs);
}

// A bar to put anywhere; `fill` shows its stretches, and the dart at u, or none.
export function cumulative() {
  const box = element("div", "dart"), bar = element("div", "bar"), pin = element("div", "pin"), says = element("span"), axis = element("div", "axis");
  bar.setAttribute("role", "img");
  pin.append(says);
  box.append(bar, pin, axis);
  return { box, fill: ({ stretches, dart }, language, label) => {
    bar.setAttribute("aria-label", label);
    while (bar.childElementCount < stretches.length) bar.append(element("span"));
    while (bar.childElementCount > stretches.length) bar.lastChild.remove();
    stretches.forEach(({ name, from, to, title, kind, unlikely }, i) => {
      const stretch = bar.children[i];
      stretch.className = `stretch ${kind}${i % 2 ? " odd" : ""}${unlikely ? " unlikely" : ""}`;
      stretch.style.left = `${100 * from}%`;
      stretch.style.width = `${100 * Math.max(0, to - from)}%`;
      stretch.textContent = to - from > WIDE ? name : "";
      stretch.title = title;
      Object.assign(stretch.dataset, { from, to });
    });
    pin.hidden = !dart;
    if (dart) {
      if (pin.dataset.u !== String(dart.u)) { pin.classList.remove("thrown"); void pin.offsetWidth; pin.classList.add("thrown"); }
      pin.dataset.u = dart.u;
      pin.style.left = `${100 * dart.u}%`;
      says.textContent = dart.text;
      Object.assign(says.style, dart.u < 0.5 ? { left: "0", right: "auto" } : { left: "auto", right: "0" });
    } else delete pin.dataset.u;
    const format = new Intl.NumberFormat(language);
    axis.replaceChildren(...[0, 0.25, 0.5, 0.75, 1].map((at) => Object.assign(element("span"), { textContent: format.format(at) })));
  } };
}
