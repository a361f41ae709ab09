// Which weights of a row make up the top share of its attention: the heaviest, until that share is reached.

// For weights (T, T), row by row over the first `seen(q)` places: 1 where the weight is among the heaviest that reach `share`, 0 elsewhere.
export function heaviest(weights, T, share, seen) {
  const kept = new Uint8Array(T * T).fill(share >= 1 ? 1 : 0);
  if (share >= 1) return kept;
  for (let q = 0; q < T; q++) {
    const row = [...weights.subarray(q * T, q * T + seen(q)).keys()].sort((a, b) => weights[q * T + b] - weights[q * T + a] || a - b);
    let mass = 0;
    for (const k of row) {
      kept[q * T + k] = 1;
      mass += weights[q * T + k];
      if (mass >= share) break;
    }
  }
  return kept;
}

// Listen to the board: its "top" slider as it is dragged, and the head that the pointer passes over (null: none).
export function follow(root, { top, preview }) {
  const board = root.closest(".vt");
  board.addEventListener("dial", ({ detail }) => { if (detail.name === "attention.top") top(detail.value / 100); });
  board.addEventListener("preview", ({ detail }) => preview(detail));
}
