// Trunk's post_build hook: makes the built client fit for a strict content
// security policy, for offline use and for a slow line.
//
//   1. every file with a hash in its name has the hash of its own content:
//      Trunk's is taken before wasm-bindgen and wasm-opt have run
//   2. the inline start script becomes boot-<hash>.js (from boot.js)
//   3. the style sheets become one style-<hash>.css
//   4. a release: sw.js learns the build's id and files; every text and wasm
//      file gets a .br and a .gz beside it; build.json lists what was built

import { createHash } from "node:crypto";
import { readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const app = dirname(fileURLToPath(import.meta.url));
const dist = process.env.TRUNK_STAGING_DIR;
const profile = process.env.TRUNK_PROFILE;

let html = read("index.html");
moveStartScript();
joinStyleSheets();
checkFontNames();
const build = shortHash(contentHashes() + html);
html = html.replace(/\s*<!--[\s\S]*?-->/g, "").replace(/\n\s*\n/g, "\n");
html = html.replace("</head>", `<meta name="plaza-build" content="${build}" /></head>`);
write("index.html", html);
if (profile === "release") {
  fillServiceWorker();
  report(compress());
}

function moveStartScript() {
  const trunkJs = only(/<link rel="modulepreload" href="\/([^"/]+\.js)"/, "the client's script");
  const trunkWasm = only(/<link rel="preload" href="\/([^"/]+\.wasm)"/, "the client's wasm");
  // Browsers ignore a checksum on this preload, and complain of it.
  html = html.replace(/(<link rel="preload"[^>]*\.wasm"[^>]*?) integrity="[^"]*"/, "$1");
  const js = rename(trunkJs, "app", "js");
  const wasm = rename(trunkWasm, "app", "wasm");
  const values = { JS: `/${js}`, WASM: `/${wasm}`, PROFILE: profile };
  const source = fill(readFileSync(join(app, "boot.js"), "utf8"), values);
  const name = writeHashed("boot", "js", source);
  let moved = 0;
  html = html.replace(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g, (script, body) => {
    if (body.includes("{{__TRUNK_")) return script; // the reload script of `trunk serve`
    moved += 1;
    if (!body.includes(js)) throw new Error(`an inline script nobody expects: ${body.slice(0, 80)}`);
    return `<script type="module" src="/${name}" integrity="${integrity(source)}" crossorigin></script>`;
  });
  if (moved !== 1) throw new Error(`expected one start script, found ${moved}`);
}

function joinStyleSheets() {
  const sheets = [...html.matchAll(/<link rel="stylesheet" href="\/([^"]+)"[^>]*>/g)];
  const css = sheets.map(([, path]) => read(path)).join("\n");
  const name = writeHashed("style", "css", css);
  const link = `<link rel="stylesheet" href="/${name}" integrity="${integrity(css)}" />`;
  for (const [index, [tag, path]] of sheets.entries()) {
    html = html.replace(tag, index === 0 ? link : "");
    rmSync(join(dist, path));
  }
}

// Browsers keep fonts for ever, by name: a changed font needs a new name.
function checkFontNames() {
  for (const path of files().filter((path) => path.endsWith(".woff2"))) {
    const hash = shortHash(readFileSync(join(dist, path)));
    if (!path.includes(hash)) throw new Error(`${path} should carry ${hash} in its name`);
  }
}

function fillServiceWorker() {
  // All that opens the page, which is kept apart; nobody needs a licence text offline.
  const kept = files().filter((path) => !/^(index\.html|sw\.js)$|\.txt$/.test(path));
  const list = kept.map((path) => `\n  "/${path}",`).join("");
  write("sw.js", fill(read("sw.js"), { BUILD: build }).replace("/*FILES*/", `${list}\n`));
}

function compress() {
  const sizes = {};
  for (const path of files()) {
    const bytes = readFileSync(join(dist, path));
    sizes[path] = bytes.length;
    if (!/\.(html|js|mjs|css|wasm|svg|json|txt)$/.test(path)) continue;
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    const small = brotliCompressSync(bytes, { params });
    writeFileSync(join(dist, `${path}.br`), small);
    writeFileSync(join(dist, `${path}.gz`), gzipSync(bytes, { level: 9 }));
    sizes[path] = small.length;
  }
  return sizes;
}

// What a first visit loads: the page and all that it names.
function report(sizes) {
  const first = Object.entries(sizes).filter(([path]) => path === "index.html" || html.includes(`/${path}"`));
  const firstLoad = first.reduce((sum, [, size]) => sum + size, 0);
  for (const [path, size] of first.sort((a, b) => b[1] - a[1])) {
    console.log(`${String(size).padStart(9)}  ${path}`);
  }
  console.log(`${String(firstLoad).padStart(9)}  bytes on first load, as brotli (build ${build})`);
  write("build.json", `${JSON.stringify({ build, first_load_bytes: firstLoad, sizes }, null, 1)}\n`);
}

function only(pattern, what) {
  const found = html.match(pattern);
  if (!found) throw new Error(`index.html does not name ${what}`);
  return found[1];
}

function fill(text, values) {
  return text.replace(/\{\{(\w+)\}\}/g, (mark, key) => values[key] ?? mark);
}

function writeHashed(name, extension, text) {
  const path = `${name}-${shortHash(text)}.${extension}`;
  write(path, text);
  return path;
}

function rename(path, name, extension) {
  const renamed = `${name}-${shortHash(readFileSync(join(dist, path)))}.${extension}`;
  renameSync(join(dist, path), join(dist, renamed));
  html = html.replaceAll(path, renamed);
  return renamed;
}

function contentHashes() {
  return files().map((path) => path + shortHash(readFileSync(join(dist, path)))).join("\n");
}

function files() {
  const entries = readdirSync(dist, { recursive: true }).map(String).sort();
  return entries.filter((path) => statSync(join(dist, path)).isFile());
}

function read(path) {
  return readFileSync(join(dist, path), "utf8");
}

function write(path, text) {
  writeFileSync(join(dist, path), text);
}

function shortHash(data) {
  return createHash("sha256").update(data).digest("hex").slice(0, 16);
}

function integrity(data) {
  return `sha384-${createHash("sha384").update(data).digest("base64")}`;
}
