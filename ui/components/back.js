// What the browser's Back and Forward lead to: a screen an entry, with the text that stood there.
// Streamlit makes an entry in the browser's history of every change of the address, and the address changes with every key: Back would walk
// through the letters. Here what changes on one screen is one entry, and the entry of a screen that is left keeps the text that stood there,
// which Streamlit has taken out of the address by then.
const LONGEST = 5000;               // milliseconds that a screen gone back to may take to come
const push = history.pushState.bind(history), prompt = () => document.querySelector(".st-key-prompt input");
let text = null;                    // of the prompt, as the reader last saw it: by the time that a screen goes, its box may be empty
const look = () => { text = prompt()?.value ?? text; };
for (const type of ["input", "click", "keydown"]) addEventListener(type, look, true);
history.pushState = (state, title, url) => {
  if (new URL(url ?? "", location.href).pathname === location.pathname) { history.replaceState(state, title, url); return; }
  const left = new URL(location.href);
  if (text !== null) left.searchParams.set("prompt", text);
  history.replaceState(history.state, "", left);
  push(state, title, url);
};

// Where two screens have a box of one name, Streamlit empties it on the way back, whatever the address says: what stood there is typed again.
addEventListener("popstate", () => {
  const wanted = new URL(location.href).searchParams.get("prompt"), old = prompt(), there = old?.value, path = location.pathname, begun = performance.now();
  if (!wanted) return;
  const again = () => {
    const box = prompt();
    if (location.pathname !== path) return;
    if (box && box.value === "" && (box !== old || there !== "")) {
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(box, wanted);
      box.dispatchEvent(new Event("input", { bubbles: true }));
    } else if (performance.now() - begun < LONGEST && (!box || box === old)) requestAnimationFrame(again);
  };
  again();
});
