// Service worker: opens the page while the server is out of reach.
// It keeps the files of this build and the one before, and nothing else: what people write travels
// through /api and /sync, which it never touches. build/page.mjs fills in the
// build's id and its files.

const BUILD = "{{BUILD}}";
const FILES = [{{FILES}}];
const CACHE = `plaza-${BUILD}`;
const SHELL = "/"; // one page for every address
const NOT_OURS = /^\/(api|sync|healthz)(\/|$)/;
const HASHED = /-[0-9a-f]{16}\.\w+$/; // kept for ever by its name
const PATIENCE_MS = 3000;

self.addEventListener("install", (event) => {
  event.waitUntil(keepBuild().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(dropOldBuilds().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin || NOT_OURS.test(pathname)) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (HASHED.test(pathname)) event.respondWith(file(request, pathname));
});

async function keepBuild() {
  const shell = await fetch(SHELL, { cache: "no-store" });
  // The server may have moved on to the next build in between: then try later.
  if (!shell.ok || !(await shell.clone().text()).includes(BUILD)) {
    throw new Error("the page belongs to another build");
  }
  const cache = await caches.open(CACHE);
  // The browser has most of these already: their names change with their content.
  await cache.addAll(FILES);
  await cache.put(SHELL, shell);
}

// The build before is kept: pages that are open may still need parts of it.
async function dropOldBuilds() {
  const names = (await caches.keys()).filter((name) => name.startsWith("plaza-") && name !== CACHE);
  await Promise.all(names.slice(0, -1).map((name) => caches.delete(name)));
}

// The network first; the kept page when it is slow, away, or a proxy says so.
async function page(request) {
  const network = fetch(request);
  const answer = await Promise.race([network, wait(PATIENCE_MS)]).catch(() => undefined);
  if (answer && answer.status < 500) return answer;
  const cache = await caches.open(CACHE);
  return (await cache.match(SHELL, { ignoreVary: true })) ?? network;
}

async function file(request, path) {
  return (await caches.match(path, { ignoreVary: true })) ?? fetch(request);
}

function wait(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
