// Every canvas of the workshop is kept on the device: one that was never opened here opens
// without the server. What is left behind offline is counted, and delivered.

import assert from "node:assert/strict";
import { NEGATIVE_EFFECTS } from "../lib/statements.mjs";

const OTHER = "Data Ethics Canvas";

export default async function allKept(stage) {
  const { facilitator, links } = await stage.facilitator("Delivery traffic");
  await facilitator.openCanvas(OTHER);
  await facilitator.paste(NEGATIVE_EFFECTS.slice(0, 3).join("\n"));
  await facilitator.waitForNotes(NEGATIVE_EFFECTS.slice(0, 3));
  await facilitator.saved();
  const other = facilitator.canvasId();

  // Mei looks at the first canvas only; the log says when the other one is there.
  const mei = await stage.person("mei");
  await mei.join(links.participant, "Mei Tanaka", "Waste services");
  await mei.page.goto(`${mei.page.url()}?debug`);
  await mei.canvas.waitFor();
  await mei.saved();
  const log = mei.page.getByTestId("log");
  await mei.until("the other canvas to be fetched and closed", async (saw) => saw(await log.textContent()).includes(`Close ${other.slice(0, 4)}`));
  assert.match(mei.page.url(), /\?debug$/);
  await mei.opensOffline();

  stage.expectNetworkErrors();
  await stage.server.kill9();
  await mei.offline(0);
  await mei.writeNotes(["Written before the switch"], [0.3, 0.4]);
  await mei.offline(1);
  await mei.switchTo(OTHER);
  await mei.waitForNotes(NEGATIVE_EFFECTS.slice(0, 3));
  assert.match(mei.page.url(), /\?debug$/, "the address keeps it");
  await mei.offline(1);
  assert.ok(!(await log.textContent()).includes("Written"), "nobody's words are in the log");

  await stage.server.run();
  await Promise.all([mei, facilitator].map((person) => person.saved(40_000)));
  await facilitator.openCanvas("Board");
  await facilitator.waitForNotes(["Written before the switch"]);
}
