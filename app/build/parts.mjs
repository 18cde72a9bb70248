// The client's files under the names they are served by, and which of them each part needs.
// The splitter makes a chunk of whatever two or more parts have in common, many of them tiny. They
// are joined into two files, so that a part is few requests and like beside like is packed smaller:
// what every page may need, and what the canvas alone needs of every page.

import { copyFileSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fill, readText, shortHash, writeHashed } from "./files.mjs";

const LOADER = "__wasm_split.js";
const PAGES = ["start", "join", "canvas"];
// What pages show without the canvas.
const ON_PAGES = [...PAGES, "created"];
const HASH = "HASH-TO-COME";
const PART = /export const __wasm_split_load_(\w+) = wrapAsyncCb\(makeLoad\([\s\S]*?, \[([^\]]*)\]\)\);/g;
// Bytes before packing, of a chunk that comes with every page, and of one that comes with every page
// although only panels and dialogs need it.
const JOINED_BYTES_MAX = 64_000;
const JOINED_UNASKED_BYTES_MAX = 7_000;
// Take the place of the splitter's fetch: `compiled` for a chunk that is a file of its own, `piece` for
// one that was joined; the first piece of a file, its largest, is compiled while the others arrive.
// The files of the page that is opened are asked for and compiled at once, while the client itself
// still starts.
const MODULES = `
const begun = new Map();
function compiled(url) {
  const module = begun.get(url) ?? WebAssembly.compileStreaming(fetch(url));
  begun.delete(url);
  return module;
}
const FIRST = {{FIRST}};
const joined = new Map();
async function arriving(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(answer.status);
  const [begin, whole] = answer.body.tee();
  let left = FIRST[url];
  const cut = new TransformStream({
    transform(bytes, to) {
      to.enqueue(bytes.subarray(0, left));
      left -= bytes.length;
      if (left <= 0) to.terminate();
    },
  });
  const headers = { "content-type": "application/wasm" };
  const first = WebAssembly.compileStreaming(new Response(begin.pipeThrough(cut), { headers }));
  first.catch(() => {});
  return { first, bytes: new Response(whole).arrayBuffer() };
}
function joinedFile(url) {
  let file = joined.get(url);
  if (!file) {
    file = arriving(url);
    joined.set(url, file);
    // What has failed is asked for again when it is needed.
    file.then((parts) => Promise.all([parts.first, parts.bytes])).catch(() => joined.delete(url));
  }
  return file;
}
async function piece(url, from, to) {
  const { first, bytes } = await joinedFile(url);
  return from === 0 ? first : WebAssembly.compile(new Uint8Array(await bytes, from, to - from));
}
const page = location.pathname === "/" ? "start" : /^\\/w\\/[^/]+\\/c\\//.test(location.pathname) ? "canvas" : "join";
for (const url of {{EARLY}}[page]) {
  if (FIRST[url]) joinedFile(url);
  else begun.set(url, compiled(url));
}
for (const [url, module] of begun) module.catch(() => begun.delete(url));
`;

/**
 * Copies what wasm-bindgen and the splitter left in `bound` into `dist`.
 * Returns { js, loader, wasm, parts }: three file names, and for each part the names of its files.
 */
export function named(bound, dist) {
  let loader = readText(bound, LOADER);
  const needs = chunksOf(loader);
  const files = readdirSync(bound).filter((file) => loader.includes(`"./${file}"`) && file.endsWith(".wasm"));
  const names = new Map();
  const first = {};
  const bytesOf = new Map(files.map((file) => [file, readFileSync(join(bound, file))]));
  const inGroup = (called) => files.filter((file) => group(file, bytesOf.get(file).length, needs) === called);
  for (const called of ["joined", "board"]) {
    const members = inGroup(called).sort((a, b) => bytesOf.get(b).length - bytesOf.get(a).length);
    const pieces = members.map((file) => bytesOf.get(file));
    const name = writeHashed(dist, called, "wasm", Buffer.concat(pieces));
    first[`/${name}`] = pieces[0].length;
    let end = 0;
    members.forEach((file, at) => {
      names.set(file, name);
      loader = replaceAll(loader, fetchOf(file), `piece("/${name}", ${end}, ${(end += pieces[at].length)})`);
    });
  }
  for (const file of inGroup("alone")) {
    const name = writeHashed(dist, file.replace(/^split_|\.wasm$/g, ""), "wasm", bytesOf.get(file));
    names.set(file, name);
    loader = replaceAll(loader, fetchOf(file), `compiled("/${name}")`);
  }
  const wasm = `app-${shortHash(readFileSync(join(bound, "main_bg.wasm")))}.wasm`;
  copyFileSync(join(bound, "main_bg.wasm"), join(dist, wasm));
  // Each of the two scripts imports the other, so both carry one hash.
  const js = replaceAll(replaceAll(readText(bound, "main.js"), "main_bg.wasm", wasm), `from "./${LOADER}"`, `from "./parts-${HASH}.js"`);
  loader = replaceAll(loader, 'from "./main.js"', `from "./app-${HASH}.js"`);
  loader = replaceAll(loader, "WebAssembly.instantiateStreaming(src,", "WebAssembly.instantiate(await src,");
  const parts = Object.fromEntries(Object.entries(needs).map(([part, chunks]) => {
    return [part, [...new Set(chunks.map((file) => names.get(file)))]];
  }));
  const early = Object.fromEntries(PAGES.map((page) => [page, parts[page].map((file) => `/${file}`)]));
  loader += fill(MODULES, { FIRST: JSON.stringify(first), EARLY: JSON.stringify(early) });
  const hash = shortHash(js + loader);
  const scripts = { js: `app-${hash}.js`, loader: `parts-${hash}.js` };
  writeFileSync(join(dist, scripts.js), replaceAll(js, HASH, hash));
  writeFileSync(join(dist, scripts.loader), replaceAll(loader, HASH, hash));
  return { ...scripts, wasm, parts };
}

/** The joined file that a chunk belongs to: `board`, `joined` or none. */
function group(file, length, needs) {
  const needing = Object.keys(needs).filter((part) => needs[part].includes(file));
  const pages = needing.filter((part) => ON_PAGES.includes(part));
  if (pages.join() === "canvas") return "board";
  const max = pages.includes("canvas") ? JOINED_BYTES_MAX : JOINED_UNASKED_BYTES_MAX;
  return file.startsWith("chunk_") && length <= max ? "joined" : "alone";
}

/** Each part's files as the splitter calls them, its own last. */
function chunksOf(loader) {
  const needs = {};
  for (const [whole, part, chunks] of loader.matchAll(PART)) {
    const own = whole.includes(`"./split_${part}.wasm"`) ? [`split_${part}.wasm`] : [];
    needs[part] = [...(chunks.match(/\d+/g) ?? []).map((number) => `chunk_${number}.wasm`), ...own];
  }
  if (needs.canvas === undefined) throw new Error(`${LOADER} has another form now: no part is found in it`);
  return needs;
}

function fetchOf(file) {
  return `fetch(new URL("./${file}", import.meta.url))`;
}

/** A text with every `from` replaced; fails if there is none. */
function replaceAll(text, from, to) {
  if (!text.includes(from)) throw new Error(`expected ${from}`);
  return text.replaceAll(from, to);
}
