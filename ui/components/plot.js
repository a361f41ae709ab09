// A Plotly figure kept in place: made once, then changed by Plotly.react; light colours swapped for dark ones here.
import { colour, element } from "./kit.js";

let plotly;
const library = (version) => plotly ??= new Promise((resolve, reject) => {
  const script = element("script");
  script.src = `/vendor/${version}/plotly.min.js`;
  script.onload = () => resolve(window.Plotly);
  script.onerror = () => { plotly = undefined; reject(new Error("plotly.min.js did not load")); };
  document.head.append(script);
});

const latest = new WeakMap(), drawn = new WeakMap(), all = new Set();

export function draw(root, part, { dark, swap, label, ask }) {
  const place = root.firstChild ?? root.appendChild(element("div"));
  place.setAttribute("role", "figure");
  place.setAttribute("aria-label", label);
  if (part.more) setTimeout(ask, 0);                // a figure that is still being measured
  if (drawn.get(place) === part.figure + dark) return;          // nothing new: Plotly would take its time to find out
  drawn.set(place, part.figure + dark);
  all.add(place);
  for (const gone of all) if (!gone.isConnected) { window.Plotly?.purge(gone); all.delete(gone); }          // Plotly would hold on to it, to resize it with the window
  const figure = JSON.parse(dark ? recolour(part.figure, swap) : part.figure);
  figure.layout.font.family = colour(root, "--st-font");
  latest.set(place, figure);
  place.style.minHeight = `${figure.layout.height}px`;          // its room while the library loads, so that nothing below moves under a pointer
  const config = { displaylogo: false, responsive: true, displayModeBar: "hover",
    modeBarButtonsToRemove: ["select2d", "lasso2d", "autoScale2d"], toImageButtonOptions: { format: "png", scale: 2, filename: part.id } };
  if (window.Plotly) window.Plotly.react(place, figure.data, figure.layout, config);
  else library(part.plotly).then((Plotly) => {
    const now = latest.get(place);
    Plotly.react(place, now.data, now.layout, config);
  });
}

function recolour(text, swap) {
  for (const [light, darkTwin] of Object.entries(swap)) text = text.replaceAll(light, darkTwin);
  return text;
}
