// Boards that show every kind of object, and connectors where they are hard to draw.

import * as Y from "yjs";
import { joinByLink, openYjs } from "./api.mjs";

const SHAPES = ["rectangle", "rounded", "ellipse", "diamond", "hexagon", "pill", "document", "person"];
const PAPERS = ["butter", "peach", "rose", "lilac", "sky", "mint", "chalk"];
const STAMPS = ["👍", "❤️", "❓", "💡", "⚠️", "⭐", "✅", "🎉"];

/** Every kind of object, each in its styles. */
export function kinds() {
  const objects = {};
  PAPERS.forEach((color, i) => {
    objects[`note-${color}`] = { kind: "sticky_note", pos: [i * 220, 0], color, text: ["Who updates this?", "Bin routes", "Straßenbäume, Łódź", "من يملك بيانات الحافلات؟", "Sensors on lamp posts", "Trees", "Ask the harbour master"][i] };
  });
  SHAPES.forEach((shape, i) => {
    const pos = [(i % 8) * 192, 250];
    objects[`shape-${shape}`] = { kind: "shape", pos, size: [172, 110], shape, color: PAPERS[(i + 3) % 7], text: shape };
  });
  STAMPS.forEach((emoji, i) => {
    objects[`stamp-${i}`] = { kind: "stamp", pos: [i * 72, 400], emoji };
  });
  objects.title = { kind: "text", pos: [640, 395], text_size: "large", text: "Harbour data map" };
  objects.frame = { kind: "frame", pos: [0, 500], size: [640, 330], color: "sky", text: "What we know" };
  objects.rich = {
    kind: "sticky_note",
    pos: [30, 560],
    color: "mint",
    text: [
      ["Ask first", { b: true }],
      ["\n• tide tables\n• berths\n", {}],
      ["before June", { i: true }],
    ],
  };
  objects.link = { kind: "sticky_note", pos: [250, 560], color: "chalk", text: "See https://data.example.org/tides" };
  objects.framed = { kind: "shape", pos: [470, 590], size: [140, 90], shape: "ellipse", color: "butter", text: "Tides" };
  objects.future = { kind: "poll", pos: [700, 520], size: [200, 120], text: "" };
  objects.turned = { kind: "shape", pos: [960, 530], size: [180, 100], angle: 20, color: "peach", text: "turned" };
  objects.locked = { kind: "sticky_note", pos: [1_240, 500], color: "lilac", locked: true, text: "locked" };
  return objects;
}

/** Connectors: parallel, opposite, looped, crowded, in every course, with every head. */
export function connectors() {
  const objects = {};
  const box = (id, x, y, text, more = {}) => {
    objects[id] = { kind: "shape", pos: [x, y], size: [150, 80], shape: "rounded", color: "sky", text, ...more };
  };
  let n = 0;
  const line = (from, to, more = {}) => {
    objects[`line-${n++}`] = { kind: "connector", pos: [0, 0], z: 900 + n, from, to, text: "", ...more };
  };
  box("a", 0, 0, "Waste services");
  box("b", 420, 0, "Contractor");
  ["straight", "straight", "straight"].forEach((course, i) => line("a", "b", { course, text: ["routes", "weights", "invoices"][i] }));
  line("b", "a", { dash: "dashed", text: "complaints" });
  line("a", "a", { text: "checks" });
  line("b", "b");
  box("c", 700, -60, "Sensors", { shape: "ellipse" });
  box("d", 1_060, 90, "Dashboard", { shape: "document" });
  line("c", "d", { course: "curved", text: "every 5 minutes" });
  line("d", "c", { course: "curved", dash: "dotted" });
  line("c", "d", { course: "elbow", end_head: "diamond" });
  box("hub", 420, 400, "Open data portal", { shape: "hexagon", color: "mint" });
  const around = ["Parking", "Trees", "Trams", "Schools", "Budget", "Air", "Ferries", "Works"];
  around.forEach((text, i) => {
    const angle = (i / around.length) * 2 * Math.PI;
    box(`r${i}`, 420 + Math.cos(angle) * 400, 400 + Math.sin(angle) * 190, text);
    const course = ["straight", "curved", "elbow"][i % 3];
    const end_head = ["arrow", "triangle", "diamond", "circle", "bar", "none"][i % 6];
    line(`r${i}`, "hub", { course, end_head, text: i % 2 ? "feeds" : "" });
  });
  line("r0", "r7", { course: "elbow", text: "permits" });
  line("r3", "r5", { course: "elbow" });
  box("near1", 1_020, 330, "Near");
  box("near2", 1_185, 330, "nearer");
  line("near1", "near2");
  box("over1", 1_020, 480, "Over");
  box("over2", 1_110, 520, "lapping");
  line("over1", "over2", { course: "curved" });
  box("far", 1_020, 640, "Straight down");
  line("near1", "far", { course: "elbow", text: "long label on an elbow" });
  return objects;
}

/** Puts objects on a canvas. */
export async function put(base, workshop, link, canvas, objects) {
  const { token, participant } = await joinByLink(link, "Gallery");
  const client = await openYjs(base, token, canvas);
  client.doc.transact(() => {
    Object.entries(objects).forEach(([id, { text, ...fields }], i) => {
      const words = new Y.Text();
      client.objects.set(id, new Y.Map(Object.entries({ z: fields.kind === "frame" ? -1 : i, author: participant.id, text: words, ...fields })));
      const pieces = Array.isArray(text) ? text : [[text ?? "", {}]];
      for (const [piece, marks] of pieces) words.insert(words.length, piece, { b: null, i: null, ...marks });
    });
  });
  await client.stored();
  client.close();
}
