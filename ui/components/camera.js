// Where the points of a map fall on the screen: the camera, and how mouse, touch and keys move it.

export const home = (dims) => ({ zoom: 1, panX: 0, panY: 0, yaw: dims === 3 ? 0.55 : 0, pitch: dims === 3 ? 0.32 : 0 });

// The part of the space that fills the picture: all but the outermost thousandth on each side.
export function frame(coords, dims) {
  const n = coords.length / dims, edges = [];
  for (let d = 0; d < dims; d++) {
    const axis = Float32Array.from({ length: n }, (_, i) => coords[i * dims + d]).sort();
    edges.push([axis[Math.floor(n * 0.001)], axis[Math.ceil(n * 0.999) - 1]]);
  }
  const middle = edges.map(([low, high]) => (low + high) / 2), sides = edges.map(([low, high]) => (high - low) / 2 || 1);
  return { middle, sides, radius: Math.max(...sides) };
}

// Fill s.x and s.y (CSS pixels) and, in three dimensions, s.depth (0 far … 1 near).
export function project(s) {
  const { coords, dims } = s.scene, n = s.x.length, see = lens(s);
  for (let i = 0; i < n; i++) {
    const [x, y, depth] = see(coords[i * dims], coords[i * dims + 1], dims === 3 ? coords[i * dims + 2] : 0);
    s.x[i] = x; s.y[i] = y; s.depth[i] = depth;
  }
}

const seen = [0, 0, 0];
// A function from a place in the map to [x, y, depth] on the screen; the array is the same at every call.
export function lens(s) {
  const { dims, fit } = s.scene, { zoom, panX, panY, yaw, pitch } = s.camera, cx = s.width / 2 + panX, cy = s.height / 2 + panY;
  const [mx, my, mz = 0] = fit.middle;
  if (dims === 2) {
    const k = zoom * 0.94 * Math.min(s.width / 2 / fit.sides[0], s.height / 2 / fit.sides[1]);
    return (x, y) => { seen[0] = cx + (x - mx) * k; seen[1] = cy - (y - my) * k; seen[2] = 1; return seen; };
  }
  const k = zoom * 0.9 * Math.min(s.width, s.height) / 2 / fit.radius, away = 4 * fit.radius;
  const ca = Math.cos(yaw), sa = Math.sin(yaw), cb = Math.cos(pitch), sb = Math.sin(pitch);
  return (x, y, z) => {
    x -= mx; y -= my; z -= mz;
    const right = x * ca + z * sa, back = z * ca - x * sa, up = y * cb - back * sb, near = back * cb + y * sb;
    const scale = k * away / Math.max(away - near, away / 4);
    seen[0] = cx + right * scale; seen[1] = cy - up * scale;
    seen[2] = Math.min(1, Math.max(0, near / fit.radius / 2 + 0.5));
    return seen;
  };
}

// Zoom by `factor` so that the place under (x, y) stays there; returns whether anything changed.
export function zoomAt(s, factor, x = s.width / 2, y = s.height / 2) {
  const c = s.camera, zoom = Math.min(40, Math.max(0.6, c.zoom * factor)), by = zoom / c.zoom;
  if (by === 1) return false;
  const dx = x - s.width / 2, dy = y - s.height / 2;
  Object.assign(c, { zoom, panX: dx - (dx - c.panX) * by, panY: dy - (dy - c.panY) * by });
  return true;
}

export function drag(s, dx, dy, pan) {
  const c = s.camera;
  if (pan || s.scene.dims === 2) { c.panX += dx; c.panY += dy; }
  else { c.yaw += dx * 0.008; c.pitch = Math.min(1.5, Math.max(-1.5, c.pitch + dy * 0.008)); }
}

// Mouse, touch and keys over the canvas; s.moved(), s.hovered(x, y), s.clicked(x, y) hear of it.
export function listen(s) {
  const { canvas } = s, fingers = new Map();
  let travelled = 0;
  const at = (event) => { const box = canvas.getBoundingClientRect(); return [event.clientX - box.left, event.clientY - box.top]; };
  canvas.onpointerdown = (event) => {
    if (fingers.size === 0) travelled = 0;
    fingers.set(event.pointerId, at(event));
    canvas.setPointerCapture(event.pointerId);
  };
  canvas.onpointermove = (event) => {
    const [x, y] = at(event), before = fingers.get(event.pointerId);
    if (!before) { s.hovered(x, y); return; }
    const dx = x - before[0], dy = y - before[1];
    travelled += Math.abs(dx) + Math.abs(dy);
    if (fingers.size === 2) {
      const [other] = [...fingers].filter(([id]) => id !== event.pointerId).map(([, place]) => place);
      const was = Math.hypot(before[0] - other[0], before[1] - other[1]), is = Math.hypot(x - other[0], y - other[1]);
      if (was > 0) zoomAt(s, is / was, (x + other[0]) / 2, (y + other[1]) / 2);
      drag(s, dx / 2, dy / 2, true);
    } else if (travelled > 4) drag(s, dx, dy, event.shiftKey);
    fingers.set(event.pointerId, [x, y]);
    if (travelled > 4) s.moved();
  };
  canvas.onpointerup = canvas.onpointercancel = (event) => {
    fingers.delete(event.pointerId);
    if (event.type === "pointerup" && fingers.size === 0 && travelled <= 4) s.clicked(...at(event));
  };
  canvas.onpointerleave = () => s.hovered(null);
  canvas.addEventListener("wheel", (event) => {
    const c = s.camera;
    if (event.deltaY > 0 && c.zoom <= 1 && !event.ctrlKey) return;      // nothing left to zoom out of: the page scrolls
    event.preventDefault();
    const pixels = event.deltaY * (event.deltaMode === 1 ? 16 : 1), factor = Math.exp(-Math.max(-120, Math.min(120, pixels)) * (event.ctrlKey ? 0.01 : 0.002));
    if (zoomAt(s, event.deltaY > 0 ? Math.max(factor, 1 / c.zoom) : factor, ...at(event))) s.moved();
  }, { passive: false });
  canvas.onkeydown = (event) => {
    const step = { ArrowLeft: [-24, 0], ArrowRight: [24, 0], ArrowUp: [0, -24], ArrowDown: [0, 24] }[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (step) drag(s, ...step.map((d) => s.scene.dims === 2 ? -d : d), event.shiftKey);
    else if (event.key === "+" || event.key === "=") zoomAt(s, 1.25);
    else if (event.key === "-") zoomAt(s, 0.8);
    else if (event.key === "0" || event.key === "Home") s.camera = home(s.scene.dims);
    else return;
    event.preventDefault();
    s.moved();
  };
}
