// The server dies in the middle of a word; nobody loses a character.

import assert from "node:assert/strict";
import { includesAll, sameBoards } from "../lib/plaza.mjs";
import { DATASETS, GAPS } from "../lib/statements.mjs";

export default async function serverKilled(stage) {
  const { facilitator, links } = await stage.facilitator("Data gaps");
  const [tomas, mei] = [await stage.person("tomas"), await stage.person("mei")];
  await tomas.join(links.participant, "Tomás Rivera", "Transport");
  await mei.join(links.participant, "Mei Tanaka", "Waste services");
  const everybody = [facilitator, tomas, mei];
  await Promise.all(everybody.map((person) => person.sameView()));
  await facilitator.writeNotes(DATASETS.slice(0, 2), [0.12, 0.2]);
  await tomas.waitForNotes(DATASETS.slice(0, 2));
  await tomas.opensOffline();

  // Tomás is typing when it happens, and goes on.
  await tomas.pointAt(0.12, 0.5);
  await tomas.newNote();
  const typing = tomas.keyboard.type(GAPS[0], { delay: 30 });
  await mei.waitForNote(/^Unused/);
  stage.expectNetworkErrors();
  await stage.server.kill9();
  await typing;
  await tomas.endWriting();
  await tomas.waitForNote(GAPS[0]);
  const changes = await tomas.offline(1);

  // The page opens without the server, with everything in it.
  await tomas.page.reload();
  await tomas.canvas.waitFor();
  await tomas.waitForNotes([...DATASETS.slice(0, 2), GAPS[0]]);
  await tomas.offline(changes);
  await tomas.writeNotes(GAPS.slice(1, 3), [0.12, 0.75]);
  await tomas.offline(changes + 2);
  await mei.writeNotes(GAPS.slice(3, 5), [0.6, 0.5]);

  await stage.server.run();
  // The message goes again, perhaps before everybody is back.
  const told = tomas.waitForMessage(/\d+ of your changes (has|have) been saved/, 40_000);
  await Promise.all([told, ...everybody.map((person) => person.saved(40_000))]);
  const board = await sameBoards(stage.server.url, links.participant, everybody);
  assert.equal(board.length, 7);
  includesAll(board, [...DATASETS.slice(0, 2), ...GAPS.slice(0, 5)]);

  // Everything that was called saved was on disk.
  await stage.server.kill9();
  await Promise.all(everybody.map((person) => person.offline(0)));
  await stage.server.run();
  await Promise.all(everybody.map((person) => person.saved(40_000)));
  assert.deepEqual(await sameBoards(stage.server.url, links.participant, everybody), board);
}
