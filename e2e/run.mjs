// Plays every journey, or those that are named: `node e2e/run.mjs text touch`.

import { readdir } from "node:fs/promises";
import { Stage } from "./lib/stage.mjs";

const JOURNEY_MS_MAX = 180_000;

const folder = new URL("journeys/", import.meta.url);
const named = process.argv.slice(2);
const files = (await readdir(folder)).filter((file) => file.endsWith(".mjs")).sort();
const journeys = files.map((file) => file.replace(".mjs", "")).filter((name) => named.length === 0 || named.includes(name));

// Each has a server and a browser of its own; what is watched with a window comes one by one.
const AT_ONCE = process.env.HEADED === undefined ? 2 : 1;

let failed = 0;
const waiting = [...journeys];
await Promise.all(Array.from({ length: AT_ONCE }, playOn));
console.log(`\n${journeys.length - failed} passed, ${failed} failed`);
process.exit(failed > 0 || journeys.length === 0 ? 1 : 0);

async function playOn() {
  for (let name = waiting.shift(); name; name = waiting.shift()) await tell(name);
}

async function tell(name) {
  const { default: journey } = await import(new URL(`${name}.mjs`, folder));
  const began = performance.now();
  const error = await play(name, journey);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`${error ? "FAIL" : "ok  "}  ${name.padEnd(16)} ${seconds.padStart(6)} s`);
  if (error) {
    failed += 1;
    console.log(indent(error.stack ?? String(error)));
  }
}

async function play(name, journey) {
  let stage;
  try {
    stage = await Stage.open();
    await inTime(journey(stage));
    stage.checkProblems();
  } catch (error) {
    await stage?.screenshots(name);
    const problems = stage?.people.flatMap((person) => person.problems) ?? [];
    error.stack += problems.map((problem) => `\npage: ${problem}`).join("");
    error.stack += `\nserver: ${stage?.server.log.slice(-8).join("\nserver: ")}`;
    return error;
  } finally {
    await stage?.close().catch((error) => console.log(indent(`closing: ${error.message}`)));
  }
}

function inTime(journey) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done after ${JOURNEY_MS_MAX / 1000} s`)), JOURNEY_MS_MAX);
  });
  return Promise.race([journey, late]).finally(() => clearTimeout(timer));
}

function indent(text) {
  return text.replace(/^/gm, "      ");
}
