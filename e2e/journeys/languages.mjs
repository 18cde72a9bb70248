// The first journey in German, in a longer pseudo-language and in one that runs from right to left: nothing is
// cut or covered on a desk, a tablet and a phone, nothing is left in English, and German is there offline.

import assert from "node:assert/strict";
import { DESKTOP, PHONE } from "../lib/browser.mjs";
import { covered, cutTexts, untranslated } from "../lib/reading.mjs";

// The desk last: what comes next is done there.
const SIZES = [PHONE, { width: 768, height: 1024 }, { width: 1024, height: 768 }, DESKTOP];
const LANGUAGES = [
  { code: "de", direction: "ltr", options: { locale: "de-DE" } },
  { code: "en-XA", direction: "ltr", query: "?lang=en-XA", pseudo: /\[!!/ },
  { code: "ar-XB", direction: "rtl", query: "?lang=ar-XB", pseudo: /[\u202e\u2067]/ },
];

export default async function languages(stage) {
  for (const language of LANGUAGES) await firstJourney(stage, language);
}

async function firstJourney(stage, { code, direction, options, query = "", pseudo }) {
  const person = await stage.person(code, options);
  const { page } = person;
  const seen = async (what) => {
    for (const size of SIZES) {
      await page.setViewportSize(size);
      const where = `${code}, ${what}, ${size.width} by ${size.height}`;
      assert.deepEqual(await cutTexts(page), [], where);
      assert.deepEqual(await covered(page), [], where);
    }
    if (pseudo) assert.deepEqual(await untranslated(page, pseudo), [], `${code}, ${what}`);
  };
  await page.goto(`${stage.server.url}/${query}`);
  await page.locator(`html[lang^="${code.split("-")[0]}"][dir="${direction}"]`).waitFor();
  await page.locator("#title").fill("Parkdaten");
  await seen("start page");
  await page.locator("form button.primary").click();
  await page.locator(".links").waitFor();
  await seen("links");
  await page.locator("a.button.primary").click();
  await page.locator("#name").fill("Ömer Groß");
  await page.locator("#organisation").fill("Straßenverkehrsamt");
  await seen("join page");
  await page.locator("form button.primary").click();
  await page.locator("#stage").waitFor();
  await page.locator(".saved-state.ok").waitFor();
  await seen("canvas");
  await page.locator("#stage").focus();
  await page.keyboard.press("n");
  await page.locator(".note-text").waitFor({ state: "visible" });
  await page.keyboard.type("Bewohnerparken");
  await page.keyboard.press("Escape");
  await page.locator(".saved-state.ok").waitFor();
  await seen("a note selected");
  for (const [what, open, shown] of [
    ["help", () => page.keyboard.press("?"), ".dialog"],
    ["outline", () => page.keyboard.press("o"), "aside.outline"],
    ["find", () => page.keyboard.press("Control+f"), ".find"],
    ["people", () => page.locator(".people-button").click(), "aside.people-panel"],
    ["change of oneself", () => page.locator(".people-button").click().then(() => page.locator(".person-more").click()), ".person-change"],
    ["canvases", () => page.locator(".bar-button").nth(0).click(), ".dialog .canvases"],
    ["share", () => page.locator(".bar-button:has(.wide)").click(), ".dialog .links"],
  ]) {
    await page.locator("#stage").focus();
    await page.keyboard.press("Escape");
    await open();
    await page.locator(shown).first().waitFor();
    await seen(what);
    await page.keyboard.press("Escape");
    await page.locator(shown).first().waitFor({ state: "detached" });
  }
  if (code !== "de") return;
  // Kept for offline use.
  await person.opensOffline();
  stage.expectNetworkErrors([person.person]);
  await stage.server.kill9();
  await page.reload();
  await page.locator('html[lang^="de"]').waitFor();
  await page.locator(".saved-state.away").waitFor();
  assert.match(await page.locator(".saved-state").textContent(), /Offline/);
  await stage.server.run();
}
