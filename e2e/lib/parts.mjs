// The parts of the client that are loaded when they are first opened.

/** The lazy parts: how each is opened, and what shows that it is there. */
export const OPENED = {
  outline: [(person) => person.keyboard.press("o"), (page) => page.getByRole("complementary", { name: "Outline" })],
  help: [(person) => person.keyboard.press("?"), (page) => page.getByRole("heading", { name: "Preferences" })],
  palette: [(person) => person.keyboard.press("Control+k"), (page) => page.getByRole("listbox", { name: "Actions" })],
  find: [(person) => person.keyboard.press("Control+f"), (page) => page.getByRole("search")],
  dialogs: [(person) => person.button("Share").click(), (page) => page.getByRole("textbox", { name: "Participant link" })],
  people: [(person) => person.page.getByRole("button", { name: /^\d+ (person|people) here$/ }).click(), (page) => page.getByRole("complementary", { name: "People of this workshop" })],
  canvases: [(person) => person.button("All canvases").click(), (page) => page.getByRole("heading", { name: "Add a canvas" })],
};

/**
 * Parts that are pages of their own, what the start page shows once a workshop is created, and what only
 * somebody sees who was removed.
 */
export const PAGES = ["start", "join", "canvas", "created", "removed"];

/** Closes what is open by Escape; the focus is back where it was. */
export async function closed(person, shown) {
  const { page } = person;
  const hasFocus = (selector) => page.evaluate((selector) => document.activeElement.closest(selector) !== null, selector);
  await person.until("the focus inside", () => hasFocus("[role=dialog], [role=search], aside"));
  await person.keyboard.press("Escape");
  await shown(page).waitFor({ state: "detached" });
  await person.until("the focus to return", () => hasFocus("#stage, header button"));
}

/** Each part's files, by the server's own list. */
export async function partsOf(base) {
  return (await (await fetch(`${base}/build.json`)).json()).parts;
}

/** The files that a lazy part brings beyond the canvas's. */
export function filesOf(part, parts) {
  return parts[part].filter((file) => !parts.canvas.includes(file)).toReversed();
}
