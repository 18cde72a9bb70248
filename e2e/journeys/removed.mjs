// A participant is renamed, set to view only and back, removed while typing, comes back by the same link
// in vain, and is let in again: their work stays, what was unsaved is offered as a file.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";

export default async function removed(stage) {
  const { facilitator, links } = await stage.facilitator("Parking data");
  const [ana, bo] = [await stage.person("ana"), await stage.person("bo")];
  const network = await stage.network();
  await ana.join(network.through(links.participant), "Ana Lima", "Parks");
  await bo.join(links.participant, "Ana Lima", "Waste");
  const people = await facilitator.openPeople(3);
  // Two of one name are told apart.
  await people.getByRole("button", { name: "Go to where Ana Lima (Parks) is" }).or(people.getByTitle("Go to where Ana Lima (Parks) is")).waitFor();
  const row = people.getByRole("listitem").filter({ hasText: "Ana Lima (Waste)" });
  await row.getByRole("button", { name: "Change Ana Lima (Waste)" }).click();
  await row.getByRole("textbox", { name: "Name", exact: true }).fill("Bo Berg");
  await row.getByRole("checkbox", { name: "external" }).check();
  await row.getByRole("button", { name: "Done" }).click();
  const bos = people.getByRole("listitem").filter({ hasText: "Bo Berg" });
  await bos.locator(".badge").getByText("external").waitFor();

  // View only and back, at once.
  await bos.getByRole("button", { name: "Change Bo Berg" }).click();
  const becomes = async (role) => {
    await bos.getByRole("combobox", { name: "Role" }).selectOption(role);
    await bos.getByRole("button", { name: "Change role" }).click();
  };
  await becomes("observer");
  await bo.page.locator(".bar .badge").getByText("View only").waitFor();
  assert.equal(await bo.tool("Note").count(), 0);
  await bos.getByText("View only").first().waitFor();
  await becomes("participant");
  await bo.tool("Note").waitFor();
  await bo.page.getByTestId("message").getByText("Your role is now: Participant").waitFor();

  // Removed while typing.
  await bo.writeNotes(["stays"], [0.4, 0.4]);
  await bo.saved();
  await bo.canvas.focus();
  await bo.pointAt(0.6, 0.6);
  await bo.keyboard.press("n");
  await bo.text.waitFor();
  await bo.keyboard.type("half a sentence");
  await bos.getByRole("button", { name: "Remove from the workshop" }).click();
  await facilitator.until("the focus on the question", () => facilitator.page.evaluate(() => document.activeElement.getAttribute("role") === "group"));
  await bos.getByText("nobody new can join from the devices they have used").waitFor();
  await bos.getByRole("button", { name: "Remove", exact: true }).click();
  await bo.page.getByRole("alertdialog", { name: "You have been removed" }).waitFor();
  await ana.waitForNote("stays");

  stage.expectRefusals([bo.person]);
  // By the same link, on the same device: in vain.
  await bo.page.goto(links.participant);
  await bo.button("Continue as Bo Berg").click();
  await bo.page.getByText("A facilitator has removed you from this workshop.").waitFor();
  await bo.button("I am somebody else").click();
  await bo.page.getByText("nobody new can join from it").waitFor();
  assert.equal(await bo.page.getByRole("textbox", { name: "Your name" }).count(), 0, "no name is asked for");

  // Let in again: they go on as who they were.
  const gone = people.getByRole("listitem").filter({ hasText: "removed" });
  await gone.getByRole("button", { name: "Let Bo Berg in again" }).click();
  await people.getByRole("listitem").filter({ hasText: "not connected" }).waitFor();
  await bo.page.goto(links.participant);
  await bo.button("Continue as Bo Berg").click();
  await bo.canvas.waitFor();
  await bo.waitForNote("stays");

  await unsavedAsAFile(stage, ana, network, people);
  await newLink(stage, people, links);
}

/** Ana loses her connection, writes, and is removed before she is back. */
async function unsavedAsAFile(stage, ana, network, people) {
  stage.expectNetworkErrors([ana.person]);
  network.cut();
  await ana.offline(0);
  await ana.writeNotes(["written on the train"], [0.3, 0.6]);
  await ana.offline(1);
  const row = people.getByRole("listitem").filter({ hasText: "Ana Lima" });
  await row.getByRole("button", { name: "Change Ana Lima" }).click();
  await row.getByRole("button", { name: "Remove from the workshop" }).click();
  await row.getByRole("button", { name: "Remove", exact: true }).click();
  await people.getByRole("listitem").filter({ hasText: "removed" }).waitFor();
  network.heal();
  const dialog = ana.page.getByRole("alertdialog", { name: "You have been removed" });
  await dialog.waitFor({ timeout: 60_000 });
  const [download] = await Promise.all([
    ana.page.waitForEvent("download"),
    dialog.getByRole("button", { name: "Save my texts as a file" }).click(),
  ]);
  assert.match(download.suggestedFilename(), /unsaved-changes\.json/);
  assert.match(await readFile(await download.path(), "utf8"), /written on the train/);
}

/** The old link lets nobody in any more, the new one does, and who is inside goes on. */
async function newLink(stage, people, links) {
  const row = people.getByRole("listitem").filter({ hasText: "removed" });
  const link = row.getByRole("textbox", { name: "Participant link" });
  await row.getByRole("button", { name: "New Participant link" }).click();
  await row.getByRole("button", { name: "Make a new link" }).click();
  await link.waitFor();
  const late = await stage.person("late");
  stage.expectRefusals([late.person]);
  await late.page.goto(links.participant);
  await late.page.getByText("This link is not valid").waitFor();
  await late.join(await link.inputValue(), "Cleo Okafor", "Waste");
  await late.waitForNote("stays");
}
