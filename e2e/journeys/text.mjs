// Japanese through an input method, Arabic from right to left, emoji of several parts.

import assert from "node:assert/strict";

const JAPANESE = "駐車場データ";
const ARABIC = "من يملك بيانات الحافلات؟";
const EMOJI = "Bikes 🚲 and families 👩‍👩‍👧‍👦 🇯🇵 é";

export default async function text(stage) {
  const { facilitator, links } = await stage.facilitator("Text");
  const reader = await stage.person("reader");
  await reader.join(links.participant, "Mei Tanaka", "Waste services");

  await facilitator.pointAt(0.2, 0.3);
  await facilitator.newNote();
  await compose(facilitator, ["ちゅ", "ちゅうしゃじょう", "駐車場"], "駐車場");
  await compose(facilitator, ["でーた", "データ"], "データ");
  assert.equal(await facilitator.text.inputValue(), JAPANESE);
  await facilitator.endWriting();
  await reader.waitForNotes([JAPANESE]);

  await facilitator.pointAt(0.5, 0.3);
  await facilitator.newNote();
  await facilitator.insert(ARABIC);
  const direction = await facilitator.text.evaluate((box) => getComputedStyle(box).direction);
  assert.equal(direction, "rtl", "the text box follows its text");
  await facilitator.endWriting();

  await facilitator.pointAt(0.8, 0.3);
  await facilitator.newNote();
  await facilitator.insert(EMOJI);
  await facilitator.keyboard.type("x");
  await facilitator.keyboard.press("Backspace");
  await facilitator.endWriting();

  const all = [JAPANESE, ARABIC, EMOJI];
  await facilitator.waitForNotes(all);
  await reader.waitForNotes(all);
  await facilitator.saved();
  await facilitator.page.reload();
  await facilitator.canvas.waitFor();
  await facilitator.waitForNotes(all);
  await findsWhateverItsMarks(facilitator);
}

/** A search does not mind case, accents and vowel marks, nor their absence. */
async function findsWhateverItsMarks(person) {
  for (const [words, text] of [["É bIKES", EMOJI], ["بَيانات", ARABIC], ["駐車場", JAPANESE]]) {
    await person.canvas.focus();
    await person.keyboard.press("Escape");
    await person.keyboard.press("Control+f");
    await person.page.getByRole("searchbox").fill(words);
    await person.keyboard.press("Enter");
    await person.keyboard.press("Escape");
    await person.keyboard.press("Enter");
    await person.until(`${words} to be found`, async (saw) => saw(await person.text.inputValue()) === text);
    await person.endWriting();
  }
}

/** Types through an input method: candidates come and go, then one is committed. */
async function compose(person, candidates, committed) {
  const cdp = await person.person.context.newCDPSession(person.page);
  for (const text of candidates) {
    await cdp.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
  }
  await cdp.send("Input.insertText", { text: committed });
  await cdp.detach();
}
