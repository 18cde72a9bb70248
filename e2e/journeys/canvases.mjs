// Two facilitators and three participants: canvases are added, renamed, moved, duplicated and archived
// while one participant is offline; everybody's tabs follow.

import assert from "node:assert/strict";

export default async function canvases(stage) {
  const { facilitator: amara, links } = await stage.facilitator("Open city");
  const [gil, ana, bo] = [await stage.person("gil"), await stage.person("ana"), await stage.person("bo")];
  await gil.join(links.facilitator, "Gil Stone", "Innovation");
  await ana.join(links.participant, "Ana Lima", "Parks");
  await bo.join(links.participant, "Bo Berg", "Waste");
  const cleo = await stage.person("cleo");
  const network = await stage.network();
  await cleo.join(network.through(links.participant), "Cleo Ray", "University");
  const everybody = [amara, gil, ana, bo, cleo];
  const first = ["Board", "Data Ethics Canvas"];
  for (const person of everybody) await person.waitForCanvases(first);

  // Every facilitator shares all links, and has new ones at once.
  await gil.button("Share").click();
  const share = gil.page.getByRole("dialog", { name: "Share this workshop" });
  assert.equal(await share.getByRole("textbox", { name: "Participant link" }).inputValue(), links.participant);
  assert.equal(await share.getByRole("textbox", { name: "Facilitator link" }).count(), 0, "behind a click");
  await share.getByText("works only on this computer").waitFor();
  await share.getByRole("button", { name: "Show the facilitator link" }).click();
  assert.equal(await share.getByRole("textbox", { name: "Facilitator link" }).inputValue(), links.facilitator);
  await amara.button("Share").click();
  const renewing = amara.page.getByRole("dialog", { name: "Share this workshop" });
  await renewing.getByRole("button", { name: "New View-only link" }).click();
  await renewing.getByRole("button", { name: "Make a new link" }).click();
  await gil.until("the new link", async (saw) => {
    return saw(await share.getByRole("textbox", { name: "View-only link" }).inputValue()) !== links.observer;
  });
  for (const person of [amara, gil]) await person.keyboard.press("Escape");

  stage.expectNetworkErrors([cleo.person]);
  stage.expectRefusals([gil.person]);
  network.cut();
  await cleo.offline(0);
  const dialog = await amara.openCanvases();
  await dialog.getByRole("textbox", { name: "Title", exact: true }).fill("Group one");
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  const online = [amara, gil, ana, bo];
  for (const person of online) await person.waitForCanvases([...first, "Group one"]);
  await dialog.getByRole("button", { name: "Rename Board" }).click();
  const title = dialog.getByRole("listitem").getByRole("textbox", { name: "Title" });
  await title.fill("Everybody");
  await dialog.getByRole("button", { name: "Save" }).last().click();
  await dialog.getByRole("button", { name: "Move Group one up" }).click();
  for (const person of online) await person.waitForCanvases(["Everybody", "Group one", "Data Ethics Canvas"]);
  await dialog.getByRole("textbox", { name: "Title of the workshop" }).fill("Open city, second round");
  await dialog.getByRole("button", { name: "Save" }).first().click();
  await bo.page.getByRole("heading", { name: "Open city, second round" }).waitFor();

  // Both change one canvas at once: the second hears what the first did.
  const other = await gil.openCanvases();
  await other.getByRole("button", { name: "Rename Group one" }).click();
  await other.getByRole("listitem").getByRole("textbox", { name: "Title" }).fill("Group A");
  await stale(amara, dialog, other);

  // Somebody is on a canvas when it is archived: they are led to another, and nothing is lost.
  await ana.openCanvas("Group 1");
  await ana.writeNotes(["kept"], [0.4, 0.4]);
  await ana.saved();
  await dialog.getByRole("button", { name: "Duplicate Group 1" }).click();
  for (const person of online) await person.waitForCanvases(["Everybody", "Group 1", "Data Ethics Canvas", "Group 1 (copy)"]);
  await dialog.getByRole("button", { name: "Archive Group 1", exact: true }).click();
  const left = ["Everybody", "Data Ethics Canvas", "Group 1 (copy)"];
  for (const person of online) await person.waitForCanvases(left);
  await ana.message.getByText("“Group 1” has been archived").waitFor();
  await ana.page.getByRole("link", { name: "Everybody", exact: true }).and(ana.page.locator("[aria-current]")).waitFor();

  network.heal();
  await cleo.waitForCanvases(left);
  await cleo.openCanvas("Group 1 (copy)");
  await cleo.waitForNotes(["kept"]);
  await dialog.getByRole("button", { name: "Bring Group 1 back" }).click();
  const back = ["Everybody", "Group 1", "Data Ethics Canvas", "Group 1 (copy)"];
  for (const person of everybody) await person.waitForCanvases(back);
  await cleo.openCanvas("Group 1");
  await cleo.waitForNotes(["kept"]);
}

/** One renames a canvas while the other's form is open: that one is refused, and says why. */
async function stale(amara, dialog, other) {
  await dialog.getByRole("button", { name: "Rename Group one" }).click();
  const title = dialog.getByRole("listitem").getByRole("textbox", { name: "Title" });
  await title.fill("Group 1");
  // The request is held back until the other one has come through.
  await other.page().route("**/api/canvases/*", async (route) => {
    await amara.page.getByRole("navigation", { name: "Canvases" }).getByRole("link", { name: "Group 1", exact: true }).waitFor();
    await route.continue();
  });
  await other.getByRole("button", { name: "Save" }).last().click();
  await dialog.getByRole("button", { name: "Save" }).last().click();
  await other.getByText("Amara Okafor has changed “Group 1” in the meantime.").waitFor();
  await other.page().unroute("**/api/canvases/*");
  await other.page().keyboard.press("Escape");
}
