// Without a pointer: from the empty start page to three notes, one of them deleted and brought back.

import assert from "node:assert/strict";

const TABS_MAX = 60;
const NOTES = ["Tree register", "Who updates it?", "Parks department"];

export default async function keyboard(stage) {
  const person = await stage.person("keyboard");
  const { page } = person;
  const keys = person.keyboard;
  await page.goto(stage.server.url);
  await tabTo(person, page.getByRole("textbox", { name: "Workshop title" }));
  await keys.type("Keys only");
  await tabTo(person, person.button("Create workshop"));
  await keys.press("Enter");
  const open = page.getByRole("link", { name: "Open the workshop" });
  await open.waitFor();
  await tabTo(person, open);
  await keys.press("Enter");
  const name = page.getByRole("textbox", { name: "Your name" });
  await name.waitFor();
  await tabTo(person, name);
  await keys.type("Kit Larsen");
  await keys.press("Tab");
  await keys.type("Libraries");
  await keys.press("Enter");
  await person.canvas.waitFor();
  await person.saved();
  await tabTo(person, person.canvas);

  await keys.press("n");
  await person.until("the text box", () => person.isWriting());
  await keys.type(NOTES[0]);
  await person.nextNote("Tab");
  await keys.type(NOTES[1]);
  await person.nextNote("Control+Enter");
  await keys.type(NOTES[2]);
  await person.endWriting();
  await person.waitForNotes(NOTES);
  assert.deepEqual(await person.notes(), NOTES, "reading order");

  // Walk: each step selects the next note in reading order.
  await keys.press("Tab");
  await keys.press("Tab");
  await keys.press("Delete");
  await person.waitForNotes([NOTES[0], NOTES[2]]);
  await keys.press("Control+z");
  await person.waitForNotes(NOTES);
  await keys.press("Control+Shift+z");
  await person.waitForNotes([NOTES[0], NOTES[2]]);
  await keys.press("Control+z");
  await person.waitForNotes(NOTES);

  // All actions: typed, chosen, done.
  await keys.press("Escape");
  await keys.press("Control+k");
  await person.until("the field", () => isFocused(page.getByRole("combobox", { name: "Find an action" })));
  await keys.type("dark");
  await keys.press("Enter");
  await person.until("dark colours", () => page.evaluate(() => document.documentElement.dataset.theme === "dark"));
  assert.equal((await person.notes()).length, NOTES.length, "what is typed there goes nowhere else");
  assert.ok(await isFocused(person.canvas), "the focus is back on the canvas");

  await colours(stage, person);
  await outline(person);

  // Beyond the last note Tab leaves the canvas: nobody is trapped.
  await keys.press("Escape");
  for (let i = 0; i <= NOTES.length; i++) await keys.press("Tab");
  await person.until("the focus to leave the canvas", async () => !(await isFocused(person.canvas)));
  await person.saved();
}

/** To the properties of a note, two papers tried, and back. */
async function colours(stage, person) {
  const { page, keyboard: keys } = person;
  const pressed = async () => {
    const papers = await page.getByRole("group", { name: "Colour" }).getByRole("button", { pressed: true }).all();
    return Promise.all(papers.map((paper) => paper.getAttribute("aria-label")));
  };
  await keys.press("Tab");
  await keys.press("Alt+Enter");
  for (const paper of ["Green", "White"]) {
    await tabTo(person, page.getByRole("button", { name: paper, exact: true }));
    await keys.press("Enter");
    await person.until(`${paper} to be chosen`, async (saw) => saw(await pressed()).join() === paper);
    assert.ok(await isFocused(page.getByRole("button", { name: paper, exact: true })), "the focus stays on what was chosen");
  }
  await keys.press("Escape");
  assert.ok(await isFocused(person.canvas), "back on the canvas");
  await keys.press("Alt+Enter");
  await tabTo(person, page.getByRole("button", { name: "Delete", exact: true }));
  await keys.press("Enter");
  await person.waitForNotes(NOTES.slice(1));
  await person.until("the focus to be back on the canvas", () => isFocused(person.canvas));
  await keys.press("Control+z");
  await person.waitForNotes(NOTES);
}

/** The outline takes the focus and gives it back. */
async function outline(person) {
  const { page, keyboard: keys } = person;
  await keys.press("o");
  await page.getByRole("complementary", { name: "Outline" }).waitFor();
  await person.until("the outline", () => isFocused(page.getByRole("heading", { name: "Outline" })));
  await tabTo(person, page.getByRole("textbox", { name: "New note: On the canvas" }));
  await keys.type("Harbour master");
  await keys.press("Enter");
  await person.waitForNotes([...NOTES, "Harbour master"]);
  await tabTo(person, page.getByRole("button", { name: "Close the outline" }), "Shift+Tab");
  await keys.press("Enter");
  await person.until("the focus to be back on the canvas", () => isFocused(person.canvas));
  await keys.press("Control+z");
  await person.waitForNotes(NOTES);
}

async function tabTo(person, target, key = "Tab") {
  for (let i = 0; i < TABS_MAX; i++) {
    if (await isFocused(target)) return;
    await person.keyboard.press(key);
  }
  throw new Error(`${target} is not reached by Tab`);
}

async function isFocused(target) {
  return (await target.count()) > 0 && target.evaluate((element) => document.activeElement === element);
}
