/**
 * Keeps the pages' files on the phone, so that the punch page opens without a signal once it was seen.
 * Pages themselves come from the network; what a page wants kept it puts into the cache `pages`.
 */
const scope = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

/** Names of the built files, written here by the build. @type {string[]} */
const FILES = KEPT;
const STATIC = "/h5/static/";
const CACHE = `files-${hash(FILES.join())}`;

/** @param {string} text */
function hash(text) {
  let sum = 0;
  for (const each of text) sum = (sum * 31 + each.charCodeAt(0)) | 0;
  return (sum >>> 0).toString(36);
}

async function keep() {
  const cache = await caches.open(CACHE);
  await cache.addAll(FILES.map((name) => STATIC + name));
  await scope.skipWaiting();
}

async function forget() {
  const old = (await caches.keys()).filter((name) => name.startsWith("files-") && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await scope.clients.claim();
}

/** @param {Request} request */
async function fromNetwork(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await caches.match(request, { ignoreSearch: true, cacheName: "pages" });
    if (kept) return kept;
    throw error;
  }
}

/** @param {Request} request */
async function fromPhone(request) {
  return (await caches.match(request)) || fetch(request);
}

scope.addEventListener("install", (event) => event.waitUntil(keep()));
scope.addEventListener("activate", (event) => event.waitUntil(forget()));
scope.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== scope.location.origin) return;
  if (pathname.startsWith(STATIC)) event.respondWith(fromPhone(request));
  else if (request.mode === "navigate") event.respondWith(fromNetwork(request));
});
