// The positions of one step, once with the cache of keys and values and once without: which are kept, which are computed, and how long it took.
import { element } from "./kit.js";

export const sheet = "generation.css";
const made = new WeakMap();

export function draw(root, part, { send }) {
  let state = made.get(root);
  if (!state) {
    state = { strips: element("div", "cells"), foot: element("div", "foot"), press: element("button", "press"), times: element("div", "times") };
    state.press.type = "button";
    state.foot.append(state.press, state.times);
    root.replaceChildren(state.strips, state.foot);
    made.set(root, state);
  }
  rows(state.strips, part.strips, ["name", "value", "strip"], (cells, strip) => {
    const [name, value, bar] = cells;
    name.textContent = strip.name;
    value.textContent = strip.text;
    bar.style.setProperty("--n", strip.positions);
    bar.style.setProperty("--kept", (strip.positions - strip.computed) / strip.positions);
    bar.title = `${strip.name}: ${strip.text}`;
    Object.assign(bar.dataset, { positions: strip.positions, computed: strip.computed });
  });
  state.press.hidden = !part.button;
  if (part.button) {
    state.press.textContent = part.button.label;
    state.press.disabled = part.button.disabled;
    state.press.onclick = () => send({ "generation.measure": `1:${Date.now()}`, "generation.play": `0:${Date.now()}`, again: Date.now() });
  }
  rows(state.times, part.times, ["name", "track", "value"], (cells, time) => {
    const [name, track, value] = cells;
    name.textContent = time.name;
    value.textContent = time.text;
    if (!track.firstChild) track.append(element("div", "fill"));
    track.firstChild.style.width = `${100 * time.share}%`;
    track.dataset.ms = time.ms;
  });
}

function rows(box, entries, names, fill) {
  while (box.childElementCount < names.length * entries.length) for (const name of names) box.append(element("div", name));
  while (box.childElementCount > names.length * entries.length) box.lastChild.remove();
  entries.forEach((entry, i) => fill([...box.children].slice(names.length * i, names.length * (i + 1)), entry));
}
