// The page and what else it needs, fit for a strict content security policy: no inline script,
// one style sheet, hashed names, the service worker's list.

import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT, fill, filesIn, integrity, readText, shortHash, writeHashed } from "./files.mjs";

const APP = join(ROOT, "app");
const SHEET = /[ \t]*<link rel="stylesheet" href="([^"]+)" \/>\n/g;

/** Writes the page and its files into `dist`; returns the build's id. */
export function assemble(client, languages, dist, isRelease) {
  cpSync(join(ROOT, "style/fonts"), join(dist, "fonts"), { recursive: true });
  checkFontNames(dist);
  const icon = writeHashed(dist, "favicon", "svg", readFileSync(join(APP, "favicon.svg")));
  const boot = fill(readText(APP, "boot.js"), {
    JS: `/${client.js}`,
    WASM: `/${client.wasm}`,
    PROFILE: isRelease ? "release" : "dev",
  });
  const bootName = writeHashed(dist, "boot", "js", boot);
  const page = readText(APP, "index.html");
  const css = [...page.matchAll(SHEET)].map(([, path]) => readText(APP, path)).join("\n");
  const sheet = writeHashed(dist, "style", "css", css);
  let first = true;
  const html = page
    .replace(SHEET, () => {
      const link = first ? `    <link rel="stylesheet" href="/${sheet}" integrity="${integrity(css)}" />\n` : "";
      first = false;
      return link;
    })
    .replace(/\s*<!--[\s\S]*?-->/g, "");
  const listed = Object.entries(languages).map(([language, path]) => `${language}=/${path}`).join(" ");
  const values = { TEXTS: listed, ICON: `/${icon}`, JS: `/${client.js}`, LOADER: `/${client.loader}`, WASM: `/${client.wasm}` };
  const script = `<script type="module" src="/${bootName}" integrity="${integrity(boot)}" crossorigin></script>`;
  const filled = fill(html, { ...values, BOOT: script, BUILD: "{{BUILD}}" });
  const id = shortHash(filesIn(dist).join("\n") + filled);
  writeFileSync(join(dist, "index.html"), fill(filled, { BUILD: id }));
  if (isRelease) writeServiceWorker(dist, id);
  return id;
}

// Browsers keep fonts for ever, by name: a changed font needs a new name.
function checkFontNames(dist) {
  for (const path of filesIn(dist).filter((path) => path.endsWith(".woff2"))) {
    const hash = shortHash(readFileSync(join(dist, path)));
    if (!path.includes(hash)) throw new Error(`${path} should carry ${hash} in its name`);
  }
}

// All that opens the page and every part of the client; the page itself is kept apart, the client
// keeps the file of the language it has, and nobody needs a licence text offline.
function writeServiceWorker(dist, id) {
  const kept = filesIn(dist).filter((path) => !/^index\.html$|\.txt$/.test(path));
  const list = kept.map((path) => `\n  "/${path}",`).join("");
  writeFileSync(join(dist, "sw.js"), fill(readText(APP, "sw.js"), { BUILD: id, FILES: `${list}\n` }));
}
