// A pen draws, and while it is in use fingers move the view.

import { fingersOf } from "../lib/fingers.mjs";

export default async function pen(stage) {
  const { facilitator, links } = await stage.facilitator("Sketches");
  const reader = await stage.person("reader");
  await reader.join(links.participant, "Ines", "Parks");
  const tablet = await stage.person("tablet", { hasTouch: true });
  await tablet.join(links.participant, "Noor Haddad", "Transport");
  const board = await tablet.canvas.boundingBox();
  const cdp = await tablet.person.context.newCDPSession(tablet.page);
  const fingers = await fingersOf(tablet);
  const at = (x, y) => ({ x: board.x + x, y: board.y + y });
  const mouse = (type, point, force) =>
    cdp.send("Input.dispatchMouseEvent", { type, ...point, button: "left", buttons: 1, clickCount: 1, pointerType: "pen", force });
  const stroke = async (x, y) => {
    await mouse("mousePressed", at(x, y), 0.3);
    for (let i = 1; i <= 12; i++) await mouse("mouseMoved", at(x + i * 12, y + Math.sin(i / 2) * 30), 0.3 + i / 20);
    await mouse("mouseReleased", at(x + 144, y), 0);
  };

  await tablet.tool("Pen").tap();
  await stroke(300, 250);
  await facilitator.waitForNotes(["drawing"]);
  // The palm, and then a finger: neither draws.
  await fingers.drag(at(500, 500), at(640, 420));
  await stroke(300, 450);
  for (const person of [facilitator, reader, tablet]) await person.waitForNotes(["drawing", "drawing"]);

  await tablet.canvas.focus();
  await tablet.keyboard.press("Control+z");
  await reader.waitForNotes(["drawing"]);
}
