// A picture pasted, one dropped, one chosen as a file: everybody sees them, after a reload
// too. SVG is refused in words; a photo too large for the server is made smaller.

import { boardPixels } from "../lib/board.mjs";

export default async function pictures(stage) {
  const { facilitator, links } = await stage.facilitator("Pictures");
  const reader = await stage.person("reader");
  await reader.join(links.participant, "Ines", "Parks");
  const { page } = facilitator;
  // From the start: the browser is told in its own time that choosers are answered here.
  page.on("filechooser", () => {});

  await hand(facilitator, "paste", { type: "image/png", name: "image.png", color: "#ff00aa", side: 64 });
  await seen(facilitator, [255, 0, 170]);
  await hand(facilitator, "drop", { type: "image/webp", name: "Harbour plan.webp", color: "#00aaff", side: 300 });
  await seen(facilitator, [0, 170, 255]);
  await facilitator.canvas.focus();
  const choosing = page.waitForEvent("filechooser");
  await facilitator.keyboard.press("i");
  const png = await page.evaluate(drawn, { type: "image/png", color: "#22cc44", side: 120 });
  await (await choosing).setFiles({ name: "Tide.png", mimeType: "image/png", buffer: Buffer.from(png) });
  await seen(facilitator, [34, 204, 68]);

  const names = ["picture", "picture, Harbour plan", "picture, Tide"];
  await reader.waitForNotes(names);
  for (const color of [[255, 0, 170], [0, 170, 255], [34, 204, 68]]) await seen(reader, color);
  await reader.page.reload();
  await reader.waitForNotes(names);
  await seen(reader, [34, 204, 68]);

  // One undo step each.
  await facilitator.canvas.focus();
  await facilitator.keyboard.press("Control+z");
  await reader.waitForNotes(names.slice(0, 2));

  await hand(facilitator, "drop", { type: "image/svg+xml", name: "plan.svg", text: "<svg xmlns='http://www.w3.org/2000/svg'/>" });
  await facilitator.waitForMessage(/SVG and other files cannot be added/);
  // Noise does not compress: as it is it would be refused.
  await hand(facilitator, "drop", { type: "image/png", name: "Noise.png", noise: true, side: 1_600 });
  await reader.waitForNotes([...names.slice(0, 2), "picture, Noise"]);
  await intoAnotherWorkshop(stage, facilitator);
}

/** What is copied here and pasted in another workshop of the same person shows its pictures there. */
async function intoAnotherWorkshop(stage, person) {
  await person.person.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await person.canvas.focus();
  await person.keyboard.press("Control+a");
  await person.keyboard.press("Control+c");
  const links = await person.createWorkshop(stage.server.url, "Pictures, second round");
  await person.page.goto(links.facilitator);
  await person.fillJoin("Amara Okafor", "Innovation");
  await person.canvas.focus();
  await person.keyboard.press("Control+v");
  for (const color of [[255, 0, 170], [0, 170, 255]]) await seen(person, color);
  const reader = await stage.person("second reader");
  await reader.join(links.participant, "Jo", "Parks");
  await seen(reader, [255, 0, 170]);
}

/** Gives the page a file by paste or drop, as a browser would. */
async function hand(person, how, what) {
  await person.canvas.focus();
  await person.page.evaluate(`window.drawn ??= ${drawn}`);
  await person.page.evaluate(
    async ({ how, what }) => {
      const stage = document.getElementById("stage");
      const bytes = what.text ? new TextEncoder().encode(what.text) : new Uint8Array(await window.drawn(what));
      const data = new DataTransfer();
      data.items.add(new File([bytes], what.name, { type: what.type }));
      const box = stage.getBoundingClientRect();
      const init = { bubbles: true, cancelable: true, clientX: box.x + 300, clientY: box.y + 250 };
      const event =
        how === "paste"
          ? new ClipboardEvent("paste", { ...init, clipboardData: data })
          : new DragEvent("drop", { ...init, dataTransfer: data });
      stage.dispatchEvent(event);
    },
    { how, what },
  );
}

/** In the page: the bytes of a picture. */
async function drawn({ type, color, side, noise }) {
  const canvas = Object.assign(document.createElement("canvas"), { width: side, height: side });
  const context = canvas.getContext("2d");
  context.fillStyle = color ?? "#000000";
  context.fillRect(0, 0, side, side);
  if (noise) {
    const pixels = context.getImageData(0, 0, side, side);
    const random = new Uint8Array(65_536);
    for (let at = 0; at < pixels.data.length; at += random.length) {
      crypto.getRandomValues(random);
      pixels.data.set(random.subarray(0, pixels.data.length - at), at);
    }
    context.putImageData(pixels, 0, 0);
  }
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, type));
  return [...new Uint8Array(await blob.arrayBuffer())];
}

/** Waits until the board shows a colour, give or take what compression does. */
async function seen(person, color) {
  await person.until(`the colour ${color} on the board`, async () => {
    const pixels = await person.page.evaluateHandle(boardPixels);
    return person.page.evaluate(({ pixels: { data }, color }) => {
      for (let at = 0; at < data.length; at += 4) {
        if (color.every((channel, i) => Math.abs(data[at + i] - channel) < 12)) return true;
      }
      return false;
    }, { pixels, color });
  });
}
