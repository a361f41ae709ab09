// The points of the vocabulary, fetched once for all figures that show them.
import { floats } from "./kit.js";
import { frame } from "./camera.js";

const LEAST = 10;                   // tokens that start a word; a vocabulary with fewer does not show which do
const fetched = new Map();

// What is there already of `source`; undefined while it is not.
export function known(source) {
  const found = fetched.get(source);
  return found?.texts ? found : undefined;
}

// What /map/… holds, ready to draw; undefined if it could not be fetched, and then the next drawing tries again.
export async function fetchOnce(source) {
  if (!fetched.has(source)) fetched.set(source, load(source));
  try { fetched.set(source, await fetched.get(source)); } catch { fetched.delete(source); }
  return fetched.get(source);
}

async function load(source) {
  const answer = await fetch(source);
  if (!answer.ok) throw new Error(`${source}: ${answer.status}`);
  const { pca, tsne, texts, classes, contexts } = await answer.json();
  const deep = floats(pca), flat = new Float32Array(texts.length * 2), scene = (coords, dims) => ({ coords, dims, fit: frame(coords, dims) });
  for (let i = 0; i < texts.length; i++) flat.set(deep.subarray(i * 3, i * 3 + 2), i * 2);
  const all = [...texts.keys()], words = all.filter((id) => classes[id] === 0), starts = words.length < LEAST ? all : words;         // as ui/points.py
  return { texts, classes, starts, order: starts.filter((id) => texts[id].length > 3),            // merges come by frequency
    pca2: scene(flat, 2), pca3: scene(deep, 3), tsne: tsne && scene(floats(tsne), 2), contexts: contexts && layers(contexts) };
}

// The held-out places of all layers, with one frame for them all, so that a change of layer moves the points alone.
function layers({ points, around }) {
  const all = floats(points), n = around.length, fit = frame(all, 2);
  return { around, fit, layers: Array.from({ length: points.shape[0] }, (_, layer) => all.subarray(layer * n * 2, (layer + 1) * n * 2)) };
}
