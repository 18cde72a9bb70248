// The client comes in parts: each page loads what it needs, the rest comes when it is opened;
// a part that does not arrive says so; after one visit all of them open without the server.

import assert from "node:assert/strict";
import { closed, filesOf, OPENED, PAGES, partsOf } from "../lib/parts.mjs";

export default async function split(stage) {
  const parts = await partsOf(stage.server.url);
  assert.deepEqual(Object.keys(parts).sort(), [...PAGES, ...Object.keys(OPENED)].sort(), "a part without a journey");
  const links = await eachPageLoadsItsOwn(stage, parts);
  await whatDoesNotArriveCanBeTriedAgain(stage, parts, links);
  await allOpensOffline(stage);
}

async function eachPageLoadsItsOwn(stage, parts) {
  const person = await stage.person("visitor", { serviceWorkers: "block" });
  const asked = requestsOf(person.page);
  const links = await person.createWorkshop(stage.server.url, "In parts");
  await person.page.goto(links.facilitator);
  const name = person.page.getByRole("textbox", { name: "Your name" });
  await name.waitFor();
  const own = new Set([...parts.start, ...filesOf("created", parts), ...parts.join]);
  const early = Object.values(parts).flat().filter((file) => asked.has(file) && !own.has(file));
  assert.deepEqual(early, [], "start and join page load no other part");

  await name.fill("Amara Okafor");
  await person.until("the canvas's part while the name is typed", () => parts.canvas.every((file) => asked.has(file)));
  await person.button("Join").click();
  await person.canvas.waitFor();
  await person.saved();
  for (const [part, [open, shown]] of Object.entries(OPENED)) {
    const [own] = filesOf(part, parts);
    assert.ok(!asked.has(own), `${part} is not loaded before it is opened`);
    await open(person);
    await shown(person.page).waitFor();
    assert.ok(asked.has(own), `${part} is loaded when it is opened`);
    await closed(person, shown);
  }
  return links;
}

async function whatDoesNotArriveCanBeTriedAgain(stage, parts, links) {
  const person = await stage.person("unlucky", { serviceWorkers: "block" });
  const { page, keyboard } = person;
  stage.expectNetworkErrors([person.person]);
  const failure = page.getByRole("alert").filter({ hasText: "could not be loaded" });
  const again = person.button("Try again");

  const early = [...parts.start, ...parts.join];
  let lacking = await withhold(page, filesOf("created", parts)[0]);
  await page.goto(stage.server.url);
  await page.getByRole("textbox", { name: "Workshop title" }).fill("Twice");
  await person.button("Create workshop").click();
  await failure.waitFor();
  await lacking.give();
  await again.click();
  await page.getByRole("textbox", { name: "Participant link" }).waitFor();

  lacking = await withhold(page, parts.canvas.find((file) => !early.includes(file)));
  await page.goto(links.facilitator);
  await page.getByRole("textbox", { name: "Your name" }).fill("Mei Tanaka");
  await person.button("Join").click();
  await failure.waitFor();
  await lacking.give();
  await again.click();
  await person.canvas.waitFor();
  await person.saved();

  for (const [part, [open, shown]] of Object.entries(OPENED)) {
    lacking = await withhold(page, filesOf(part, parts)[0]);
    await person.canvas.focus();
    await open(person);
    // Once more without luck, then with it; all by keyboard.
    for (const isGiven of [false, true]) {
      await failure.waitFor();
      await person.until("the focus on the heading", () => page.evaluate(() => document.activeElement.tagName === "H2"));
      await keyboard.press("Tab");
      await keyboard.press("Tab");
      assert.ok(await again.evaluate((button) => document.activeElement === button), "two steps by Tab");
      if (isGiven) await lacking.give();
      const before = lacking.refused;
      await keyboard.press("Enter");
      if (!isGiven) await person.until("another refusal", () => lacking.refused > before);
    }
    await shown(page).waitFor();
    await closed(person, shown);
  }
}

async function allOpensOffline(stage) {
  const { facilitator } = await stage.facilitator("Into the tunnel");
  await facilitator.opensOffline();
  stage.expectNetworkErrors();
  await stage.server.kill9();
  await facilitator.page.reload();
  await facilitator.canvas.waitFor();
  await facilitator.offline(0);
  for (const [open, shown] of Object.values(OPENED)) {
    await facilitator.canvas.focus();
    await open(facilitator);
    await shown(facilitator.page).waitFor();
    await closed(facilitator, shown);
  }
}

/** The names of all files the page has asked for so far. */
function requestsOf(page) {
  const asked = new Set();
  page.on("request", (request) => asked.add(new URL(request.url()).pathname.slice(1)));
  return asked;
}

/** Lets a file not arrive until it is given; counts how often it was asked for in vain. */
async function withhold(page, file) {
  const address = `**/${file}`;
  const lacking = { refused: 0, give: () => page.unroute(address) };
  await page.route(address, (route) => {
    lacking.refused += 1;
    return route.abort();
  });
  return lacking;
}
