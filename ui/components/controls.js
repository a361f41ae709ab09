// What can be set on a screen: switches, choices, sliders, buttons, in one row. A switch or a choice reports at once, a slider
// when it is let go of, a button each time it is pressed.
import { arrows, element, letGo } from "./kit.js";

const made = new WeakMap();
const MAKE = { toggle, choice, slider, button };

export function draw(root, part, { send, language, awaits }) {
  let state = made.get(root);
  const shape = JSON.stringify(part.controls.map(({ type, name, options }) => [type, name, options && Object.keys(options)]));
  if (state?.shape !== shape) {
    const row = element("div", "controls"), focused = root.contains(document.activeElement) ? document.activeElement : null;
    const name = focused?.closest("[data-name]")?.dataset.name, option = focused?.dataset.option;
    state = { shape, fill: part.controls.map((control) => MAKE[control.type](row, (value) => state.send({ [control.name]: value }), () => state.language)) };
    made.set(root, state);
    Object.assign(state, { send, language });
    part.controls.forEach((control, i) => state.fill[i](control, false));
    root.replaceChildren(row);
    if (name) (row.querySelector(`[data-name="${name}"] [data-option="${option}"]`) ?? row.querySelector(`button[data-name="${name}"], [data-name="${name}"] input`))?.focus();
    return;
  }
  Object.assign(state, { send, language });
  part.controls.forEach((control, i) => state.fill[i](control, awaits(control.name)));
}

function toggle(row, report) {
  const button = row.appendChild(element("button", "toggle"));
  button.type = "button";
  button.onclick = () => {
    const on = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", on);
    report(on ? 1 : 0);
  };
  return ({ name, label, value, help }, awaited) => {
    button.dataset.name = name;
    button.textContent = label;
    button.title = help ?? "";
    if (!awaited) button.setAttribute("aria-pressed", Boolean(value));
  };
}

function choice(row, report) {
  const holder = row.appendChild(element("div", "choice")), label = element("span"), group = element("div", "segments");
  holder.append(label, group);
  const choose = (id) => {
    for (const button of group.children) mark(button, button.dataset.option === id);
    report(id);
  };
  const mark = (button, chosen) => { button.setAttribute("aria-checked", chosen); button.tabIndex = chosen ? 0 : -1; };
  arrows(group, (next) => choose(next.dataset.option));
  return (control, awaited) => {
    holder.dataset.name = control.name;
    label.textContent = control.label;
    group.setAttribute("aria-label", control.label);
    Object.entries(control.options).forEach(([id, text], i) => {
      const button = group.children[i] ?? group.appendChild(Object.assign(element("button"), { type: "button" }));
      button.setAttribute("role", "radio");
      button.dataset.option = id;
      button.textContent = text;
      button.onclick = () => choose(id);
      if (!awaited) mark(button, id === control.value);
    });
  };
}

function slider(row, report, language) {
  const holder = row.appendChild(element("label", "dial")), label = element("span"), range = element("input"), output = element("output");
  let words = "", held = false;
  const say = () => { output.textContent = words.replace("{value}", Number(range.value).toLocaleString(language())); range.setAttribute("aria-valuetext", output.textContent); };
  range.type = "range";
  range.oninput = () => {                           // a figure that can follow at once does
    held = true;
    say();
    holder.dispatchEvent(new CustomEvent("dial", { bubbles: true, detail: { name: holder.dataset.name, value: Number(range.value) } }));
  };
  range.onchange = () => { held = false; report(Number(range.value)); };
  letGo(range, () => { held = false; });
  holder.append(label, range, output);
  return (control, awaited) => {
    holder.dataset.name = control.name;
    label.textContent = control.label;
    Object.assign(range, { min: control.least, max: control.most, step: control.step });
    if (!held && !awaited) range.value = control.value;
    words = control.words;
    say();
  };
}

function button(row, report) {
  const made = row.appendChild(element("button", "press"));
  made.type = "button";
  return ({ name, label, value, disabled, help }) => {
    made.dataset.name = name;
    made.textContent = label;
    made.title = help ?? "";
    made.disabled = Boolean(disabled);
    made.onclick = () => report(`${value}:${Date.now()}`);
  };
}
