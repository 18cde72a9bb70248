// From Rust to WebAssembly in parts: cargo compiles one module, wasm-split-cli cuts it where
// functions are marked `#[wasm_split]`, wasm-bindgen joins it to the browser, wasm-opt makes
// each part small. The tools are those of `.ci/tools`.

import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./files.mjs";

const TARGET = "wasm32-unknown-unknown";
// What rustc emits and every current browser has, no more.
const FEATURES = [
  "bulk-memory", "bulk-memory-opt", "multivalue", "mutable-globals", "nontrapping-float-to-int",
  "reference-types", "sign-ext",
];
// Like beside like is packed smaller: so functions lie by their names. `-Oz` is packed larger than
// `-Os`, and `--converge` gains nothing.
const SMALL = ["-Os", "--reorder-functions-by-name"];

/** Compiles into `folder`; returns the folder with main.js, main_bg.wasm, __wasm_split.js and the parts. */
export function compile(profile, folder) {
  run("cargo", [
    "rustc", "-p", "app", "--bin", "app", "--profile", profile, "--target", TARGET,
    // The splitter moves functions between modules, so it has to know who calls whom.
    "--", "-C", "link-arg=--emit-relocs",
  ]);
  const target = process.env.CARGO_TARGET_DIR ?? join(ROOT, "target");
  const built = join(target, TARGET, profile === "dev" ? "debug" : profile, "app.wasm");
  const bound = join(folder, "bound");
  run("wasm-split-cli", [built, bound]);
  run("wasm-bindgen", [
    "--target", "web", "--no-typescript", "--keep-lld-exports", "--no-demangle",
    "--out-dir", bound, join(bound, "main.wasm"),
  ]);
  if (existsSync(join(bound, "snippets"))) {
    throw new Error("a crate brings JavaScript of its own, for which the page has no place");
  }
  if (profile !== "dev") optimise(bound);
  return bound;
}

function optimise(folder) {
  const flags = [...SMALL, ...FEATURES.map((feature) => `--enable-${feature}`)];
  for (const file of readdirSync(folder)) {
    if (!file.endsWith(".wasm") || file === "main.wasm") continue;
    const path = join(folder, file);
    run("wasm-opt", [path, "-o", path, ...flags], "pipe"); // it warns of names that it drops anyway
  }
}

function run(program, args, stdio = "inherit") {
  execFileSync(program, args, { cwd: ROOT, stdio });
}
