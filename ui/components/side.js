// The way to every screen, by section: plain links, which open in a tab of their own where one asks for that.
import "./back.js";
import { element, styled } from "./kit.js";

const NARROW = 768;                 // pixels: below, Streamlit lays the side over the page

export async function draw({ data, parentElement, setTriggerValue }) {
  await styled("side.css");
  const focused = parentElement.contains(document.activeElement) ? document.activeElement.dataset.screen : null;
  const nav = element("nav", "vt-side");
  nav.setAttribute("aria-label", data.label);
  nav.lang = data.language;
  for (const { name, screens } of data.sections) {
    const head = nav.appendChild(element("h2")), list = nav.appendChild(element("ul"));
    head.textContent = name;
    for (const screen of screens) list.appendChild(element("li")).append(link(screen, data, nav, setTriggerValue));
  }
  parentElement.replaceChildren(nav);
  if (focused) nav.querySelector(`[data-screen=${focused}]`)?.focus();
}

function link({ id, name, icon }, { here, language }, nav, setTriggerValue) {
  const to = element("a"), sign = element("span", "icon");
  to.href = `/${id === "home" ? "" : id}?lang=${language}`;
  to.dataset.screen = id;
  sign.textContent = icon;
  sign.translate = false;
  sign.setAttribute("aria-hidden", "true");
  to.append(sign, name);
  if (id === here) to.setAttribute("aria-current", "page");
  to.onclick = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (to.hasAttribute("aria-current")) return;
    nav.querySelector("[aria-current]")?.removeAttribute("aria-current");
    to.setAttribute("aria-current", "page");
    setTriggerValue("go", id);
    if (innerWidth < NARROW) document.querySelector("[data-testid=stSidebarCollapseButton] button")?.click();
  };
  return to;
}
