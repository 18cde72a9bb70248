// The JSON API and a stock Yjs client, as a script would use them.

import { WebSocket } from "ws";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";

const FENCE = 100;

async function call(url, { token, body } = {}) {
  const headers = { "content-type": "application/json" };
  if (token) headers.authorization = `Bearer ${token}`;
  const answer = await fetch(url, body ? { method: "POST", headers, body: JSON.stringify(body) } : { headers });
  const json = await answer.json();
  if (!answer.ok) throw new Error(`${answer.status} ${url}: ${json.code}`);
  return json;
}

export function createWorkshop(base, title) {
  return call(`${base}/api/workshops`, { body: { title } });
}

/** Joins by a link; answers a session token, the participant and the workshop. */
export function joinByLink(link, name, organisation = "Data office") {
  const { origin, pathname, hash } = new URL(link);
  const body = { workshop: pathname.split("/")[2], key: new URLSearchParams(hash.slice(1)).get("k"), name, organisation, token: true };
  return call(`${origin}/api/join`, { body });
}

export function exportJson(base, token, canvas) {
  return call(`${base}/api/canvases/${canvas}/export.json`, { token });
}

/** A stock y-websocket client on a canvas, in step with the server. */
export async function openYjs(base, token, canvas) {
  const doc = new Y.Doc();
  const provider = new WebsocketProvider(`${base.replace("http", "ws")}/sync`, canvas, doc, {
    params: { token },
    WebSocketPolyfill: WebSocket,
    disableBc: true,
  });
  // Stored-fences are Plaza's own message; a stock client never sees one unless it asks.
  const fences = new Map();
  provider.messageHandlers[FENCE] = (_encoder, decoder) => {
    const bytes = decoder.arr.subarray(decoder.pos);
    const number = bytes.reduce((sum, byte, i) => sum + (byte & 127) * 2 ** (7 * i), 0);
    fences.get(number)?.();
    fences.delete(number);
  };
  let last = 0;
  const client = {
    doc,
    provider,
    objects: doc.getMap("objects"),
    /** Resolves when the server has stored everything sent so far. */
    stored() {
      const number = ++last;
      const done = new Promise((resolve) => fences.set(number, resolve));
      provider.ws.send(Uint8Array.from([FENCE, ...varuint(number)]));
      return done;
    },
    close() {
      provider.destroy();
      doc.destroy();
    },
  };
  await new Promise((resolve, reject) => {
    provider.once("sync", resolve);
    provider.once("connection-error", () => reject(new Error("the Yjs client could not connect")));
  });
  return client;
}

/** A note as the schema wants it, for a Yjs client to put into `objects`. */
export function note({ text, x, y, z, author, color = "butter" }) {
  return new Y.Map(
    Object.entries({ kind: "sticky_note", pos: [x, y], z, author, color, text: new Y.Text(text) }),
  );
}

function varuint(number) {
  const bytes = [];
  while (number > 127) {
    bytes.push((number % 128) | 128);
    number = Math.floor(number / 128);
  }
  return [...bytes, number];
}
