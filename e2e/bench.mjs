// How quickly a board opens and paints, in a real browser.
//   node e2e/bench.mjs            1,000, 10,000 and 50,000 notes
//   node e2e/bench.mjs --quick    1,000 notes

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createWorkshop, joinByLink, note, openYjs } from "./lib/api.mjs";
import { launch, openPerson } from "./lib/browser.mjs";
import { Plaza } from "./lib/plaza.mjs";
import { binary, ROOT, Server } from "./lib/server.mjs";
import { DATASETS, GAPS, LIMITATIONS } from "./lib/statements.mjs";

const SIZES = process.argv.includes("--quick") ? [1_000] : [1_000, 10_000, 50_000];
const NOTES_PER_TRANSACTION = 400;
const BYTES_PER_SEC = 480 * 1024; // the server takes 512 KiB each second
const STEPS = 120;
const OPEN_MS_MAX = 240_000;
const TEXTS = [...DATASETS, ...GAPS, ...LIMITATIONS];
const COLORS = ["butter", "peach", "rose", "lilac", "sky", "mint", "chalk"];

const server = await Server.start();
const browser = await launch();
try {
  console.log(`server: ${binary()}\nbrowser: Chromium ${browser.version()}, 1280x800\n`);
  await firstLoad();
  const rows = [];
  for (const size of SIZES) rows.push(await measure(size));
  console.log();
  table(rows);
} finally {
  await browser.close();
  await server.stop();
}

/** An empty browser on a new board: what is transferred, and when one can write. */
async function firstLoad() {
  const workshop = await createWorkshop(server.url, "Bench: first load");
  const person = await openPerson(browser, "first");
  const cdp = await person.context.newCDPSession(person.page);
  await cdp.send("Network.enable");
  let bytes = 0;
  cdp.on("Network.loadingFinished", (event) => (bytes += event.encodedDataLength));
  const plaza = new Plaza(person);
  await plaza.page.goto(workshop.links.participant);
  await plaza.button("Join").waitFor();
  const transferred = bytes;
  await plaza.fillJoin("Bench", "Lab");
  const built = await builtBytes();
  console.log(`first load: ${kib(transferred)} transferred${built ? `, ${kib(built)} by build.json` : ""} (brotli)`);

  // The board again, as on every later visit by the same address, without any cache.
  await cdp.send("Network.setCacheDisabled", { cacheDisabled: true });
  const usable = await opened(plaza, () => plaza.page.goto(plaza.page.url()));
  console.log(`usable board: ${usable.saved.toFixed(0)} ms from navigation to "All changes saved"`);
  await person.context.close();
}

async function builtBytes() {
  const file = join(ROOT, "dist/build.json");
  const json = await readFile(file, "utf8").catch(() => "{}");
  return JSON.parse(json).first_load_bytes;
}

async function measure(size) {
  const workshop = await createWorkshop(server.url, `Bench: ${size} notes`);
  const canvas = workshop.canvases[0].id;
  const seeding = performance.now();
  await seed(workshop, canvas, size);
  const seconds = ((performance.now() - seeding) / 1000).toFixed(1);
  console.log(`${size.toLocaleString("en")} notes seeded in ${seconds} s`);

  const person = await openPerson(browser, "bench");
  const plaza = new Plaza(person);
  plaza.page.setDefaultTimeout(OPEN_MS_MAX);
  await plaza.join(workshop.links.participant, "Bench", "Lab");
  const address = plaza.page.url();
  // The client's files are kept, the notes are not: all of them come from the server.
  await plaza.page.goto(server.url);
  await forgetNotes(plaza);
  const open = await opened(plaza, () => plaza.page.goto(address));
  // A later visit: the device has the notes too.
  const again = await opened(plaza, () => plaza.page.reload());

  await plaza.canvas.focus();
  await plaza.keyboard.press("Shift+1");
  const whole = await frames(plaza);
  await plaza.keyboard.press("Control+0");
  const near = await frames(plaza);
  const heap = await heapBytes(plaza);
  if (person.problems.length > 0) console.log(person.problems.join("\n"));
  await person.context.close();
  return {
    notes: size.toLocaleString("en"),
    open: ms(open.painted),
    reopen: ms(again.painted),
    "pan near": near.pan,
    "zoom near": near.zoom,
    "pan whole": whole.pan,
    "zoom whole": whole.zoom,
    heap: `${(heap / 2 ** 20).toFixed(0)} MiB`,
  };
}

/** Notes in a square field, in transactions that the server's limits let through. */
async function seed(workshop, canvas, size) {
  const { token, participant } = await joinByLink(workshop.links.participant, "Seed");
  const client = await openYjs(server.url, token, canvas);
  const columns = Math.ceil(Math.sqrt(size));
  let due = performance.now();
  let bytes = 0;
  client.doc.on("update", (update) => (bytes = update.length));
  for (let from = 0; from < size; from += NOTES_PER_TRANSACTION) {
    client.doc.transact(() => {
      for (let i = from; i < Math.min(from + NOTES_PER_TRANSACTION, size); i++) {
        const place = { x: (i % columns) * 220, y: Math.floor(i / columns) * 220, z: i };
        const look = { text: `${TEXTS[i % TEXTS.length]} (${i})`, color: COLORS[i % COLORS.length] };
        client.objects.set(`bench-${i}`, note({ ...place, ...look, author: participant.id }));
      }
    });
    due = Math.max(due, performance.now()) + (bytes / BYTES_PER_SEC) * 1000;
    await client.stored();
    await new Promise((resolve) => setTimeout(resolve, due - performance.now()));
  }
  client.close();
}

async function forgetNotes(plaza) {
  const cdp = await plaza.person.context.newCDPSession(plaza.page);
  await cdp.send("Storage.clearDataForOrigin", { origin: server.url, storageTypes: "indexeddb" });
}

/** Milliseconds from `act` to the first painted notes, and to "All changes saved". */
async function opened(plaza, act) {
  const began = Date.now();
  await act();
  let painted;
  await plaza.until("the board to open", async () => {
    const at = await plaza.page.evaluate(() => {
      const [mark] = performance.getEntriesByName("plaza-open");
      return mark && performance.timeOrigin + mark.startTime;
    });
    painted ??= at;
    return painted || (await plaza.savedState()) === "All changes saved";
  }, OPEN_MS_MAX);
  await plaza.saved(OPEN_MS_MAX);
  const saved = Date.now() - began;
  return { painted: painted ? painted - began : saved, saved };
}

/** Frame times while panning and while zooming by the wheel in the middle of the board. */
async function frames(plaza) {
  await plaza.pointAt(0.5, 0.5);
  const pan = await record(plaza, false, (i) => [i % 60 < 30 ? 24 : -24, i % 40 < 20 ? 16 : -16]);
  const zoom = await record(plaza, true, (i) => [0, i % 60 < 30 ? -12 : 12]);
  return { pan, zoom };
}

/** One wheel event a frame, with Ctrl where it zooms; the times between animation frames. */
async function record(plaza, zooms, delta) {
  const deltas = Array.from({ length: STEPS }, (_, i) => delta(i));
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
  times.sort((a, b) => a - b);
  const part = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))];
  return `${(1000 / part(0.5)).toFixed(0)} fps, p95 ${part(0.95).toFixed(0)} ms`;
}

/** The page's memory after a collection: JavaScript's heap and WebAssembly's memory. */
async function heapBytes(plaza) {
  const cdp = await plaza.person.context.newCDPSession(plaza.page);
  await cdp.send("HeapProfiler.collectGarbage");
  const { usedSize } = await cdp.send("Runtime.getHeapUsage");
  const { result: prototype } = await cdp.send("Runtime.evaluate", { expression: "WebAssembly.Memory.prototype" });
  const { objects } = await cdp.send("Runtime.queryObjects", { prototypeObjectId: prototype.objectId });
  const { result } = await cdp.send("Runtime.callFunctionOn", {
    objectId: objects.objectId,
    functionDeclaration: "function () { return this.reduce((sum, memory) => sum + memory.buffer.byteLength, 0); }",
  });
  return usedSize + result.value;
}

function table(rows) {
  const names = Object.keys(rows[0]);
  const width = (name) => Math.max(name.length, ...rows.map((row) => row[name].length));
  const line = (cells) => console.log(`| ${cells.join(" | ")} |`);
  line(names.map((name) => name.padEnd(width(name))));
  line(names.map((name) => "-".repeat(width(name))));
  for (const row of rows) line(names.map((name) => row[name].padEnd(width(name))));
}

function ms(value) {
  return `${value.toFixed(0)} ms`;
}

function kib(bytes) {
  return `${(bytes / 1024).toFixed(0)} KiB`;
}
