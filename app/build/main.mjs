// Builds the client into dist/, which the server embeds (a debug build of it reads dist/ anew
// for every request).
//   node app/build/main.mjs            a release: small, packed, kept for offline use, in budget
//   node app/build/main.mjs --watch    while developing: quick, and again after every change

import { mkdirSync, renameSync, rmSync, watch } from "node:fs";
import { join } from "node:path";
import { budgets } from "./budget.mjs";
import { compile } from "./compile.mjs";
import { ROOT } from "./files.mjs";
import { assemble } from "./page.mjs";
import { named } from "./parts.mjs";
import { texts } from "./texts.mjs";

const WATCHED = ["app", "shared/src", "shared/templates", "shared/texts", "style"];
const SETTLE_MS = 150;

if (process.argv[2] === "--watch") watchAndBuild();
else build("wasm-release");

function build(profile) {
  const isRelease = profile === "wasm-release";
  const made = join(ROOT, "target/client", profile);
  const staging = join(made, "dist");
  rmSync(made, { recursive: true, force: true });
  mkdirSync(staging, { recursive: true });
  const bound = compile(profile, made);
  const client = named(bound, staging);
  const languages = texts(staging);
  const id = assemble(client, languages, staging, isRelease);
  if (isRelease) budgets(client, languages, staging, id);
  const dist = join(ROOT, "dist");
  rmSync(dist, { recursive: true, force: true });
  renameSync(staging, dist);
  return id;
}

function watchAndBuild() {
  let waiting;
  const rebuild = () => {
    try {
      console.log(`built ${build("dev")}; pages that are open load it`);
    } catch (error) {
      console.error(`not built: ${error.message}`);
    }
  };
  for (const folder of WATCHED) {
    watch(join(ROOT, folder), { recursive: true }, () => {
      clearTimeout(waiting);
      waiting = setTimeout(rebuild, SETTLE_MS);
    });
  }
  rebuild();
}
