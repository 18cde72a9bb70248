// Chromium, one context per person, and everything that goes wrong in their pages.

import { chromium } from "playwright-core";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // A page in the background is a person who is looking at it.
  "--disable-background-timer-throttling",
  "--disable-backgrounding-occluded-windows",
  "--disable-renderer-backgrounding",
];
const REFUSED = /status of 40[0-9]/;
const NETWORK_ERROR = /net::ERR_|WebSocket connection to .* failed|Failed to fetch|status of 50[234]/;
export const DESKTOP = { width: 1280, height: 800 };
export const PHONE = { width: 390, height: 844 };

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: FLAGS,
    headless: process.env.HEADED === undefined,
  });
}

/** A person's browser: an own context with one page. */
export async function openPerson(browser, label, options = {}) {
  const context = await browser.newContext({ viewport: DESKTOP, ...options });
  await context.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => {
      console.error(`CSP violation: ${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  context.setDefaultTimeout(15_000);
  return openTab({ context }, label);
}

/** A further page in somebody's browser. */
export async function openTab({ context }, label) {
  const page = await context.newPage();
  const person = { label, context, page, problems: [], mayLoseNetwork: false, mayBeRefused: false };
  const note = (text, where) => {
    if (person.mayLoseNetwork && NETWORK_ERROR.test(text)) return;
    if (person.mayBeRefused && REFUSED.test(text)) return;
    person.problems.push(`${label}: ${text}${where ? ` (${where})` : ""}`);
  };
  page.on("console", (message) => {
    if (message.type() === "error") note(message.text(), message.location().url);
  });
  page.on("pageerror", (error) => note(`uncaught: ${error.message}`));
  page.on("crash", () => note("the page crashed"));
  return person;
}
