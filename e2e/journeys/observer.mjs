// The observer link reads and cannot write.

import assert from "node:assert/strict";
import { joinByLink, note, openYjs } from "../lib/api.mjs";
import { DATASETS } from "../lib/statements.mjs";

export default async function observer(stage) {
  const { facilitator, links } = await stage.facilitator("Open day");
  await facilitator.button("Share").click();
  const dialog = facilitator.page.getByRole("dialog", { name: "Share this workshop" });
  assert.equal(await dialog.getByRole("textbox", { name: "View-only link" }).inputValue(), links.observer);
  await dialog.getByRole("img", { name: "QR code of the participant link" }).waitFor();
  await facilitator.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  const texts = DATASETS.slice(0, 2);
  await facilitator.writeNotes(texts, [0.12, 0.3]);
  const visitor = await stage.person("visitor");
  await visitor.join(links.observer, "Ines Duarte", "Press");
  await visitor.waitForNotes(texts);

  assert.equal(await visitor.tool("Note").count(), 0, "no tool to write with");
  assert.equal(await visitor.page.getByRole("button", { name: "Share" }).count(), 0, "no links to share");
  await visitor.pointAt(0.5, 0.7);
  await visitor.canvas.focus();
  await visitor.keyboard.press("n");
  await visitor.page.mouse.dblclick(640, 560);
  await visitor.paste("One\nTwo");
  await visitor.keyboard.press("Control+a");
  await visitor.keyboard.press("Delete");
  assert.equal(await visitor.text.isVisible(), false, "no text box opens");

  // What the facilitator does next arrives, and nothing else has.
  await facilitator.writeNotes([DATASETS[2]], [0.12, 0.6]);
  await visitor.waitForNotes([...texts, DATASETS[2]]);
  await facilitator.waitForNotes([...texts, DATASETS[2]]);
  await visitor.saved();

  // Nor does the server take anything from a script with that link.
  const { token, participant } = await joinByLink(links.observer, "Script");
  const script = await openYjs(stage.server.url, token, facilitator.canvasId());
  script.objects.set("intruder", note({ text: "not allowed", x: 0, y: 0, z: 9, author: participant.id }));
  await facilitator.writeNotes([DATASETS[3]], [0.6, 0.6]);
  await visitor.waitForNotes([...texts, DATASETS[2], DATASETS[3]]);
  await facilitator.waitForNotes([...texts, DATASETS[2], DATASETS[3]]);
  script.close();
}
