// The client's files under the names they are served by, and which of them each part needs.
// The splitter makes a chunk of whatever two or more parts have in common, many of them tiny:
// those are joined into one file that comes with the canvas, so that a lazy part is one request.

import { copyFileSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fill, readText, shortHash, writeHashed } from "./files.mjs";

const LOADER = "__wasm_split.js";
const HASH = "HASH-TO-COME";
const PART = /export const __wasm_split_load_(\w+) = wrapAsyncCb\(makeLoad\([\s\S]*?, \[([^\]]*)\]\)\);/g;
// Bytes before packing. A larger chunk is compiled while it arrives, so it stays a file of its own;
// one that the canvas does not need has to be tiny to come with it.
const JOINED_BYTES_MAX = 64_000;
const JOINED_UNASKED_BYTES_MAX = 4_000;
// Take the place of the splitter's fetch: `compiled` for a chunk that is a file of its own, `piece` for
// one that was joined. Those of the page that is opened are asked for and compiled at once, while the
// client itself still starts.
const MODULES = `
const begun = new Map();
function compiled(url) {
  const module = begun.get(url) ?? WebAssembly.compileStreaming(fetch(url));
  begun.delete(url);
  return module;
}
let joined;
function joinedBytes() {
  joined ??= fetch("{{JOINED}}").then((answer) => answer.ok ? answer.arrayBuffer() : Promise.reject(new Error(answer.status)));
  joined.catch(() => (joined = undefined));
  return joined;
}
async function piece(from, to) {
  return WebAssembly.compile(new Uint8Array(await joinedBytes(), from, to - from));
}
const page = location.pathname === "/" ? "start" : /^\\/w\\/[^/]+\\/c\\//.test(location.pathname) ? "canvas" : "join";
const early = {{EARLY}}[page];
for (const url of early.files) begun.set(url, compiled(url));
// What has failed is asked for again when it is needed.
for (const [url, module] of begun) module.catch(() => begun.delete(url));
if (early.joined) joinedBytes().catch(() => {});
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
  const pieces = [];
  let end = 0;
  for (const file of files) {
    const bytes = readFileSync(join(bound, file));
    const max = needs.canvas.includes(file) ? JOINED_BYTES_MAX : JOINED_UNASKED_BYTES_MAX;
    if (file.startsWith("chunk_") && bytes.length <= max) {
      pieces.push(bytes);
      loader = replaceAll(loader, fetchOf(file), `piece(${end}, ${(end += bytes.length)})`);
    } else {
      const name = writeHashed(dist, file.replace(/^split_|\.wasm$/g, ""), "wasm", bytes);
      names.set(file, name);
      loader = replaceAll(loader, fetchOf(file), `compiled("/${name}")`);
    }
  }
  const all = writeHashed(dist, "joined", "wasm", Buffer.concat(pieces));
  const wasm = `app-${shortHash(readFileSync(join(bound, "main_bg.wasm")))}.wasm`;
  copyFileSync(join(bound, "main_bg.wasm"), join(dist, wasm));
  // Each of the two scripts imports the other, so both carry one hash.
  const js = replaceAll(replaceAll(readText(bound, "main.js"), "main_bg.wasm", wasm), `from "./${LOADER}"`, `from "./parts-${HASH}.js"`);
  loader = replaceAll(loader, 'from "./main.js"', `from "./app-${HASH}.js"`);
  loader = replaceAll(loader, "WebAssembly.instantiateStreaming(src,", "WebAssembly.instantiate(await src,");
  const parts = Object.fromEntries(Object.entries(needs).map(([part, files]) => {
    return [part, [...new Set(files.map((file) => names.get(file) ?? all))]];
  }));
  const early = Object.fromEntries(["start", "join", "canvas"].map((page) => {
    const files = parts[page].filter((file) => file !== all).map((file) => `/${file}`);
    return [page, { files, joined: parts[page].includes(all) }];
  }));
  loader += fill(MODULES, { JOINED: `/${all}`, EARLY: JSON.stringify(early) });
  const hash = shortHash(js + loader);
  const scripts = { js: `app-${hash}.js`, loader: `parts-${hash}.js` };
  writeFileSync(join(dist, scripts.js), replaceAll(js, HASH, hash));
  writeFileSync(join(dist, scripts.loader), replaceAll(loader, HASH, hash));
  return { ...scripts, wasm, parts };
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
