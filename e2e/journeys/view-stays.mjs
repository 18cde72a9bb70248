// While one writes, what others do elsewhere does not move one's view.

import assert from "node:assert/strict";

export default async function viewStays(stage) {
  const { facilitator, links } = await stage.facilitator("Calm");
  const tomas = await stage.person("tomas");
  await tomas.join(links.participant, "Tomás Rivera", "Transport");

  await facilitator.pointAt(0.3, 0.3);
  await facilitator.newNote();
  await facilitator.insert("Half a");
  const before = await facilitator.text.boundingBox();
  await tomas.sameView();
  await tomas.writeNotes(["Far to the left"], [0.05, 0.5]);
  await facilitator.waitForNote("Far to the left");
  assert.deepEqual(await facilitator.text.boundingBox(), before, "the note being written has moved");
  await facilitator.insert(" sentence");
  await facilitator.endWriting();
  await tomas.waitForNotes(["Half a sentence", "Far to the left"]);
}
