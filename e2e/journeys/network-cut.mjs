// One person's network goes while the others work on; then all meet again.

import assert from "node:assert/strict";
import { includesAll, sameBoards } from "../lib/plaza.mjs";
import { DATASETS, GAPS, LIMITATIONS } from "../lib/statements.mjs";

export default async function networkCut(stage) {
  const { facilitator, links } = await stage.facilitator("On a train");
  const network = await stage.network();
  const [tomas, mei] = [await stage.person("tomas"), await stage.person("mei")];
  await tomas.join(links.participant, "Tomás Rivera", "Transport");
  await mei.join(network.through(links.participant), "Mei Tanaka", "Waste services");
  const everybody = [facilitator, tomas, mei];
  await Promise.all(everybody.map((person) => person.sameView()));
  await facilitator.writeNotes(DATASETS.slice(0, 2), [0.12, 0.16]);
  await mei.waitForNotes(DATASETS.slice(0, 2));
  await mei.opensOffline();

  stage.expectNetworkErrors([mei.person]);
  network.cut();
  await mei.offline(0);
  await Promise.all([
    facilitator.writeNotes(LIMITATIONS.slice(0, 2), [0.6, 0.16]),
    tomas.writeNotes(GAPS.slice(0, 2), [0.12, 0.45]),
    mei.writeNotes(GAPS.slice(2, 4), [0.12, 0.72]),
  ]);
  const changes = await mei.offline(2);
  await Promise.all([facilitator.saved(), tomas.saved()]);
  const others = [...DATASETS.slice(0, 2), ...LIMITATIONS.slice(0, 2), ...GAPS.slice(0, 2)];
  await tomas.waitForNotes(others);

  await mei.page.reload();
  await mei.canvas.waitFor();
  await mei.waitForNotes([...DATASETS.slice(0, 2), ...GAPS.slice(2, 4)]);
  assert.equal(await mei.offline(1), changes);
  await mei.writeNotes([GAPS[4]], [0.6, 0.72]);
  const all = await mei.offline(changes + 1);

  network.heal();
  await mei.saved(40_000);
  const [, mine, theirs] = await mei.waitForMessage(
    /(\d+) of your changes (?:has|have) been saved\. Others made (\d+) changes?/,
  );
  assert.equal(Number(mine), all, "the receipt counts my changes");
  assert.ok(Number(theirs) >= 4, `the receipt counts theirs: ${theirs}`);
  const board = await sameBoards(stage.server.url, links.participant, everybody);
  assert.equal(board.length, others.length + 3);
  includesAll(board, [...others, ...GAPS.slice(2, 5)]);
}
