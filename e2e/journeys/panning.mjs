// A view that was panned to looks like one that is painted anew, light and dark, at whole
// and at fractional zooms, with objects of every kind across the edges of what is painted.

import assert from "node:assert/strict";
import { connectors, kinds, put } from "../lib/gallery.mjs";

/** From the view that is painted anew, in pixels: over the edges of several tiles, and back. */
const AWAY = [[-70, -50], [-310, 120], [-240, 333], [510, -200], [330, 97], [-130, -190]];
/** To another place, and from there back: so far that what leaves the view is painted again. */
const THERE = [[-900, 0], [0, 500], [450, -250]];
const BACK = [[450, -250]];
/** The zoom wheel turned so far from 100 %, in its steps. */
const ZOOMS = [[], [-30, -43]];
/**
 * Letters are put at quarters of a pixel, and which quarter is rounding where what is painted
 * begins elsewhere. What is missing or out of place by a pixel differs by more, or in more places.
 */
const ROUNDED_LEVELS_MAX = 80;
const ROUNDED_PIXELS_MAX = 3_000;

export default async function panning(stage) {
  const { facilitator, links } = await stage.facilitator("Panning");
  const objects = { ...kinds(), ...moved(connectors(), 0, 950) };
  await put(stage.server.url, undefined, links.participant, facilitator.canvasId(), objects);
  await facilitator.waitForNote("Harbour data map");
  await dropPicture(facilitator);
  await facilitator.waitForNote(/picture/);
  await facilitator.canvas.focus();
  await facilitator.keyboard.press("Escape");
  await facilitator.keyboard.press("Shift+1");
  await facilitator.pointAt(0.5, 0.5);
  await facilitator.keyboard.press("Control+0");
  for (const zoom of ZOOMS) {
    for (const turn of zoom) await wheel(facilitator, [0, turn], "Control");
    await inOtherColors(facilitator);
    const start = await inOtherColors(facilitator);
    for (const by of AWAY) await wheel(facilitator, by);
    const light = await shot(facilitator);
    assert.ok(await isMoved(facilitator), "the board has been painted anew, not moved");
    assert.ok((await difference(facilitator, start, light)).pixels > 1_000, "the view has not moved");
    const dark = await inOtherColors(facilitator);
    for (const by of THERE) await wheel(facilitator, by);
    for (let i = 0; i < 2; i++) await inOtherColors(facilitator);
    for (const by of BACK) await wheel(facilitator, by);
    assert.ok(await isMoved(facilitator), "the dark board has been painted anew, not moved");
    await alike(facilitator, await shot(facilitator), dark, `dark, turned by ${zoom}`);
    await alike(facilitator, light, await inOtherColors(facilitator), `light, turned by ${zoom}`);
  }
}

function moved(objects, x, y) {
  for (const object of Object.values(objects)) object.pos = [object.pos[0] + x, object.pos[1] + y];
  return objects;
}

async function dropPicture({ page }) {
  await page.evaluate(async () => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 400, height: 300 });
    const context = canvas.getContext("2d");
    for (let i = 0; i < 12; i++) {
      context.fillStyle = `hsl(${i * 30} 80% 60%)`;
      context.fillRect((i % 4) * 100, Math.floor(i / 4) * 100, 100, 100);
    }
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([blob], "Squares.png", { type: "image/png" }));
    const stage = document.getElementById("stage");
    const box = stage.getBoundingClientRect();
    const init = { bubbles: true, cancelable: true, clientX: box.x + box.width / 2, clientY: box.y + box.height / 2 };
    stage.dispatchEvent(new DragEvent("drop", { ...init, dataTransfer }));
  });
}

/** One turn of the wheel, until it is on screen. */
async function wheel({ page, keyboard }, [x, y], held) {
  if (held) await keyboard.down(held);
  await page.mouse.wheel(x, y);
  if (held) await keyboard.up(held);
  await page.evaluate(frames);
}

/** In the page: three frames later. */
async function frames() {
  for (let i = 0; i < 3; i++) await new Promise((resolve) => requestAnimationFrame(resolve));
}

/** Waits until the screen stays as it is. */
async function still(person) {
  let last = await shot(person);
  let same = 0;
  await person.until("the board to rest", async () => {
    const now = await shot(person);
    same = now === last ? same + 1 : 0;
    last = now;
    return same >= 3;
  });
}

/** The stage as it is on screen, as PNG. */
async function shot(person) {
  return (await person.canvas.screenshot()).toString("base64");
}

/** The same view in light instead of dark colours, or the other way round: painted anew. */
async function inOtherColors(person) {
  await person.button("Turn dark colours on or off").click();
  await person.page.evaluate(frames);
  await person.canvas.focus();
  await person.pointAt(0.5, 0.5);
  await still(person);
  assert.ok(!(await isMoved(person)), "the board has been moved, not painted anew");
  return shot(person);
}

/** Whether the tiles begin elsewhere than the screen. */
function isMoved({ page }) {
  return page.evaluate(() => {
    const stage = document.getElementById("stage").getBoundingClientRect();
    const begins = (tile) => {
      const { x, y } = tile.getBoundingClientRect();
      return x === stage.x && y === stage.y;
    };
    return ![...document.querySelectorAll("#stage .tile")].some(begins);
  });
}

async function alike(person, panned, anew, where) {
  const { pixels, levels } = await difference(person, panned, anew);
  const message = `${where}: ${pixels} pixels differ, by up to ${levels} levels`;
  assert.ok(pixels <= ROUNDED_PIXELS_MAX && levels <= ROUNDED_LEVELS_MAX, message);
}

/** How many pixels of two pictures differ, and by how much at most. */
function difference({ page }, one, other) {
  return page.evaluate(
    async (pictures) => {
      const [a, b] = await Promise.all(
        pictures.map(async (png) => {
          const bytes = Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0));
          const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
          const context = new OffscreenCanvas(image.width, image.height).getContext("2d");
          context.drawImage(image, 0, 0);
          return context.getImageData(0, 0, image.width, image.height).data;
        }),
      );
      let [pixels, levels] = [0, 0];
      for (let at = 0; at < a.length; at += 4) {
        let most = 0;
        for (let i = at; i < at + 3; i++) most = Math.max(most, Math.abs(a[i] - b[i]));
        pixels += Number(most > 0);
        levels = Math.max(levels, most);
      }
      return { pixels, levels };
    },
    [one, other],
  );
}
