// A stock y-websocket client and the page write in the same notes.

import assert from "node:assert/strict";
import { joinByLink, note, openYjs } from "../lib/api.mjs";
import { until } from "../lib/until.mjs";

export default async function interop(stage) {
  const { facilitator, links } = await stage.facilitator("Scripts are welcome");
  await facilitator.writeNotes(["Cycle counters"], [0.3, 0.3]);
  await facilitator.saved();
  const { token, participant } = await joinByLink(links.participant, "Script", "Data office");
  const script = await openYjs(stage.server.url, token, facilitator.canvasId());

  const texts = () => [...script.objects.values()].map((object) => object.get("text").toString());
  assert.deepEqual(texts(), ["Cycle counters"]);
  const [object] = script.objects.values();
  object.get("text").insert(0, "Owner? ");
  await facilitator.waitForNotes(["Owner? Cycle counters"]);

  script.objects.set("from-a-script", note({ text: "Imported: bus stops", x: 400, y: 400, z: 100, author: participant.id, color: "sky" }));
  await facilitator.waitForNotes(["Owner? Cycle counters", "Imported: bus stops"]);

  await facilitator.openNote("Imported: bus stops");
  await facilitator.insert(", 412 of them");
  await until("the page's words to reach the script", async (saw) => {
    saw(texts());
    return script.objects.get("from-a-script").get("text").toString() === "Imported: bus stops, 412 of them";
  });
  // While the page has the note open, the script writes in front of it.
  script.objects.get("from-a-script").get("text").insert(0, "2025: ");
  await facilitator.until("the script's words in the text box", async (saw) => {
    return saw(await facilitator.text.inputValue()) === "2025: Imported: bus stops, 412 of them";
  });
  await facilitator.insert(" (open)");
  await facilitator.endWriting();
  await facilitator.waitForNotes(["Owner? Cycle counters", "2025: Imported: bus stops, 412 of them (open)"]);

  script.objects.delete("from-a-script");
  await facilitator.waitForNotes(["Owner? Cycle counters"]);
  await facilitator.saved();
  script.close();
}
