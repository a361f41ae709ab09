// What the browser's Back and Forward lead to: a screen an entry, with the text that stood there.
// Streamlit makes an entry in the browser's history of every change of the address, and the address changes with every key: Back would walk
// through the letters. Here what changes on one screen is one entry, and the entry of a screen that is left keeps the text that stood there,
// which Streamlit has taken out of the address by then.
const LONGEST = 5000;               // milliseconds that a screen gone back to may take to come
const BOXES = { prompt: ".st-key-prompt input", "context.summary": ".st-key-context-summary input" };      // those that Streamlit binds to the address
const push = history.pushState.bind(history), box = (name) => document.querySelector(BOXES[name]);
const seen = {};                    // of each box, what the reader last saw in it: by the time that a screen goes, its boxes may be empty
function look() {
  for (const name in BOXES) {
    const there = box(name);
    if (there) seen[name] = there.value;
    else if (name !== "prompt") delete seen[name];          // the text alone is every screen's
  }
}
for (const type of ["input", "click", "keydown"]) addEventListener(type, look, true);
history.pushState = (state, title, url) => {
  if (new URL(url ?? "", location.href).pathname === location.pathname) { history.replaceState(state, title, url); return; }
  const left = new URL(location.href);
  for (const name in seen) if (seen[name]) left.searchParams.set(name, seen[name]); else left.searchParams.delete(name);
  history.replaceState(history.state, "", left);
  push(state, title, url);
};

// Where two screens have a box of one name, Streamlit empties it on the way back, whatever the address says: what stood there is typed again.
addEventListener("popstate", () => {
  const wanted = new URL(location.href).searchParams.get("prompt"), old = box("prompt"), there = old?.value, path = location.pathname, begun = performance.now();
  if (!wanted) return;
  const again = () => {
    const now = box("prompt");
    if (location.pathname !== path) return;
    if (now && now.value === "" && (now !== old || there !== "")) {
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(now, wanted);
      now.dispatchEvent(new Event("input", { bubbles: true }));
    } else if (performance.now() - begun < LONGEST && (!now || now === old)) requestAnimationFrame(again);
  };
  again();
});
