// On a phone: tap to write, one finger moves the view, two fingers zoom.

import assert from "node:assert/strict";
import { PHONE } from "../lib/browser.mjs";
import { fingersOf } from "../lib/fingers.mjs";

const TEXT = "Bus stops";
// A finger's first pixels decide whether it taps or drags, and may be lost.
const SLOP_PX = 24;

export default async function touch(stage) {
  const { facilitator, links } = await stage.facilitator("Phones");
  const phone = await stage.person("phone", { viewport: PHONE, hasTouch: true, isMobile: true, deviceScaleFactor: 2 });
  await phone.join(links.participant, "Noor Haddad", "Transport");
  const fingers = await fingersOf(phone);
  const board = await phone.canvas.boundingBox();
  const at = { x: board.x + board.width / 2, y: board.y + board.height / 2 };

  await phone.tool("Note").tap();
  await fingers.tap(at);
  await phone.until("the text box", () => phone.isWriting());
  await phone.insert(TEXT);
  const before = await phone.text.boundingBox();
  const empty = { x: at.x, y: board.y + board.height * 0.2 };
  await fingers.tap(empty);
  await phone.text.waitFor({ state: "hidden" });
  await facilitator.waitForNotes([TEXT]);

  // One finger on an empty place moves the view.
  await fingers.drag(empty, { x: empty.x - 60, y: empty.y + 80 });
  const moved = { x: at.x - 60, y: at.y + 80 };
  const after = await boxOf(phone, fingers, moved);
  assert.ok(Math.abs(after.x - before.x + 60) < SLOP_PX, `moved from ${before.x} to ${after.x}, not by -60`);
  assert.ok(Math.abs(after.y - before.y - 80) < SLOP_PX, `moved from ${before.y} to ${after.y}, not by 80`);
  await fingers.tap(empty);
  await phone.text.waitFor({ state: "hidden" });

  // Two fingers around the note make it larger.
  await fingers.pinch(moved, 60, 120);
  const larger = await boxOf(phone, fingers, moved);
  const factor = larger.width / after.width;
  assert.ok(factor > 1.6 && factor < 2.4, `two fingers zoomed by ${factor}, not by 2`);
  await fingers.tap(empty);
  await phone.saved();
  assert.deepEqual(await facilitator.notes(), [TEXT]);
}

/** Where the note's text box lies on screen: opens it by a double tap. */
async function boxOf(phone, fingers, at) {
  await fingers.tap(at);
  await fingers.tap(at);
  await phone.until("the note's text box", async (saw) => saw(await phone.text.inputValue()) === TEXT && phone.isWriting());
  return phone.text.boundingBox();
}
