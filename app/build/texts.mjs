// The languages that the client does not have inside: a file each, named by its content, in
// texts/. The page lists them, and the client fetches the one that is wanted.

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { ROOT, readText, writeHashed } from "./files.mjs";

/** Writes the files below `dist`; returns { language: path }. */
export function texts(dist) {
  const made = mkdtempSync(join(tmpdir(), "plaza-texts-"));
  try {
    execFileSync("cargo", ["run", "--quiet", "-p", "texts", "--", made], { cwd: ROOT, stdio: "inherit" });
    mkdirSync(join(dist, "texts"));
    return Object.fromEntries(readdirSync(made).sort().map((file) => {
      const language = basename(file, ".txt");
      return [language, `texts/${writeHashed(join(dist, "texts"), language, "txt", readText(made, file))}`];
    }));
  } finally {
    rmSync(made, { recursive: true });
  }
}
