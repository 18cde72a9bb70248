// A list is pasted into a section of the Data Ethics Canvas, and knows its section.

import assert from "node:assert/strict";
import { exportJson, joinByLink } from "../lib/api.mjs";
import { NEGATIVE_EFFECTS } from "../lib/statements.mjs";

export default async function ethicsCanvas(stage) {
  const { facilitator, links } = await stage.facilitator("Delivery traffic in the old town");
  await facilitator.openCanvas("Data Ethics Canvas");
  await facilitator.canvas.focus();
  await facilitator.keyboard.press("Shift+1");
  // The middle of the whole canvas is in column 3, row 2.
  await facilitator.pointAt(0.5, 0.5);
  await facilitator.paste(NEGATIVE_EFFECTS.map((line) => `• ${line}`).join("\n"));
  await facilitator.waitForNotes(NEGATIVE_EFFECTS);
  await facilitator.saved();

  const { token } = await joinByLink(links.participant, "Checker");
  const exported = await exportJson(stage.server.url, token, facilitator.canvasId());
  assert.match(exported.attribution, /Open Data Institute/);
  const sections = Object.fromEntries(exported.objects.map(({ text, section }) => [text, section]));
  assert.deepEqual(sections, Object.fromEntries(NEGATIVE_EFFECTS.map((text) => [text, "negative-effects"])));
  assert.ok(exported.objects.every(({ author }) => author.name === "Amara Okafor"));

  const late = await stage.person("late");
  await late.join(links.participant, "Jonas Weber", "Sustainability");
  assert.deepEqual(await late.notes(), [], "the board stays empty");
  await late.openCanvas("Data Ethics Canvas");
  await late.waitForNotes(NEGATIVE_EFFECTS);

  await facilitator.openCanvas("Board");
  await facilitator.waitForNotes([]);
}
