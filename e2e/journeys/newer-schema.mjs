// A page that meets a document newer than itself does not write it, says so, keeps what was
// written offline, and offers a reload, after which everything is delivered.

const OLD = Buffer.from('"schema":1');
const NEW = Buffer.from('"schema":9');

export default async function newerSchema(stage) {
  const { facilitator, links } = await stage.facilitator("Parking data");
  const mei = await stage.person("mei");
  // To Mei's page the documents become newer in the middle: the server says so in its hello.
  let isNewer = false;
  await mei.page.routeWebSocket(/\/sync\//, (socket) => {
    const server = socket.connectToServer();
    server.onMessage((message) => {
      const bytes = Buffer.from(message);
      const at = isNewer ? bytes.indexOf(OLD) : -1;
      if (at >= 0) NEW.copy(bytes, at);
      socket.send(bytes);
    });
  });
  await mei.join(links.participant, "Mei Tanaka", "Waste services");
  await mei.opensOffline();
  stage.expectNetworkErrors();
  await stage.server.kill9();
  await mei.offline(0);
  await mei.writeNotes(["Written offline"], [0.3, 0.4]);
  await mei.offline(1);

  isNewer = true;
  await stage.server.run();
  await mei.until("the page to say that it is too old", async (saw) => {
    return saw(await mei.savedState()) === "This page is out of date. Reload to edit. 1 change kept on this device";
  }, 40_000);
  await facilitator.saved(40_000);
  // One document may say so a moment before this canvas does.
  await mei.until("nothing to write with", async (saw) => saw(await mei.tool("Note").count()) === 0);
  // Others go on, and what they write arrives; hers stays here.
  await facilitator.writeNotes(["Written by others"], [0.6, 0.4]);
  await mei.waitForNotes(["Written offline", "Written by others"]);
  await facilitator.waitForNotes(["Written by others"]);

  isNewer = false;
  await mei.button("Reload").click();
  await mei.canvas.waitFor();
  await mei.saved(40_000);
  await facilitator.waitForNotes(["Written offline", "Written by others"]);
}
