// Inside the page, by the page's clock: from an input event until what it caused has been painted.
globalThis.probe = (() => {
  const PATIENCE = 20000;                           // ms
  const frame = () => new Promise(requestAnimationFrame);
  // Called in an animation frame, it resolves right after that frame is painted.
  const painted = () => new Promise((resolve) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => resolve(performance.now());
    channel.port2.postMessage(0);
  });

  let notice = () => {};

  // A screen answers when its board bears the text (and, on a line below, what else it shows): it is set last, after every figure has been drawn.
  const board = (text) => document.querySelector(".vt[data-stamp]")?.dataset.stamp.split("\n")[0] === text;
  const rows = (text) => document.querySelector(".vt[data-stamp]")?.dataset.stamp.startsWith(text);       // its stamp is the whole prompt
  const echo = (text) => document.querySelector("[data-testid=stCaptionContainer]")?.textContent === `«${text}»`;

  const stamps = { attributes: true, attributeFilter: ["data-stamp"] };
  const changes = { board: stamps, rows: stamps, echo: { characterData: true } };
  let answer;

  // Await the next input event and its answer; `answered` tells how many ms lay between the event and the paint.
  function arm(kind) {
    const shows = { board, rows, echo }[kind];
    answer = new Promise((resolve, reject) => addEventListener("input", ({ target }) => {
      const start = performance.now(), text = target.value;
      const late = setTimeout(() => reject(new Error(`no answer to ${JSON.stringify(text)}`)), PATIENCE);
      const observer = new MutationObserver(() => notice());
      notice = async () => {
        if (!shows(text)) return;
        notice = () => {};
        observer.disconnect();
        clearTimeout(late);
        await frame();
        resolve(await painted() - start);
      };
      observer.observe(document.body, { childList: true, subtree: true, ...changes[kind] });
      notice();
    }, { capture: true, once: true }));
  }

  // From now on: every text that the board bears, in order, and the time of every input event.
  function record() {
    const seen = globalThis.probe.seen = { texts: [], inputs: [] };
    new MutationObserver(() => {
      const { stamp } = document.querySelector(".vt[data-stamp]").dataset;
      if (stamp !== seen.texts.at(-1)) seen.texts.push(stamp);
    }).observe(document.body, { subtree: true, ...changes.board });
    addEventListener("input", () => seen.inputs.push(performance.now()), true);
  }

  // Move the temperature slider once in each of `steps` animation frames: how many frames later a bar had another
  // probability (0: in the same frame, before it was painted), and how many ms passed until that frame was painted.
  async function drag(steps) {
    const slider = document.querySelector(".vt input[type=range][id$=temperature]");
    const bars = () => [...document.querySelectorAll(".vt [data-prob]")].map((row) => row.dataset.prob).join();
    const moves = [];
    for (let i = 0; i < steps; i++) {
      await frame();
      const before = bars(), start = performance.now();
      slider.value = 0.3 + 0.05 * (i % 33);
      slider.dispatchEvent(new Event("input", { bubbles: true }));
      let frames = 0;
      for (; bars() === before; frames++) {
        if (performance.now() - start > PATIENCE) throw new Error("the bars did not move");
        await frame();
      }
      moves.push({ frames, ms: await painted() - start });
    }
    return moves;
  }

  return { arm, answered: () => answer, record, drag };
})();
