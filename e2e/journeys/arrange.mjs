// Several objects resized together by mouse; the same and more by keys; an end pinned by
// a pause; a long canvas in the outline.

import assert from "node:assert/strict";
import { joinByLink, openYjs } from "../lib/api.mjs";
import { put } from "../lib/gallery.mjs";

const LISTED_FIRST = 300;
const NOTES = 310;
const TOOLS_HEIGHT = 64;
const FRAME = 8;

export default async function arrange(stage) {
  const { facilitator, links } = await stage.facilitator("Arranging");
  const shape = (x, text) => ({ kind: "shape", pos: [x, 0], size: [200, 100], shape: "rectangle", color: "sky", text });
  await put(stage.server.url, null, links.participant, facilitator.canvasId(), {
    a: shape(0, "Transport"),
    b: shape(500, "Planning"),
    line: { kind: "connector", pos: [0, 0], from: "a", to: "b", text: "routes" },
  });
  await facilitator.waitForNotes(["Transport", "Planning", "routes"]);
  const { token } = await joinByLink(links.participant, "Watcher");
  const watcher = await openYjs(stage.server.url, token, facilitator.canvasId());
  const board = {
    get: (id, property) => watcher.objects.get(id)?.get(property),
    ids: () => [...watcher.objects.keys()],
  };
  await byMouse(facilitator, board);
  await byKeys(facilitator, board);
  await pinnedByPause(facilitator, board);
  watcher.close();
  await longOutline(stage, facilitator, links);
}

/** Shows the whole canvas, which is small enough to be shown at 100 %: its middle is known. */
async function wholeCanvas(plaza) {
  await plaza.canvas.focus();
  await plaza.keyboard.press("Shift+1");
  const box = await plaza.canvas.boundingBox();
  return (x, y) => [box.x + box.width / 2 + x - 350, box.y + (box.height - TOOLS_HEIGHT) / 2 + y - 50];
}

async function byMouse(plaza, board) {
  const { mouse } = plaza.page;
  const at = await wholeCanvas(plaza);
  await plaza.keyboard.press("Control+a");
  const [x, y] = at(700, 100).map((corner) => corner + FRAME);
  await mouse.move(x, y);
  await mouse.down();
  await mouse.move(x + 140, y + 20, { steps: 4 });
  await mouse.up();
  const width = (id) => board.get(id, "size")[0];
  await plaza.until("both to be larger", (saw) => saw(width("a")) === 240 && saw(width("b")) === 240);
  assert.deepEqual([board.get("a", "size"), board.get("b", "pos")], [[240, 120], [600, 0]]);
  await plaza.keyboard.press("Control+z");
  await plaza.until("the first size", (saw) => saw(width("a")) === 200 && saw(width("b")) === 200);
  await plaza.keyboard.press("Escape");
}

async function byKeys(plaza, board) {
  const keys = plaza.keyboard;
  await plaza.canvas.focus();
  // Tab goes by reading order: the shapes stand in one row, the connector between them.
  await keys.press("Tab");
  await keys.press("Shift+Enter");
  await keys.press("Tab");
  await keys.press("Tab");
  await keys.press("Control+g");
  await plaza.until("a group of both", (saw) => saw(board.get("a", "group")) && board.get("a", "group") === board.get("b", "group"));
  await keys.press("Alt+Shift+ArrowRight");
  await plaza.until("both to be wider", (saw) => saw(board.get("b", "size")[0]) > 200);
  await keys.press("Control+z");
  await keys.press("Control+Shift+g");
  await plaza.until("no group", (saw) => !saw(board.get("a", "group")));
  await keys.press("Escape");
  await keys.press("Tab");
  await keys.press("Control+Shift+ArrowRight");
  await plaza.until("the first to be turned", (saw) => saw(board.get("a", "angle")) === 15);
  await keys.press("Control+z");
  await keys.press("Escape");
  await keys.press("Tab");
  await keys.press("Tab");
  await keys.press("ArrowRight");
  await plaza.until("the label to slide", (saw) => saw(board.get("line", "label_at")) === 0.55);
  // The connector is led from the second shape to itself, and back by undo.
  await keys.press("c");
  await keys.press("Tab");
  await keys.press("Shift+Enter");
  await plaza.until("a loop", (saw) => saw(board.get("line", "from")) === "b");
  await keys.press("Control+z");
  await plaza.until("the connector as it was", (saw) => saw(board.get("line", "from")) === "a");
  await keys.press("Escape");
}

async function pinnedByPause(plaza, board) {
  const { mouse } = plaza.page;
  const at = await wholeCanvas(plaza);
  await plaza.keyboard.press("c");
  await mouse.move(...at(100, 50));
  await mouse.down();
  await mouse.move(...at(550, 25), { steps: 3 });
  const pinned = plaza.page.getByTestId("said").filter({ hasText: "Attached to this exact point" });
  await pinned.waitFor();
  await mouse.up();
  const line = await plaza.until("the pinned connector", () => board.ids().find((id) => board.get(id, "to_at")));
  assert.deepEqual(board.get(line, "to_at"), [0.25, 0.25]);
}

async function longOutline(stage, plaza, links) {
  const notes = {};
  for (let i = 0; i < NOTES; i++) notes[`n${i}`] = { kind: "sticky_note", pos: [(i % 20) * 220, 400 + Math.floor(i / 20) * 220], color: "mint", text: `Record ${i}` };
  await put(stage.server.url, null, links.participant, plaza.canvasId(), notes);
  await plaza.button("Outline").click();
  const outline = plaza.page.getByRole("complementary", { name: "Outline" });
  const rows = outline.getByRole("listitem");
  await plaza.until("the first rows", async (saw) => saw(await rows.count()) === LISTED_FIRST);
  await outline.getByRole("button", { name: /^Show \d+ more$/ }).click();
  await plaza.until("all rows", async (saw) => saw(await rows.count()) === NOTES + 4);
  assert.equal(await outline.getByRole("button", { name: /^Show \d+ more$/ }).count(), 0);
}
