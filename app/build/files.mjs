// Files and their names: whatever a browser keeps for ever has the hash of its content in its name.

import { createHash } from "node:crypto";
import { readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

export function shortHash(data) {
  return createHash("sha256").update(data).digest("hex").slice(0, 16);
}

export function integrity(data) {
  return `sha384-${createHash("sha384").update(data).digest("base64")}`;
}

/** Writes `name-<hash>.extension` into a folder; returns that name. */
export function writeHashed(folder, name, extension, data) {
  const path = `${name}-${shortHash(data)}.${extension}`;
  writeFileSync(join(folder, path), data);
  return path;
}

/** All files below a folder, sorted, as paths relative to it. */
export function filesIn(folder) {
  const entries = readdirSync(folder, { recursive: true }).map(String).sort();
  return entries.filter((path) => statSync(join(folder, path)).isFile());
}

/** A text with each {{KEY}} replaced; fails if one is unknown. */
export function fill(text, values) {
  return text.replace(/\{\{(\w+)\}\}/g, (_, key) => {
    if (!(key in values)) throw new Error(`nobody knows what {{${key}}} is`);
    return values[key];
  });
}

export function readText(...path) {
  return readFileSync(join(...path), "utf8");
}
