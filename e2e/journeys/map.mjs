// A map of ten shapes and twelve labelled connectors, once by mouse alone and once by
// keyboard alone: both boards end the same.

import assert from "node:assert/strict";
import { exportJson, joinByLink } from "../lib/api.mjs";

const SHAPES = ["Transport", "Bus operators", "Planning", "Housing", "Residents", "Parks", "Health", "Schools", "Open data", "Mayor"];
/** From, to, label: places in the grid of shapes. Two are parallel, two run against each other. */
const CONNECTORS = [
  [0, 1, "timetables"], [1, 0, "delays"], [0, 1, "fares"], [1, 2, "routes"],
  [2, 3, "permits"], [3, 4, "tenancies"], [5, 6, "green space"], [6, 7, "health checks"],
  [7, 8, "pupil numbers"], [8, 9, "reports"], [4, 9, "petitions"], [5, 0, "events"],
];
const COLUMNS = 5;
const STEP = { x: 240, y: 240 };

export default async function map(stage) {
  const { facilitator, links } = await stage.facilitator("Map by mouse");
  await drawByMouse(facilitator);
  const byMouse = await relations(stage, links, facilitator);

  const keys = await stage.person("keys");
  const others = await keys.createWorkshop(stage.server.url, "Map by keyboard");
  await keys.page.getByRole("link", { name: "Open the workshop" }).click();
  await keys.fillJoin("Kit Larsen", "Libraries");
  await drawByKeyboard(keys);
  const byKeys = await relations(stage, others, keys);
  assert.deepEqual(byKeys, byMouse);
  assert.equal(byMouse.filter((line) => line.includes("->")).length, CONNECTORS.length);
}

function places(plaza, box) {
  const left = box.x + box.width / 2 - (STEP.x * (COLUMNS - 1)) / 2;
  const top = box.y + box.height / 2 - STEP.y / 2;
  return SHAPES.map((_, i) => ({ x: left + (i % COLUMNS) * STEP.x, y: top + Math.floor(i / COLUMNS) * STEP.y }));
}

async function drawByMouse(plaza) {
  const box = await plaza.canvas.boundingBox();
  const at = places(plaza, box);
  const { mouse } = plaza.page;
  for (const [i, text] of SHAPES.entries()) {
    await plaza.tool("Shape").click();
    await mouse.click(at[i].x, at[i].y);
    await plaza.until("the text box", () => plaza.isWriting());
    await plaza.insert(text);
    await mouse.click(box.x + 20, box.y + 20);
    await plaza.text.waitFor({ state: "hidden" });
  }
  for (const [i, [from, to, label]] of CONNECTORS.entries()) {
    await plaza.tool("Connect").click();
    await mouse.move(at[from].x, at[from].y);
    await mouse.down();
    await mouse.move((at[from].x + at[to].x) / 2, (at[from].y + at[to].y) / 2, { steps: 3 });
    await mouse.move(at[to].x, at[to].y, { steps: 3 });
    await mouse.up();
    await plaza.waitForNote("empty connector");
    // The properties bar stands by the connector; its label is written from the menu.
    await plaza.page.getByRole("button", { name: "More actions" }).click();
    await plaza.page.getByRole("menuitem", { name: /Edit text/ }).click();
    await plaza.until("the label's text box", () => plaza.isWriting());
    await plaza.insert(label);
    await mouse.click(box.x + 20, box.y + 20);
    await plaza.text.waitFor({ state: "hidden" });
    await plaza.waitForNote(label);
    assert.equal((await plaza.notes()).length, SHAPES.length + i + 1);
  }
  await plaza.saved();
}

async function drawByKeyboard(plaza) {
  const keys = plaza.keyboard;
  await plaza.canvas.focus();
  for (const [i, text] of SHAPES.entries()) {
    await keys.press("r");
    const right = (i % COLUMNS) - (COLUMNS - 1) / 2;
    for (let n = 0; n < Math.abs(right) * (STEP.x / 20); n++) await keys.press(right > 0 ? "ArrowRight" : "ArrowLeft");
    const down = i < COLUMNS ? "ArrowUp" : "ArrowDown";
    for (let n = 0; n < STEP.y / 2 / 20; n++) await keys.press(down);
    await keys.press("Enter");
    await plaza.until("the text box", () => plaza.isWriting());
    await plaza.insert(text);
    await plaza.endWriting();
  }
  for (const [from, to, label] of CONNECTORS) {
    await select(plaza, SHAPES[from]);
    await keys.press("c");
    await select(plaza, SHAPES[to], false);
    await keys.press("Enter");
    await plaza.waitForNote("empty connector");
    await keys.press("Enter");
    await plaza.until("the label's text box", () => plaza.isWriting());
    await plaza.insert(label);
    await plaza.endWriting();
    await plaza.waitForNote(label);
  }
  await plaza.saved();
}

/** Walks with Tab until what is announced begins with this text. */
async function select(plaza, text, fromStart = true) {
  if (fromStart) await plaza.keyboard.press("Escape");
  for (let i = 0; i < 60; i++) {
    await plaza.keyboard.press("Tab");
    const said = await plaza.page.getByTestId("said").textContent();
    if (said.startsWith(`${text},`)) return;
  }
  throw new Error(`"${text}" is not reached by Tab`);
}

/** The board as text: shapes by name, connectors by what they join. */
async function relations(stage, links, plaza) {
  const { token } = await joinByLink(links.participant, "Checker");
  const { objects } = await exportJson(stage.server.url, token, plaza.canvasId());
  const name = (id) => objects.find((object) => object.id === id)?.text ?? "?";
  const lines = objects.map((object) =>
    object.kind === "connector" ? `${name(object.from)} -> ${name(object.to)}: ${object.text}` : `${object.kind} ${object.text}`,
  );
  return lines.sort();
}
