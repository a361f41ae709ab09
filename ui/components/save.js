// A card as a picture to keep: a pure SVG, text as text, or a PNG at twice its size, exactly as it stands on the page.
import { drawing } from "./drawing.js";
import { element } from "./kit.js";

const NS = "http://www.w3.org/2000/svg", SCALE = 2;
const LEFT_OUT = ".keep, .tip, .modebar-container, [hidden]";
const RESET = "*, *::before, *::after { box-sizing: border-box } h3, p { margin: 0 } button { border: 0; background: none; text-align: inherit }";

export async function save(figure, type, name) {
  const blob = type === "svg" ? new Blob([new XMLSerializer().serializeToString(drawing(figure, LEFT_OUT))], { type: "image/svg+xml" }) : await pixels(await picture(figure));
  const link = Object.assign(element("a"), { href: URL.createObjectURL(blob), download: `${name}.${type}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

// The card as a document of its own: its elements, the rules that style them, its fonts, and every canvas as an image.
async function picture(figure) {
  const { width, height } = figure.getBoundingClientRect(), board = figure.closest(".vt"), copy = figure.cloneNode(true);
  const originals = figure.querySelectorAll("*"), copies = copy.querySelectorAll("*");
  originals.forEach((from, i) => {
    const to = copies[i];
    if (from.tagName === "CANVAS") to.replaceWith(still(from));
    else if (from.tagName === "INPUT") to.setAttribute("value", from.value);
    else if (from.tagName === "TEXTAREA") to.textContent = from.value;
  });
  for (const out of copy.querySelectorAll(LEFT_OUT)) out.remove();
  const root = element("div", board.className), look = getComputedStyle(board);
  Object.assign(root.style, { display: "block", padding: 0, width: `${width}px`, height: `${height}px` });
  for (const name of variables()) root.style.setProperty(name, look.getPropertyValue(name));
  copy.style.height = "100%";
  root.append(copy);
  const sheet = element("style"), svg = document.createElementNS(NS, "svg"), holder = document.createElementNS(NS, "foreignObject");
  sheet.textContent = [...await fonts(look), RESET, ...ours()].join("\n");
  for (const target of [svg, holder]) { target.setAttribute("width", width); target.setAttribute("height", height); }
  holder.append(sheet, root);
  svg.append(holder);
  return { text: new XMLSerializer().serializeToString(svg), width, height };
}

function still(canvas) {
  const image = element("img", canvas.className), { width, height } = canvas.getBoundingClientRect();
  image.src = canvas.toDataURL();
  Object.assign(image.style, { display: "block", width: `${width}px`, height: `${height}px`, imageRendering: getComputedStyle(canvas).imageRendering });
  return image;
}

async function pixels({ text, width, height }) {
  const image = new Image(), canvas = Object.assign(element("canvas"), { width: Math.ceil(width * SCALE), height: Math.ceil(height * SCALE) });
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const pen = canvas.getContext("2d");
  pen.scale(SCALE, SCALE);
  pen.drawImage(image, 0, 0);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

const rules = () => [...document.styleSheets].flatMap((sheet) => { try { return [...sheet.cssRules]; } catch { return []; } });     // a foreign sheet may not be read

function ours() {
  return [...document.styleSheets].filter((sheet) => sheet.href?.includes("/parts/")).flatMap((sheet) => [...sheet.cssRules].map((rule) => rule.cssText));
}

// The names of the theme's variables that our rules ask for.
const variables = () => new Set(ours().join(" ").match(/--st-[\w-]+/g) ?? []);

// The page's own upright fonts that the card may use, each within its rule.
async function fonts(look) {
  const families = ["--st-font", "--st-code-font"].flatMap((name) => look.getPropertyValue(name).split(",")).map(bare);
  const faces = rules().filter((rule) => rule instanceof CSSFontFaceRule && rule.style.getPropertyValue("font-style") !== "italic"
    && families.includes(bare(rule.style.getPropertyValue("font-family"))));
  return Promise.all(faces.map(async (face) => {
    const from = face.style.getPropertyValue("src").match(/url\("?([^")]+)"?\)/)?.[1];
    if (!from) return "";
    const file = await (await fetch(new URL(from, face.parentStyleSheet.href ?? location.href))).blob();
    return face.cssText.replace(/url\([^)]+\)/, `url("${await asData(file)}")`);
  }));
}

const bare = (name) => name.trim().replaceAll(/["']/g, "");

function asData(blob) {
  return new Promise((done) => { const reader = new FileReader(); reader.onload = () => done(reader.result); reader.readAsDataURL(blob); });
}
