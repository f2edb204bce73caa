/**
 * Keeps the pages' files on the phone, and one page that needs no network: there one punches, and
 * the punch waits in the phone. Nothing personal is kept here; every other page is asked anew.
 */
const scope = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

/** Names of the built files, written here by the build. @type {string[]} */
const FILES = KEPT;
const STATIC = "/h5/static/";
const OFFLINE = "/h5/offline";
const LOGOUT = "/h5/logout";
/** Where a phone of several people is locked. */
const LOCKED = "/h5/phone";
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
  // As a stranger sees it: nothing of whoever is logged in stays in it.
  const shell = await fetch(OFFLINE, { credentials: "omit", cache: "no-store" });
  if (!shell.ok) throw new Error("the offline page is not there");
  await cache.put(OFFLINE, shell);
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
    const kept = await caches.match(OFFLINE);
    if (kept) return kept;
    throw error;
  }
}

/** @param {Request} request */
async function fromPhone(request) {
  return (await caches.match(request)) || fetch(request);
}

/** After a logout, and while it is locked, the phone no longer knows who punches where; what waits in it stays. */
async function forgetWho() {
  const opening = indexedDB.open("gongyou");
  opening.onsuccess = () => {
    const { result } = opening;
    const isThere = result.objectStoreNames.contains("facts");
    if (isThere) result.transaction("facts", "readwrite").objectStore("facts").delete("me");
    result.close();
  };
  // The pages make the store; this one only looks into it.
  opening.onupgradeneeded = () => opening.transaction && opening.transaction.abort();
}

scope.addEventListener("install", (event) => event.waitUntil(keep()));
scope.addEventListener("activate", (event) => event.waitUntil(forget()));
scope.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== scope.location.origin) return;
  const leaves = request.method === "POST" && pathname === LOGOUT;
  if (leaves || pathname.startsWith(LOCKED)) event.waitUntil(forgetWho());
  if (request.method !== "GET") return;
  if (pathname.startsWith(STATIC)) event.respondWith(fromPhone(request));
  else if (request.mode === "navigate") event.respondWith(fromNetwork(request));
});
