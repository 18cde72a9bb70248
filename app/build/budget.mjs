// How much is loaded, and how much may be: packs every file, prints a table, fails beyond a budget.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { filesIn, readText } from "./files.mjs";

// Bytes as sent with brotli, all in: page, scripts, style, font, WebAssembly.
const JOIN_BYTES_MAX = 250_000;
const CANVAS_BYTES_MAX = 650_000;
const PART_BYTES_MAX = 40_000;
const LANGUAGE_BYTES_MAX = 16_000;
// No more requests than this before a part can be shown.
const FILES_MAX = 16;

/** Packs the files of a release, checks its budgets and writes build.json. */
export function budgets(client, languages, dist, id) {
  const sizes = pack(dist);
  const { canvas, start, created, join: joining, ...others } = client.parts;
  const inParts = new Set(Object.values(client.parts).flat());
  // Of every page: the page itself, and all that it or the start script names.
  const texts = ["index.html", ...Object.keys(sizes).filter((path) => path.startsWith("boot-"))];
  const named = texts.map((path) => readText(dist, path)).join("\n");
  const page = Object.keys(sizes).filter((path) => {
    return !inParts.has(path) && !path.startsWith("texts/") && (path === "index.html" || named.includes(`/${path}"`));
  });
  const known = new Set([...page, ...canvas]);
  const rows = [
    ["start page", [...new Set([...page, ...start])], JOIN_BYTES_MAX],
    ["start page, links", [...new Set([...page, ...start, ...created])], JOIN_BYTES_MAX],
    ["join page", [...new Set([...page, ...joining])], JOIN_BYTES_MAX],
    ["canvas", [...known], CANVAS_BYTES_MAX],
    ...Object.entries(others).map(([part, files]) => [
      `part ${part}`, files.filter((file) => !known.has(file)), PART_BYTES_MAX,
    ]),
    ...Object.entries(languages).map(([language, path]) => [`language ${language}`, [path], LANGUAGE_BYTES_MAX]),
  ].map(([name, files, budget]) => ({
    name, budget, files: files.length, bytes: files.reduce((sum, file) => sum + sizes[file], 0),
  }));
  for (const [path, bytes] of Object.entries(sizes).sort((a, b) => b[1] - a[1])) {
    if (known.has(path)) console.log(`${thousands(bytes)}  ${path}`);
  }
  console.log(`\n    bytes   budget  files  loaded first by (brotli; build ${id})`);
  for (const { name, bytes, budget, files } of rows) {
    console.log(`${thousands(bytes)}${thousands(budget)}${String(files).padStart(7)}  ${name}`);
  }
  const loads = Object.fromEntries(rows.map(({ name, bytes }) => [name, bytes]));
  writeFileSync(join(dist, "build.json"), `${JSON.stringify({ build: id, loads, parts: client.parts, sizes }, null, 1)}\n`);
  const over = rows.filter(({ bytes, budget, files }) => bytes > budget || files > FILES_MAX);
  if (over.length > 0) {
    throw new Error(`over the budget: ${over.map(({ name }) => name).join(", ")} ("What is loaded" in ARCHITECTURE.md)`);
  }
}

function pack(dist) {
  const sizes = {};
  for (const path of filesIn(dist)) {
    const bytes = readFileSync(join(dist, path));
    sizes[path] = bytes.length;
    if (!/\.(html|js|css|wasm|svg|txt)$/.test(path)) continue;
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    const small = brotliCompressSync(bytes, { params });
    writeFileSync(join(dist, `${path}.br`), small);
    writeFileSync(join(dist, `${path}.gz`), gzipSync(bytes, { level: 9 }));
    sizes[path] = small.length;
  }
  return sizes;
}

function thousands(bytes) {
  return bytes.toLocaleString("en").padStart(9);
}
