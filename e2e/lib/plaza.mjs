// Plaza as people see it: what they read and do, by the names of things on the page.

import assert from "node:assert/strict";
import { exportJson, joinByLink } from "./api.mjs";
import { until } from "./until.mjs";

const OFFLINE = /^Offline(?:: (\d+) changes? kept on this device)?$/;

/** One person's page. */
export class Plaza {
  constructor(person) {
    this.person = person;
    this.page = person.page;
    this.keyboard = person.page.keyboard;
    this.canvas = this.page.getByRole("application", { name: "Canvas" });
    this.text = this.page.getByRole("textbox", { name: "Note text" });
    this.list = this.page.getByRole("list", { name: "Notes in reading order" });
    this.message = this.page.getByTestId("message");
  }

  button(name) {
    return this.page.getByRole("button", { name, exact: true });
  }

  tool(name) {
    return this.page.getByRole("toolbar", { name: "Tools" }).getByRole("button", { name, exact: true });
  }

  // --- Coming in ---

  /** Creates a workshop through the start page; answers its three links. */
  async createWorkshop(base, title) {
    await this.page.goto(base);
    await this.page.getByRole("heading", { name: "Plaza" }).waitFor();
    await this.page.getByRole("textbox", { name: "Workshop title" }).fill(title);
    await this.button("Create workshop").click();
    await this.button("Show the facilitator link").click();
    const link = (role) => this.page.getByRole("textbox", { name: `${role} link` }).inputValue();
    return {
      facilitator: await link("Facilitator"),
      participant: await link("Participant"),
      observer: await link("View-only"),
    };
  }

  /** Joins by a link, and waits for the board. */
  async join(link, name, organisation) {
    await this.page.goto(link);
    await this.fillJoin(name, organisation);
  }

  /** On the join page: says who one is and goes in. */
  async fillJoin(name, organisation) {
    await this.page.getByRole("textbox", { name: "Your name" }).fill(name);
    await this.page.getByRole("textbox", { name: "Organisation" }).fill(organisation);
    await this.button("Join").click();
    await this.page.waitForURL(/\/w\/[^/]+\/c\/[^/]+$/);
    await this.canvas.waitFor();
    await this.saved();
  }

  /** The id of the canvas that is open. */
  canvasId() {
    return new URL(this.page.url()).pathname.split("/")[4];
  }

  async openCanvas(title) {
    await this.switchTo(title);
    await this.saved();
  }

  /** Opens another canvas, connected or not. */
  async switchTo(title) {
    const link = this.page.getByRole("navigation", { name: "Canvases" }).getByRole("link", { name: title, exact: true });
    const href = await link.getAttribute("href");
    await link.click();
    await this.page.waitForURL((url) => url.pathname === href);
    await this.canvas.waitFor();
  }

  // --- What the page says ---

  async savedState() {
    return (await this.page.getByTestId("saved-state").textContent()).trim();
  }

  saved(timeoutMs) {
    return this.until("all changes to be saved", async (saw) => saw(await this.savedState()) === "All changes saved", timeoutMs);
  }

  /** Waits until the page says that it is offline with at least this many changes; returns how many. */
  async offline(least = 1) {
    let changes = 0;
    await this.until(`the page to say it is offline with ${least} changes or more`, async (saw) => {
      const said = saw(await this.savedState()).match(OFFLINE);
      changes = said ? Number(said[1] ?? 0) : -1;
      return changes >= least;
    });
    return changes;
  }

  /** The notes' texts, in reading order. */
  async notes() {
    return (await this.list.getByRole("listitem").allTextContents()).map((text) => text.trim());
  }

  /** Waits until the board has exactly these texts, in any order. */
  async waitForNotes(texts) {
    const wanted = [...texts].sort();
    await this.until(`${wanted.length} notes ${JSON.stringify(wanted)}`, async (saw) => {
      return same(saw((await this.notes()).sort()), wanted);
    });
  }

  /** Waits until a note with this text, or one that matches, is there. */
  waitForNote(text) {
    return this.until(`a note ${text}`, async (saw) => {
      return saw(await this.notes()).find((note) => (text instanceof RegExp ? text.test(note) : note === text));
    });
  }

  /** Waits for a message that matches, for up to so many milliseconds. */
  waitForMessage(pattern, msMax) {
    return this.until(`a message ${pattern}`, async (saw) => {
      return (saw((await this.message.allTextContents()).join(" | ")).match(pattern)) ?? false;
    }, msMax);
  }

  /** The names in the list of people, once there are this many. */
  async people(count) {
    const panel = await this.openPeople(count);
    const rows = await panel.getByRole("listitem").allTextContents();
    await this.keyboard.press("Escape");
    return rows;
  }

  /** Opens the panel of people, once this many are connected. */
  async openPeople(count) {
    await this.button(`${count} ${count === 1 ? "person" : "people"} here`).click();
    const panel = this.page.getByRole("complementary", { name: "People of this workshop" });
    await panel.getByRole("listitem").first().waitFor();
    return panel;
  }

  /** Opens the dialog with all canvases. */
  async openCanvases() {
    await this.button("All canvases").click();
    const dialog = this.page.getByRole("dialog", { name: "Canvases" });
    await dialog.getByRole("listitem").first().waitFor();
    return dialog;
  }

  /** The titles of the canvases, as the header has them. */
  async canvases() {
    return this.page.getByRole("navigation", { name: "Canvases" }).getByRole("link").allTextContents();
  }

  /** Waits until the header has these canvases, in this order. */
  waitForCanvases(titles) {
    return this.until(`the canvases ${titles}`, async (saw) => same(saw(await this.canvases()), titles));
  }

  /** Waits until the service worker can open the page without the server. */
  opensOffline() {
    return this.page.evaluate(async () => {
      await navigator.serviceWorker.ready;
    });
  }

  // --- Writing ---

  /** Puts the pointer at a place of the board, in parts of its width and height. */
  async pointAt(x, y) {
    const box = await this.canvas.boundingBox();
    await this.page.mouse.move(box.x + box.width * x, box.y + box.height * y, { steps: 2 });
  }

  /** The whole canvas, a little smaller: the same view for everybody, and one that stays. */
  async sameView() {
    await this.button("Zoom to fit").click();
    for (let i = 0; i < 2; i++) await this.button("Zoom out").click();
  }

  /** Begins a note where the pointer is. */
  async newNote() {
    await this.canvas.focus();
    await this.keyboard.press("n");
    await this.until("an empty text box", async () => (await this.text.inputValue()) === "" && this.isWriting());
  }

  isWriting() {
    return this.text.evaluate((box) => document.activeElement === box);
  }

  /** Writes a row of notes from a place of the board, the next with Tab. */
  async writeNotes(texts, at) {
    await this.pointAt(...at);
    await this.newNote();
    for (const [i, text] of texts.entries()) {
      if (i > 0) await this.nextNote("Tab");
      await this.insert(text);
    }
    await this.endWriting();
  }

  /** From a note that is being written to the next. */
  async nextNote(key) {
    await this.keyboard.press(key);
    await this.until("the next note's text box", async (saw) => saw(await this.text.inputValue()) === "" && this.isWriting());
  }

  /** Types word by word, as fast as an input method would. */
  async insert(text) {
    for (const word of text.match(/\s*\S+/g) ?? []) await this.keyboard.insertText(word);
  }

  /** Leaves the text, and the selection. */
  async endWriting() {
    await this.keyboard.press("Escape");
    await this.text.waitFor({ state: "hidden" });
    await this.keyboard.press("Escape");
  }

  /** Opens a note for writing by walking to it with Tab. */
  async openNote(text) {
    await this.waitForNote(text);
    const place = (await this.notes()).indexOf(text);
    await this.canvas.focus();
    await this.keyboard.press("Escape");
    for (let i = 0; i <= place; i++) await this.keyboard.press("Tab");
    await this.keyboard.press("Enter");
    await this.until(`the text box with "${text}"`, async (saw) => saw(await this.text.inputValue()) === text && this.isWriting());
  }

  /** Pastes by the clipboard. */
  async paste(text) {
    await this.person.context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await this.canvas.focus();
    await this.page.evaluate((text) => navigator.clipboard.writeText(text), text);
    await this.keyboard.press("Control+v");
  }

  until(what, condition, timeoutMs) {
    return until(`${this.person.label}: ${what}`, async (saw) => condition((value) => (saw(value), value)), timeoutMs);
  }
}

/** Waits until everybody's board says the same as the server's export; answers the texts. */
export async function sameBoards(base, link, people) {
  const canvas = people[0].canvasId();
  const { token } = await joinByLink(link, "Checker");
  let lists;
  await until("identical boards", async (saw) => {
    const exported = (await exportJson(base, token, canvas)).objects.map((object) => object.text).sort();
    lists = await Promise.all(people.map((person) => person.notes()));
    saw({ exported, lists });
    return lists.every((list) => same(list, lists[0])) && same([...lists[0]].sort(), exported);
  });
  return lists[0];
}

function same(a, b) {
  return a.length === b.length && a.every((text, i) => text === b[i]);
}

/** Asserts that everything of `some` is in `all`. */
export function includesAll(all, some) {
  for (const text of some) assert.ok(all.includes(text), `"${text}" is missing from ${JSON.stringify(all)}`);
}
