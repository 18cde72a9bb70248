// What a journey is played on: a server, a browser, the people in it.

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { launch, openPerson, openTab } from "./browser.mjs";
import { Plaza } from "./plaza.mjs";
import { Proxy } from "./proxy.mjs";
import { ROOT, Server } from "./server.mjs";

export const OUT = join(ROOT, "e2e/out");

export class Stage {
  static async open() {
    const stage = new Stage();
    stage.people = [];
    stage.proxies = [];
    stage.server = await Server.start();
    stage.browser = await launch();
    return stage;
  }

  /** A person with a browser of their own. `options` are those of a browser context. */
  async person(label, options) {
    const person = await openPerson(this.browser, label, options);
    this.people.push(person);
    person.plaza = new Plaza(person);
    return person.plaza;
  }

  /** Another tab in somebody's browser. */
  async tab(person, label) {
    const tab = await openTab(person.person, label);
    this.people.push(tab);
    tab.plaza = new Plaza(tab);
    return tab.plaza;
  }

  /** A network of its own for one person. */
  async network() {
    const proxy = await Proxy.start(this.server.port);
    this.proxies.push(proxy);
    return proxy;
  }

  /** A facilitator who has created a workshop and joined it. */
  async facilitator(title, name = "Amara Okafor", organisation = "Innovation") {
    const facilitator = await this.person("facilitator");
    const links = await facilitator.createWorkshop(this.server.url, title);
    await facilitator.page.getByRole("link", { name: "Open the workshop" }).click();
    await facilitator.fillJoin(name, organisation);
    return { facilitator, links };
  }

  /** From here on pages may complain that the server is out of reach. */
  expectNetworkErrors(people = this.people) {
    for (const person of people) person.mayLoseNetwork = true;
  }

  /** From here on pages may complain that the server refuses what they ask for. */
  expectRefusals(people = this.people) {
    for (const person of people) person.mayBeRefused = true;
  }

  /** Fails if a page complained. */
  checkProblems() {
    const problems = this.people.flatMap((person) => person.problems);
    if (problems.length > 0) throw new Error(`the pages complained:\n  ${problems.join("\n  ")}`);
  }

  async screenshots(name) {
    await mkdir(OUT, { recursive: true });
    const shots = this.people.map(async ({ label, page }) => {
      const path = join(OUT, `${name}-${label}.png`);
      await page.screenshot({ path, timeout: 5_000 }).catch(() => {});
    });
    await Promise.all(shots);
  }

  async close() {
    await this.browser?.close();
    await Promise.all(this.proxies.map((proxy) => proxy.stop()));
    await this.server?.stop();
  }
}
