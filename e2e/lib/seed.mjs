// A board for the benchmark: notes in a square field, connectors among them.

import * as Y from "yjs";
import { joinByLink, note, openYjs } from "./api.mjs";
import { DATASETS, GAPS, LIMITATIONS } from "./statements.mjs";

/** From one note to the next, in board units. */
export const PITCH = 220;
const NOTES_PER_TRANSACTION = 400;
const NOTES_PER_CONNECTOR = 5;
const BYTES_PER_SEC = 480 * 1024; // the server takes 512 KiB each second
/** What is written on the notes, by turns. */
export const TEXTS = [...DATASETS, ...GAPS, ...LIMITATIONS];
/** Their papers, by turns. */
export const COLORS = ["butter", "peach", "rose", "lilac", "sky", "mint", "chalk"];
const COURSES = ["straight", "curved", "elbow"];

/** Notes in a square field, in transactions that the server's limits let through. */
export async function seed(base, workshop, canvas, size) {
  const { token, participant } = await joinByLink(workshop.links.participant, "Seed");
  const client = await openYjs(base, token, canvas);
  const columns = Math.ceil(Math.sqrt(size));
  let due = performance.now();
  let bytes = 0;
  client.doc.on("update", (update) => (bytes = update.length));
  for (let from = 0; from < size; from += NOTES_PER_TRANSACTION) {
    client.doc.transact(() => {
      for (let i = from; i < Math.min(from + NOTES_PER_TRANSACTION, size); i++) {
        const place = { x: (i % columns) * PITCH, y: Math.floor(i / columns) * PITCH, z: i };
        const look = { text: `${TEXTS[i % TEXTS.length]} (${i})`, color: COLORS[i % COLORS.length] };
        client.objects.set(`bench-${i}`, note({ ...place, ...look, author: participant.id }));
        if (i % NOTES_PER_CONNECTOR === NOTES_PER_CONNECTOR - 1) {
          client.objects.set(`line-${i}`, connector(ends(i, columns), participant.id));
        }
      }
    });
    due = Math.max(due, performance.now()) + (bytes / BYTES_PER_SEC) * 1000;
    await client.stored();
    await new Promise((resolve) => setTimeout(resolve, due - performance.now()));
  }
  client.close();
}

/** From a note to one before it, by turns in the same row, above and farther away. */
function ends(i, columns) {
  const back = [1, columns, columns + 2, 3][(i / NOTES_PER_CONNECTOR) % 4 | 0];
  return { from: `bench-${i}`, to: `bench-${Math.max(0, i - back)}`, course: COURSES[i % 3] };
}

function connector({ from, to, course }, author) {
  const label = new Y.Text(course === "elbow" ? "feeds" : "");
  return new Y.Map(Object.entries({ kind: "connector", pos: [0, 0], z: 0, author, from, to, course, text: label }));
}
