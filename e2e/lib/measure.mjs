// How smooth a gesture is: times between animation frames while one event comes a frame.

import { boardPixels } from "./board.mjs";

const STEPS = 120;
const KEYS = 60;
/** Space around several selected objects, in pixels. */
const FRAME = 8;

/** So many notes are dragged at once. */
export const DRAGGED = 500;

/** By how much a pan moves with each frame, in pixels. */
export function pans() {
  return Array.from({ length: STEPS }, (_, i) => [i % 60 < 30 ? 24 : -24, i % 40 < 20 ? 16 : -16]);
}

export function panning(plaza) {
  return wheel(plaza, false, pans());
}

export function zooming(plaza) {
  return wheel(plaza, true, Array.from({ length: STEPS }, (_, i) => [0, i % 60 < 30 ? -12 : 12]));
}

/** A marquee that grows over the whole field. */
export async function marquee(plaza) {
  const { left, top, side } = await field(plaza);
  const from = { x: left - 12, y: top - 12 };
  const path = Array.from({ length: STEPS }, (_, i) => {
    const part = (i + 1) / STEPS;
    return { x: from.x + (side + 24) * part, y: from.y + (side + 24) * part };
  });
  return shown(await drag(plaza, from, path, false));
}

/** Many notes, taken at one of them after holding still, and moved about. */
export async function dragging(plaza, size) {
  const { left, top, side } = await field(plaza);
  const part = Math.sqrt(Math.min(1, DRAGGED / size));
  const corner = { x: left - 12, y: top - 12 };
  await drag(plaza, corner, [{ x: left + side * part - 2, y: top + side * part - 2 }], false);
  const step = side / Math.ceil(Math.sqrt(size));
  const from = { x: left + step * 0.4, y: top + step * 0.4 };
  const path = Array.from({ length: STEPS }, (_, i) => {
    return { x: from.x + Math.sin(i / 12) * 120, y: from.y + (1 - Math.cos(i / 12)) * 90 };
  });
  const times = await drag(plaza, from, path, true);
  await plaza.canvas.focus();
  await plaza.keyboard.press("Control+z");
  return shown(times);
}

/** The same notes, resized by the corner of their frame. */
export async function resizing(plaza) {
  const { left, top } = await field(plaza);
  const from = { x: left - FRAME, y: top - FRAME };
  const path = Array.from({ length: STEPS }, (_, i) => {
    const out = (1 - Math.cos(i / 12)) * 60;
    return { x: from.x - out, y: from.y - out };
  });
  const times = await drag(plaza, from, path, true);
  await plaza.canvas.focus();
  await plaza.keyboard.press("Control+z");
  return shown(times);
}

/** What a keystroke in a note costs until the page has handed over the frame that shows it. */
export async function keystrokes(plaza) {
  await plaza.newNote();
  const times = await plaza.page.evaluate(async (keys) => {
    const times = [];
    for (let i = 0; i < keys; i++) {
      const began = performance.now();
      document.execCommand("insertText", false, i % 6 === 5 ? " " : "a");
      const handled = performance.now() - began;
      // The board asked for its frame first: this comes after it has painted. A message comes
      // after the browser has put into pixels what was painted.
      const start = await new Promise((done) => requestAnimationFrame(done));
      await new Promise((done) => {
        const channel = new MessageChannel();
        channel.port1.onmessage = done;
        channel.port2.postMessage(0);
      });
      times.push(handled + performance.now() - start);
    }
    return times;
  }, KEYS);
  await plaza.endWriting();
  times.sort((a, b) => a - b);
  return `p50 ${at(times, 0.5).toFixed(1)} ms, p95 ${at(times, 0.95).toFixed(1)} ms`;
}

/** Where the field of notes lies on screen while the whole canvas is shown: where there is colour. */
async function field(plaza) {
  const pixels = await plaza.page.evaluateHandle(boardPixels);
  return plaza.page.evaluate(({ width, height, data }) => {
    const isPaper = (x, y) => {
      const pixel = data.subarray((y * width + x) * 4, (y * width + x) * 4 + 3);
      return Math.max(...pixel) - Math.min(...pixel) > 24;
    };
    let [x0, y0, x1, y1] = [width, height, 0, 0];
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        if (!isPaper(x, y)) continue;
        [x0, x1] = [Math.min(x0, x), Math.max(x1, x)];
        [y0, y1] = [Math.min(y0, y), Math.max(y1, y)];
      }
    }
    const box = document.getElementById("stage").getBoundingClientRect();
    const scale = box.width / width;
    return { left: box.x + x0 * scale, top: box.y + y0 * scale, side: Math.max(x1 - x0, y1 - y0) * scale };
  }, pixels);
}

/** One wheel event a frame, with Ctrl where it zooms. */
async function wheel(plaza, zooms, deltas) {
  const box = await plaza.canvas.boundingBox();
  const times = await plaza.page.evaluate(
    async ({ deltas, zooms, x, y }) => {
      const target = document.elementFromPoint(x, y);
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      const times = [];
      let last = await frame();
      for (const [deltaX, deltaY] of deltas) {
        const init = { deltaX, deltaY, clientX: x, clientY: y, ctrlKey: zooms, bubbles: true, cancelable: true };
        target.dispatchEvent(new WheelEvent("wheel", init));
        const now = await frame();
        times.push(now - last);
        last = now;
      }
      return times;
    },
    { deltas, zooms, x: box.x + box.width / 2, y: box.y + box.height / 2 },
  );
  return shown(times);
}

/** Presses, moves one event a frame, lets go; with `holds` only after a message has asked to drag. */
async function drag(plaza, from, path, holds) {
  return plaza.page.evaluate(
    async ({ from, path, holds }) => {
      const target = document.getElementById("stage");
      const send = (type, { x, y }) => {
        const init = { clientX: x, clientY: y, pointerId: 1, pointerType: "mouse", button: 0, buttons: 1, bubbles: true, cancelable: true };
        target.dispatchEvent(new PointerEvent(type, init));
      };
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      send("pointerdown", from);
      const began = performance.now();
      while (holds && !document.querySelector("[data-testid=message]")?.textContent.includes("Drag now")) {
        if (performance.now() - began > 5_000) throw new Error("nothing to be held where it was pressed");
        await frame();
      }
      const times = [];
      let last = await frame();
      for (const point of path) {
        send("pointermove", point);
        const now = await frame();
        times.push(now - last);
        last = now;
      }
      send("pointerup", path.at(-1));
      await frame();
      return times;
    },
    { from, path, holds },
  );
}

/** Frames a second on average, and the time that all but one of twenty frames keep to. */
export function shown(times) {
  times.sort((a, b) => a - b);
  const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
  return `${(1000 / mean).toFixed(0)} fps, p95 ${at(times, 0.95).toFixed(0)} ms`;
}

function at(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}
