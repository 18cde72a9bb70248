// Links as mail and chat mangle them are read; what is wrong with a link is said before a name is asked
// for; the start page lists the workshops of this device.

import assert from "node:assert/strict";

export default async function links(stage) {
  const facilitator = await stage.person("facilitator");
  const made = await facilitator.createWorkshop(stage.server.url, "Bins & lamps");
  // Create, then reload: nothing is lost.
  await facilitator.page.reload();
  const mine = facilitator.page.getByRole("link", { name: "Bins & lamps" });
  await mine.click();
  await facilitator.fillJoin("Amara Okafor", "Innovation");
  await facilitator.button("Share").waitFor();

  const { origin, pathname, hash } = new URL(made.participant);
  const key = hash.slice(3);
  const guest = await stage.person("guest");
  for (const [form, link] of Object.entries({
    "as it is": made.participant,
    "# as %23": `${origin}${pathname}%23k=${key}`,
    "escaped twice": `${origin}${pathname}%2523k%253D${key}`,
    "a full stop": `${made.participant}.`,
    "a full stop behind %23": `${origin}${pathname}%23k=${key}.`,
    "a bracket": `${made.participant})`,
    "an angle bracket": `${made.participant}%3E`,
    "a space": `${made.participant}%20`,
    "a slash before #": `${origin}${pathname}/${hash}`,
    "what Safe Links adds": `${made.participant}&data=05%7C02%7C`,
    "a line break inside": `${origin}${pathname}#k=${key.slice(0, 8)}%0A${key.slice(8)}`,
    "quotation marks": `${made.participant}%E2%80%9D`,
  })) {
    await guest.page.goto("about:blank");
    await guest.page.goto(link);
    await guest.page.getByRole("heading", { name: "Join “Bins & lamps”" }).waitFor().catch((error) => {
      throw new Error(`${form}: ${error.message}`);
    });
  }

  stage.expectRefusals([guest.person]);
  // What is wrong is said, and no name is asked for.
  const name = guest.page.getByRole("textbox", { name: "Your name" });
  for (const [link, says] of [
    [`${origin}${pathname}`, "This address opens the workshop only for people who have already joined."],
    [`${origin}${pathname}#k=${key.slice(0, 12)}`, "Part of this link is missing."],
    [`${origin}${pathname}#k=${"A".repeat(22)}`, "This link is not valid."],
    [`${origin}/w/AAAAAAAAAAAAAAAAAAAAAA#k=${key}`, "This workshop does not exist."],
    [`${facilitator.page.url()}`, "This address opens the workshop only for people who have already joined."],
  ]) {
    await guest.page.goto("about:blank");
    await guest.page.goto(link);
    await guest.page.getByText(says).waitFor();
    assert.equal(await name.count(), 0, link);
  }

  await facilitator.page.goto(stage.server.url);
  await facilitator.button("Remove Bins & lamps from this list").click();
  assert.equal(await mine.count(), 0);
  await facilitator.button("Undo").click();
  await mine.waitFor();
}
