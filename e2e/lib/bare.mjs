// A bare 2D canvas loop: what a browser can do with a screen of this size, without a board.
// It paints what is in view anew with every frame: each note's paper, and its words where
// they can be read. No connectors, shadows or round corners.

import { COLORS, PITCH, TEXTS } from "./seed.mjs";
import { pans, shown } from "./measure.mjs";

const NOTE = 200;
const READABLE_PX = 4;
const TEXT = 16;
const LINE_LETTERS = 20;

/**
 * Pans over `size` notes on a canvas as large as `box`: `near` at 100 % in their middle,
 * else with all of them in view.
 */
export async function barePanning(browser, viewport, box, size, near) {
  const context = await browser.newContext({ viewport });
  const page = await context.newPage();
  await page.setContent(`<style>body { margin: 0 } canvas { display: block }</style><canvas></canvas>`);
  const lines = TEXTS.map((text) => text.match(new RegExp(`.{1,${LINE_LETTERS}}(\\s|$)`, "g")) ?? []);
  const times = await page.evaluate(bareLoop, {
    ...{ width: box.width, height: box.height, size, near, deltas: pans() },
    ...{ lines, colors: PAPERS, pitch: PITCH, note: NOTE, readable: READABLE_PX, text: TEXT },
  });
  await context.close();
  return shown(times);
}

const PAPERS = COLORS.map((_, i) => `hsl(${i * 50} 70% 85%)`);

/** In the page: milliseconds between frames. */
async function bareLoop({ width, height, size, near, deltas, lines, colors, pitch, note, readable, text }) {
  const canvas = Object.assign(document.querySelector("canvas"), { width, height });
  const context = canvas.getContext("2d");
  const columns = Math.ceil(Math.sqrt(size));
  const side = columns * pitch;
  const zoom = near ? 1 : (Math.min(width, height) * 0.9) / side;
  const at = { x: side / 2 - width / 2 / zoom, y: side / 2 - height / 2 / zoom };
  const paint = () => {
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = "#f6f6f4";
    context.fillRect(0, 0, width, height);
    context.setTransform(zoom, 0, 0, zoom, -at.x * zoom, -at.y * zoom);
    context.font = `${text}px sans-serif`;
    const first = (from) => Math.max(0, Math.floor(from / pitch));
    const last = (to) => Math.min(columns - 1, Math.floor(to / pitch));
    for (let row = first(at.y); row <= last(at.y + height / zoom); row++) {
      for (let column = first(at.x); column <= last(at.x + width / zoom); column++) {
        const i = row * columns + column;
        const [x, y] = [column * pitch, row * pitch];
        context.fillStyle = colors[i % colors.length];
        context.fillRect(x, y, note, note);
        if (text * zoom < readable) continue;
        context.fillStyle = "#232a31";
        for (const [n, line] of lines[i % lines.length].entries()) context.fillText(line, x + 12, y + 30 + n * 22);
      }
    }
  };
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  paint();
  const times = [];
  let last = await frame();
  for (const [x, y] of deltas) {
    at.x += x / zoom;
    at.y += y / zoom;
    paint();
    const now = await frame();
    times.push(now - last);
    last = now;
  }
  return times;
}
