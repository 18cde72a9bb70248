// A phone: the outline alone is enough to take part; a screen keyboard never covers the
// note that is being written; what is held begins a selection.

import assert from "node:assert/strict";
import { PHONE } from "../lib/browser.mjs";
import { fingersOf } from "../lib/fingers.mjs";

const KEYBOARD_PX = 360;

export default async function phone(stage) {
  const { facilitator, links } = await stage.facilitator("Phones");
  const person = await stage.person("phone", { viewport: PHONE, hasTouch: true, isMobile: true, deviceScaleFactor: 2 });
  await person.join(links.participant, "Noor Haddad", "Transport");
  const { page, keyboard } = person;

  // Only the outline: two notes, one of them changed, the other's words as others have them.
  await person.button("Outline").tap();
  const field = page.getByRole("textbox", { name: "New note: On the canvas" });
  await field.tap();
  await keyboard.insertText("Bus stops");
  await keyboard.press("Enter");
  await facilitator.waitForNotes(["Bus stops"]);
  assert.ok(await field.evaluate((field) => field === document.activeElement), "the next note can be written at once");
  await keyboard.insertText("Tram lines");
  await keyboard.press("Enter");
  await facilitator.waitForNotes(["Bus stops", "Tram lines"]);
  const row = page.getByRole("textbox", { name: "note", exact: true }).first();
  await row.fill("Bus stops and shelters");
  await row.blur();
  await facilitator.waitForNotes(["Bus stops and shelters", "Tram lines"]);

  // From the list to the board, where the note is selected.
  await page.getByRole("button", { name: "Show on the canvas: note" }).first().tap();
  await page.getByRole("complementary", { name: "Outline" }).waitFor({ state: "detached" });
  await person.button("Bold").waitFor();

  // A note at the foot of the board stays in sight when the keyboard opens.
  const fingers = await fingersOf(person);
  const board = await person.canvas.boundingBox();
  await person.tool("Note").tap();
  await fingers.tap({ x: board.x + board.width / 2, y: board.y + board.height - 210 });
  await person.until("the text box", () => person.isWriting());
  await page.setViewportSize({ width: PHONE.width, height: PHONE.height - KEYBOARD_PX });
  await person.until("the note above the keyboard", async (saw) => {
    const box = saw(await person.text.boundingBox());
    return box && box.y >= 0 && box.y + Math.min(box.height, 60) <= PHONE.height - KEYBOARD_PX;
  });
  await person.insert("Ferries");
  await page.setViewportSize(PHONE);
  await keyboard.press("Escape");
  await keyboard.press("Escape");

  // A finger that rests draws a selection around everything.
  await person.button("Zoom to fit").tap();
  const corner = { x: board.x + 12, y: board.y + 130 };
  const selecting = () => page.getByTestId("said").filter({ hasText: "Selecting" }).waitFor({ state: "attached" });
  await fingers.hold(corner, selecting, { x: board.x + board.width - 12, y: board.y + board.height - 150 });
  await page.getByTestId("said").filter({ hasText: "3 notes selected" }).waitFor({ state: "attached" });
  for (const name of ["Note", "Text", "Pen", "Undo"]) {
    const { width, height } = await person.tool(name).boundingBox();
    assert.ok(width >= 44 && height >= 44, `${name} is ${width} by ${height}`);
  }
}
