// Identity is the person: two in one browser, a facilitator who tries the participant link, somebody who
// leaves, and changes kept on a device whose session has ended.

import assert from "node:assert/strict";
import { exportJson, joinByLink } from "../lib/api.mjs";

export default async function sameBrowser(stage) {
  const { facilitator, links } = await stage.facilitator("Shared laptop");
  const ana = await stage.person("laptop");
  await ana.join(links.participant, "Ana Lima", "Parks");
  await ana.writeNotes(["by Ana"], [0.35, 0.35]);
  await ana.saved();

  // Bo opens the link in another tab of the same browser.
  const bo = await stage.tab(ana, "second");
  await bo.page.goto(links.participant);
  await bo.button("Continue as Ana Lima").waitFor();
  await bo.button("I am somebody else").click();
  await bo.fillJoin("Bo Berg", "Waste");
  await bo.writeNotes(["by Bo"], [0.6, 0.35]);
  await bo.saved();
  await facilitator.waitForNotes(["by Ana", "by Bo"]);
  // Each tab stays whose it is, after a reload too.
  await ana.page.reload();
  await ana.canvas.waitFor();
  await ana.writeNotes(["Ana again"], [0.35, 0.6]);
  await ana.saved();
  const rows = (await facilitator.people(3)).join(" | ");
  assert.match(rows, /Ana Lima.*Bo Berg|Bo Berg.*Ana Lima/);
  await whoWrote(stage, links, facilitator, { "by Ana": "Ana Lima", "by Bo": "Bo Berg", "Ana again": "Ana Lima" });

  // A facilitator who opens the participant link is still who they are.
  await facilitator.page.goto(links.participant);
  await facilitator.button("Continue as Amara Okafor").click();
  await facilitator.canvas.waitFor();
  await facilitator.button("Share").waitFor();
  const panel = await facilitator.openPeople(3);
  await panel.getByRole("button", { name: "Try as a participant" }).click();
  await facilitator.page.getByText("You see this as a participant does").waitFor();
  assert.equal(await facilitator.page.getByRole("button", { name: "Share" }).count(), 0);
  await facilitator.button("Back to facilitating").click();
  await facilitator.button("Share").waitFor();

  await expired(stage, ana, facilitator);
  await leaves(bo, links);
}

async function whoWrote(stage, links, person, expected) {
  const { token } = await joinByLink(links.participant, "Checker");
  const { objects } = await exportJson(stage.server.url, token, person.canvasId());
  for (const [text, name] of Object.entries(expected)) {
    assert.equal(objects.find((object) => object.text === text).author.name, name, text);
  }
}

/** Ana's session ends on the server while she is away; what she wrote meanwhile is delivered. */
async function expired(stage, ana, facilitator) {
  const [, , workshop] = new URL(ana.page.url()).pathname.split("/");
  const person = await ana.page.evaluate((id) => sessionStorage.getItem(`plaza.person.${id}`), workshop);
  await ana.opensOffline();
  stage.expectNetworkErrors();
  stage.expectRefusals([ana.person]);
  await stage.server.kill9();
  await ana.writeNotes(["kept while away"], [0.6, 0.6]);
  await ana.offline(1);
  await ana.person.context.clearCookies({ name: `plaza_${workshop}_${person}` });
  await stage.server.run();
  await facilitator.waitForNote("kept while away");
  await ana.saved();
}

/** Bo leaves: this browser forgets who they were. */
async function leaves(bo, links) {
  const count = Number((await bo.page.locator(".people-button").getAttribute("aria-label")).match(/\d+/)[0]);
  const panel = await bo.openPeople(count);
  await panel.getByRole("button", { name: "Leave the workshop" }).click();
  await panel.getByRole("button", { name: "Leave", exact: true }).click();
  await bo.page.getByRole("heading", { name: "Start a workshop" }).waitFor();
  await bo.page.goto(links.participant);
  await bo.button("Continue as Ana Lima").waitFor();
  assert.equal(await bo.button("Continue as Bo Berg").count(), 0);
}
