// Bold, italic, a list and a link in a note; the other person's board has the same, and
// only safe links can be made.

import assert from "node:assert/strict";
import { exportJson, joinByLink } from "../lib/api.mjs";

export default async function richText(stage) {
  const { facilitator, links } = await stage.facilitator("Rich text");
  const reader = await stage.person("reader");
  await reader.join(links.participant, "Ines", "Parks");
  const { page, keyboard } = facilitator;
  const shared = async () => {
    const { token } = await joinByLink(links.participant, "Checker");
    return (await exportJson(stage.server.url, token, facilitator.canvasId())).objects;
  };

  await facilitator.pointAt(0.3, 0.4);
  await facilitator.newNote();
  await facilitator.insert("Ask the harbour master");
  for (let i = 0; i < 6; i++) await keyboard.press("Shift+ArrowLeft");
  await keyboard.press("Control+b");
  await keyboard.press("End");
  await keyboard.press("Enter");
  await keyboard.type("- tide tables");
  await keyboard.press("Enter");
  await keyboard.type("berths");
  assert.equal(await facilitator.text.inputValue(), "Ask the harbour master\n• tide tables\n• berths");
  await facilitator.button("Italic").waitFor();
  await keyboard.press("Shift+Home");
  await facilitator.button("Italic").click();
  assert.ok(await facilitator.isWriting(), "a format button leaves the cursor in the text");
  await keyboard.press("Escape");

  await facilitator.saved();
  await facilitator.until("the marks to be stored", async (saw) => {
    const [note] = saw(await shared());
    const bold = (note.pieces ?? []).filter((piece) => piece.bold).map((piece) => piece.text);
    const italic = (note.pieces ?? []).filter((piece) => piece.italic).map((piece) => piece.text);
    return bold.join("").startsWith("master") && italic.join("").includes("berths");
  });
  await reader.waitForNote("Ask the harbour master\n• tide tables\n• berths");

  // What others do is read out, unless one has said that it should not be.
  const heard = reader.page.getByTestId("heard");
  await heard.filter({ hasText: /Amara Okafor added|changed/ }).waitFor({ state: "attached" });
  const before = await heard.textContent();
  await reader.button("Help").click();
  await reader.page.getByRole("checkbox", { name: "Do not read out what others do" }).check();
  await reader.keyboard.press("Escape");

  // A link on the whole of another note: nothing unsafe is taken.
  await keyboard.press("Escape");
  await facilitator.pointAt(0.7, 0.4);
  await facilitator.newNote();
  await facilitator.insert("Open data portal");
  await keyboard.press("Escape");
  await facilitator.button("Link").click();
  const address = page.getByRole("textbox", { name: "Address" });
  await address.fill("javascript:alert(1)");
  await facilitator.button("Save").click();
  await facilitator.waitForMessage(/Links begin with/);
  await address.fill(`${stage.server.url}/healthz`);
  await facilitator.button("Save").click();
  await address.waitFor({ state: "detached" });
  const opening = page.waitForEvent("popup");
  await facilitator.button("Open the link").click();
  const popup = await opening;
  assert.equal(popup.url(), `${stage.server.url}/healthz`);
  assert.equal(await popup.evaluate(() => window.opener), null);
  await popup.close();

  // Long enough for it to have been said: the link has been typed, opened and looked at.
  await reader.waitForNote("Open data portal");
  assert.equal(await heard.textContent(), before);

  // Undo takes the link back, and nothing else.
  await facilitator.canvas.focus();
  await keyboard.press("Control+z");
  await facilitator.until("the link to be gone", async (saw) => {
    const note = saw(await shared()).find((object) => object.text === "Open data portal");
    return note && !note.pieces;
  });
}
