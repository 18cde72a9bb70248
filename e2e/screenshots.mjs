// Pictures of every view, for the README and for looking at: e2e/screenshots/*.png.

import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { DESKTOP, PHONE } from "./lib/browser.mjs";
import { connectors, kinds, put } from "./lib/gallery.mjs";
import { Stage } from "./lib/stage.mjs";
import { DATASETS, GAPS, LIMITATIONS, NEGATIVE_EFFECTS } from "./lib/statements.mjs";

const FOLDER = fileURLToPath(new URL("screenshots/", import.meta.url));
const LARGE = { width: 1920, height: 1080 };
const TITLE = "Parking data, first round";

await mkdir(FOLDER, { recursive: true });
const stage = await Stage.open();
try {
  await comingIn();
  const { facilitator, links } = await stage.facilitator(TITLE);
  await shoot(facilitator, "canvas-empty");
  await busyBoard(facilitator, links);
  await busyEthicsCanvas(facilitator);
  await dialogs(facilitator);
  await offline(facilitator);
  await inLanguage("de-DE", "de");
  await gallery();
} finally {
  await stage.close();
}

async function comingIn() {
  const visitor = await stage.person("visitor");
  await visitor.page.goto(stage.server.url);
  await visitor.page.getByRole("heading", { name: "Plaza" }).waitFor();
  await shoot(visitor, "start");
  const links = await visitor.createWorkshop(stage.server.url, TITLE);
  await shoot(visitor, "created");
  await visitor.page.goto(links.participant);
  await visitor.page.getByRole("textbox", { name: "Your name" }).fill("Mei Tanaka");
  await shoot(visitor, "join");
  await visitor.person.context.close();
  stage.people.splice(0);
}

async function busyBoard(facilitator, links) {
  const [tomas, mei] = [await stage.person("tomas"), await stage.person("mei")];
  await tomas.join(links.participant, "Tomás Rivera", "Transport");
  await mei.join(links.participant, "Mei Tanaka", "Waste services");
  const rows = [
    [facilitator, "Yellow", LIMITATIONS, 0.4],
    [tomas, "Blue", DATASETS, 0.476],
    [mei, "Green", GAPS, 0.552],
  ];
  for (const [person] of rows) await person.sameView();
  for (const [person, paper, texts, y] of rows) {
    await choosePaper(person, paper);
    await person.writeNotes(texts, [0.35, y]);
  }
  await facilitator.waitForNotes([...LIMITATIONS, ...DATASETS, ...GAPS]);
  await tomas.pointAt(0.55, 0.62);
  await mei.openNote(GAPS[1]);
  await wholeCanvas(facilitator, "board-busy");
  await mei.endWriting();
}

async function busyEthicsCanvas(facilitator) {
  const [, tomas, mei] = stage.people.map(({ plaza }) => plaza);
  for (const person of [facilitator, tomas, mei]) await person.openCanvas("Data Ethics Canvas");
  const lists = [
    [facilitator, "Pink", NEGATIVE_EFFECTS.slice(0, 3), [0.5, 0.5]],
    [tomas, "Blue", DATASETS.slice(0, 3), [0.16, 0.28]],
    [mei, "Green", LIMITATIONS.slice(0, 3), [0.5, 0.28]],
  ];
  for (const [person, paper, texts, at] of lists) {
    await person.canvas.focus();
    await person.keyboard.press("Shift+1");
    await choosePaper(person, paper);
    await person.pointAt(...at);
    await person.paste(texts.join("\n"));
    await person.waitForNote(texts[0]);
    await person.keyboard.press("Escape");
  }
  await facilitator.until("everybody's notes", async () => (await facilitator.notes()).length === 9);
  await tomas.pointAt(0.3, 0.4);
  await mei.pointAt(0.62, 0.45);
  await facilitator.button("Close the message").click();
  await wholeCanvas(facilitator, "ethics-busy");
}

async function dialogs(facilitator) {
  await facilitator.button("Share").click();
  await facilitator.page.getByRole("dialog", { name: "Share this workshop" }).waitFor();
  await shoot(facilitator, "share");
  await facilitator.keyboard.press("Escape");
  const people = await facilitator.openPeople(3);
  await people.getByRole("button", { name: "Change Mei Tanaka" }).click();
  await shoot(facilitator, "people");
  await facilitator.keyboard.press("Escape");
  const canvases = await facilitator.openCanvases();
  for (const title of ["Group one", "Group two", "Group three"]) {
    await canvases.getByRole("textbox", { name: "Title", exact: true }).fill(title);
    await canvases.getByRole("button", { name: "Add", exact: true }).click();
    await canvases.getByRole("link", { name: title }).waitFor();
  }
  await canvases.getByRole("button", { name: "Archive Group three" }).click();
  await canvases.getByRole("button", { name: "Bring Group three back" }).waitFor();
  await shoot(facilitator, "canvases");
  await facilitator.keyboard.press("Escape");
  await facilitator.button("Help").click();
  await facilitator.page.getByRole("heading", { name: "Preferences" }).waitFor();
  await shoot(facilitator, "help");
  await facilitator.keyboard.press("Escape");
}

async function offline(facilitator) {
  await facilitator.openCanvas("Board");
  await facilitator.opensOffline();
  await stage.server.kill9();
  await facilitator.sameView();
  await facilitator.writeNotes(["Written while the server was away"], [0.35, 0.65]);
  await facilitator.offline(1);
  await wholeCanvas(facilitator, "canvas-offline", [DESKTOP, PHONE]);
  await stage.server.run();
}

/** What comes before and around the canvas, in another language. */
async function inLanguage(locale, code) {
  const person = await stage.person(code, { locale });
  const { page } = person;
  await page.goto(stage.server.url);
  await page.locator(`html[lang="${code}"]`).waitFor();
  await page.locator("#title").fill("Parkdaten, erste Runde");
  await shoot(person, `start-${code}`);
  await page.locator("form button.primary").click();
  await page.locator(".links").waitFor();
  await shoot(person, `created-${code}`);
  await page.locator("a.button.primary").click();
  await page.locator("#name").fill("Ömer Groß");
  await shoot(person, `join-${code}`);
  await page.locator("form button.primary").click();
  await page.locator(".saved-state.ok").waitFor();
  for (const [name, open, shown] of [
    ["people", ".people-button", "aside.people-panel li"],
    ["canvases", ".bar-button:has(.canvas-here)", ".dialog .canvases"],
    ["share", ".bar-button:has(.wide)", ".dialog .links"],
  ]) {
    await page.locator(open).first().click();
    await page.locator(shown).first().waitFor();
    await shoot(person, `${name}-${code}`);
    await page.keyboard.press("Escape");
    await page.locator(shown).first().waitFor({ state: "detached" });
  }
  await person.person.context.close();
  stage.people.splice(stage.people.indexOf(person.person), 1);
}

/** The next note has this colour. */
async function choosePaper(person, paper) {
  await person.tool("Note").click();
  await person.button(paper).click();
  await person.canvas.focus();
  await person.keyboard.press("Escape");
}

/** Every kind, connectors where they are hard, and what is selected or under way; by day and by night. */
async function gallery() {
  for (const [name, objects] of [["kinds", kinds()], ["connectors", connectors()]]) {
    const { facilitator, links } = await stage.facilitator("Harbour data map");
    await put(stage.server.url, null, links.participant, facilitator.canvasId(), objects);
    await facilitator.until("the gallery", async () => (await facilitator.notes()).length === Object.keys(objects).length);
    await wholeCanvas(facilitator, name);
    await states(facilitator, name);
    await facilitator.button("Turn dark colours on or off").click();
    await wholeCanvas(facilitator, `${name}-dark`);
    await facilitator.person.context.close();
    stage.people.splice(0);
  }
}

async function states(person, name) {
  const { page, keyboard } = person;
  const { mouse } = page;
  await person.canvas.focus();
  await keyboard.press("Shift+1");
  await settled(page);
  const choose = async (words) => {
    await person.canvas.focus();
    await keyboard.press("Control+f");
    await page.getByRole("searchbox").fill(words);
    await keyboard.press("Enter");
    await keyboard.press("Escape");
  };
  await choose(name === "kinds" ? "turned" : "Open data portal");
  await shoot(person, `${name}-selected`, [DESKTOP, PHONE]);
  if (name === "connectors") {
    await choose("every 5 minutes");
    await shoot(person, "connector-selected", [DESKTOP]);
    await keyboard.press("Escape");
    return;
  }
  await keyboard.press("Control+a");
  await keyboard.press("Shift+1");
  await shoot(person, "selected-all", [DESKTOP]);
  await keyboard.press("Escape");
  const box = await person.canvas.boundingBox();
  await mouse.move(box.x + 30, box.y + 160);
  await mouse.down();
  await mouse.move(box.x + 500, box.y + 480, { steps: 6 });
  await shoot(person, "selecting", [DESKTOP], undefined);
  await keyboard.press("Escape");
  await mouse.up();
  await mouse.click(box.x + 640, box.y + 300, { button: "right" });
  await page.getByRole("menu").waitFor();
  await shoot(person, "menu", [DESKTOP]);
  await keyboard.press("Escape");
  await keyboard.press("Control+k");
  await page.getByRole("listbox", { name: "Actions" }).waitFor();
  await shoot(person, "palette", [DESKTOP, PHONE]);
  await keyboard.press("Escape");
  await person.button("Outline").click();
  await page.getByRole("complementary", { name: "Outline" }).waitFor();
  await shoot(person, "outline", [DESKTOP, PHONE]);
  await person.button("Close the outline").click();
}

/** The whole canvas, fitted anew into each size. */
async function wholeCanvas(person, name, sizes = [DESKTOP, PHONE, LARGE]) {
  await shoot(person, name, sizes, async () => {
    await person.canvas.focus();
    await person.keyboard.press("Shift+1");
  });
}

async function shoot(person, name, sizes = [DESKTOP, PHONE], before = async () => {}) {
  for (const size of sizes) {
    await person.page.setViewportSize(size);
    await before();
    await painted(person.page);
    await person.page.screenshot({ path: `${FOLDER}${name}-${size.width}x${size.height}.png` });
  }
  await person.page.setViewportSize(DESKTOP);
}

/** A crowded board has been drawn whole after the zoom has come to rest. */
function settled(page) {
  return page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 500)));
}

/** Fonts are there, and what was asked for has been painted. */
function painted(page) {
  return page.evaluate(async () => {
    await document.fonts.ready;
    for (let i = 0; i < 3; i++) await new Promise((resolve) => requestAnimationFrame(resolve));
  });
}
