// How quickly a board opens and paints, in a real browser.
//   node e2e/bench.mjs            1,000, 10,000 and 50,000 notes, and 10,000 on a large screen
//   node e2e/bench.mjs 2000       this many notes, on the usual screen
// To every five notes there is a connector. *Bare* is a 2D canvas loop that paints as many
// notes and nothing else (lib/bare.mjs): what is to be had on this screen.

import { createWorkshop } from "./lib/api.mjs";
import { barePanning } from "./lib/bare.mjs";
import { launch, openPerson } from "./lib/browser.mjs";
import { Plaza } from "./lib/plaza.mjs";
import { binary, Server } from "./lib/server.mjs";
import { DRAGGED, dragging, keystrokes, marquee, panning, resizing, zooming } from "./lib/measure.mjs";
import { closed, OPENED } from "./lib/parts.mjs";
import { seed } from "./lib/seed.mjs";

const DESKTOP = { width: 1280, height: 800 };
const LARGE = { width: 3840, height: 2160 };
const ASKED = process.argv.slice(2).map(Number);
const BOARDS =
  ASKED.length > 0
    ? ASKED.map((size) => [size, DESKTOP])
    : [[1_000, DESKTOP], [10_000, DESKTOP], [50_000, DESKTOP], [10_000, LARGE]];
const OPEN_MS_MAX = 240_000;

const server = await Server.start();
const browser = await launch();
try {
  console.log(`server: ${binary()}\nbrowser: Chromium ${browser.version()}\n`);
  await firstLoads();
  const rows = [];
  for (const [size, viewport] of BOARDS) rows.push(await measure(size, viewport));
  console.log();
  table(rows);
} finally {
  await browser.close();
  await server.stop();
}

/** What an empty browser transfers for each page and part; when a board can be written on. */
async function firstLoads() {
  const workshop = await createWorkshop(server.url, "Bench: first load");
  // The service worker fetches all of it in the background once a canvas is open.
  const person = await openPerson(browser, "first", { serviceWorkers: "block" });
  const cdp = await person.context.newCDPSession(person.page);
  await cdp.send("Network.enable");
  let bytes = 0;
  cdp.on("Network.loadingFinished", (event) => (bytes += event.encodedDataLength));
  const plaza = new Plaza(person);
  await plaza.page.goto(workshop.links.facilitator, { waitUntil: "networkidle" });
  await plaza.button("Join").waitFor();
  const rows = [["join page", bytes]];
  await plaza.fillJoin("Bench", "Lab");
  rows.push(["canvas, join page included", bytes]);
  for (const [part, [open, shown]] of Object.entries(OPENED)) {
    const before = bytes;
    await plaza.canvas.focus();
    await open(plaza);
    await shown(plaza.page).waitFor();
    await plaza.until(`${part} to be counted`, () => bytes > before);
    rows.push([part, bytes - before]);
    await closed(plaza, shown);
  }
  table(rows.map(([name, bytes]) => ({ "first load": name, transferred: kB(bytes) })));

  // The board again, as on every later visit by the same address, without any cache.
  await cdp.send("Network.setCacheDisabled", { cacheDisabled: true });
  const usable = await opened(plaza, () => plaza.page.goto(plaza.page.url()));
  console.log(`\nusable board: ${usable.saved.toFixed(0)} ms from navigation to "All changes saved"`);
  await person.context.close();
}

async function measure(size, viewport) {
  const workshop = await createWorkshop(server.url, `Bench: ${size} notes`);
  const canvas = workshop.canvases[0].id;
  const seeding = performance.now();
  await seed(server.url, workshop, canvas, size);
  const seconds = ((performance.now() - seeding) / 1000).toFixed(1);
  console.log(`${size.toLocaleString("en")} notes seeded in ${seconds} s`);

  const person = await openPerson(browser, "bench", { viewport });
  await person.context.addInitScript(keepMemories);
  const plaza = new Plaza(person);
  plaza.page.setDefaultTimeout(OPEN_MS_MAX);
  await plaza.join(workshop.links.participant, "Bench", "Lab");
  const address = plaza.page.url();
  await plaza.page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
  // The client's files are kept, the notes are not: all of them come from the server.
  await plaza.page.goto(server.url);
  await forgetNotes(plaza);
  const open = await opened(plaza, () => plaza.page.goto(address));
  // A later visit: the device has the notes too.
  const again = await opened(plaza, () => plaza.page.reload());

  const view = async (key) => {
    await plaza.canvas.focus();
    await plaza.keyboard.press(key);
    await plaza.pointAt(0.5, 0.5);
  };
  await view("Control+0");
  const box = await plaza.canvas.boundingBox();
  const bare = (near) => barePanning(browser, viewport, box, size, near);
  const near = { pan: await panning(plaza), bare: await bare(true), zoom: await zooming(plaza) };
  await view("Shift+1");
  const whole = { pan: await panning(plaza), bare: await bare(false), zoom: await zooming(plaza) };
  await view("Shift+1");
  const selecting = await marquee(plaza);
  await view("Shift+1");
  const drag = await dragging(plaza, size);
  const resize = await resizing(plaza);
  await view("Control+0");
  const keys = await keystrokes(plaza);
  const heap = await heapBytes(plaza);
  if (person.problems.length > 0) console.log(person.problems.join("\n"));
  await person.context.close();
  return {
    notes: size.toLocaleString("en"),
    screen: `${viewport.width}x${viewport.height}`,
    open: ms(open.painted),
    reopen: ms(again.painted),
    "pan near": near.pan,
    "bare near": near.bare,
    "zoom near": near.zoom,
    "pan whole": whole.pan,
    "bare whole": whole.bare,
    "zoom whole": whole.zoom,
    "marquee whole": selecting,
    [`drag ${DRAGGED} whole`]: drag,
    [`resize ${DRAGGED} whole`]: resize,
    keystroke: keys,
    heap: `${(heap / 2 ** 20).toFixed(0)} MiB`,
  };
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

/** In the page, before its scripts: remembers the memories of WebAssembly modules. */
function keepMemories() {
  globalThis.wasmMemories = new Set();
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const original = WebAssembly[name];
    WebAssembly[name] = async (...args) => {
      const made = await original(...args);
      const { memory } = (made.instance ?? made).exports ?? {};
      if (memory) globalThis.wasmMemories.add(memory);
      return made;
    };
  }
}

/** The page's memory after a collection: JavaScript's heap and WebAssembly's memory. */
async function heapBytes(plaza) {
  const cdp = await plaza.person.context.newCDPSession(plaza.page);
  await cdp.send("HeapProfiler.collectGarbage");
  const { usedSize } = await cdp.send("Runtime.getHeapUsage");
  const memories = await plaza.page.evaluate(() => [...globalThis.wasmMemories].map((memory) => memory.buffer.byteLength));
  return usedSize + memories.reduce((sum, bytes) => sum + bytes, 0);
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

function kB(bytes) {
  return `${(bytes / 1000).toFixed(0)} kB`;
}
