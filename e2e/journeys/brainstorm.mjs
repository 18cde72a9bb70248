// Three people write at once, see each other's notes, and undo only their own.

import assert from "node:assert/strict";
import { includesAll, sameBoards } from "../lib/plaza.mjs";
import { DATASETS, GAPS, LIMITATIONS } from "../lib/statements.mjs";

export default async function brainstorm(stage) {
  const { facilitator, links } = await stage.facilitator("Parking data, first round");
  const [tomas, mei] = [await stage.person("tomas"), await stage.person("mei")];
  await Promise.all([
    tomas.join(links.participant, "Tomás Rivera", "Transport"),
    mei.join(links.participant, "Mei Tanaka", "Waste services"),
  ]);
  const everybody = [facilitator, tomas, mei];
  await Promise.all(everybody.map((person) => person.sameView()));

  await Promise.all([
    facilitator.writeNotes(LIMITATIONS, [0.12, 0.16]),
    tomas.writeNotes(DATASETS, [0.12, 0.42]),
    mei.writeNotes(GAPS, [0.12, 0.68]),
  ]);
  const written = [...LIMITATIONS, ...DATASETS, ...GAPS];
  for (const person of everybody) await person.waitForNotes(written);
  await Promise.all(everybody.map((person) => person.saved()));
  await sameBoards(stage.server.url, links.participant, everybody);

  const present = (await mei.people(3)).join(" | ");
  for (const name of ["Amara Okafor", "Tomás Rivera", "Mei Tanaka"]) assert.match(present, new RegExp(name));

  const shared = await twoWriteInOneNote(tomas, mei, DATASETS[2]);
  for (const person of everybody) await person.waitForNote(shared);

  // Mei's last step was her edit; then her notes. Undo takes back nothing of Tomás.
  await mei.endWriting();
  await tomas.endWriting();
  await mei.keyboard.press("Control+z");
  await mei.waitForNote(/^Checked: Tree register[^]*Parks$/);
  await mei.keyboard.press("Control+z");
  await mei.until("an own note to go", async (saw) => saw(await mei.notes()).length === written.length - 1);
  const left = await mei.notes();
  includesAll(left, [...LIMITATIONS, ...DATASETS.filter((text) => text !== DATASETS[2])]);
  assert.ok(left.some((text) => text.startsWith("Checked: ")), "Tomás's words are gone");
  assert.equal(GAPS.filter((text) => left.includes(text)).length, GAPS.length - 1);
  await mei.saved();
  await sameBoards(stage.server.url, links.participant, everybody);
}

/** Both have the note open; one writes in front, the other behind. Answers the text with both. */
async function twoWriteInOneNote(first, second, text) {
  await first.openNote(text);
  await second.openNote(text);
  await first.keyboard.press("Control+Home");
  await second.keyboard.press("Control+End");
  await Promise.all([
    first.page.keyboard.type("Checked: ", { delay: 20 }),
    second.page.keyboard.type(" (map it)", { delay: 20 }),
  ]);
  return `Checked: ${text} (map it)`;
}
