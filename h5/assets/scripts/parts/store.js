/**
 * What the phone keeps: punches that are not uploaded yet, and who punches where when there is no
 * network. It outlives the page, the browser and every new version of the pages.
 */

/**
 * A punch in the phone.
 * @typedef {object} Kept
 * @property {string} client_id
 * @property {string} account mark of the account that took it: only its login sends it
 * @property {"waiting" | "refused"} state
 * @property {string} reason why it was refused, in words
 * @property {string} site name of the project
 * @property {Record<string, unknown>} punch as POST /h5/punches/batch takes it
 * @property {Picture | null} photo goes ahead of the punch, which then names it
 */

/** @typedef {{ type: string, bytes: ArrayBuffer }} Picture old iPhones cannot keep a Blob */
/** @typedef {{ id: string, name: string, photo: boolean }} Site */
/** @typedef {{ account: string, sites: Site[], elder: boolean }} Me who was logged in last: his sites, large type */

const NAME = "gongyou";
const VERSION = 1;
const QUEUE = "queue";
const FACTS = "facts";

/** @type {Promise<IDBDatabase> | null} */
let opened = null;

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
function result(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function open() {
  if (opened) return opened;
  const request = indexedDB.open(NAME, VERSION);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(QUEUE, { keyPath: "client_id" });
    request.result.createObjectStore(FACTS);
  };
  opened = result(request).then((database) => {
    // A later version of the pages may change the store: let it.
    database.onversionchange = () => {
      database.close();
      opened = null;
    };
    return database;
  });
  opened.catch(() => {
    opened = null;
  });
  return opened;
}

/**
 * Do something with a store; true on disk afterwards.
 * @template T
 * @param {string} name
 * @param {"readonly" | "readwrite"} mode
 * @param {(store: IDBObjectStore) => IDBRequest<T>} act
 * @returns {Promise<T>}
 */
async function within(name, mode, act) {
  const transaction = (await open()).transaction(name, mode);
  const done = new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(undefined);
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
  const found = await result(act(transaction.objectStore(name)));
  await done;
  return found;
}

/**
 * Keep a punch, or what became of it.
 * @param {Kept} kept
 */
export const put = (kept) => within(QUEUE, "readwrite", (store) => store.put(kept));

/** @param {string} clientId */
export const drop = (clientId) => within(QUEUE, "readwrite", (store) => store.delete(clientId));

/**
 * Every punch in the phone, oldest first.
 * @returns {Promise<Kept[]>}
 */
export async function all() {
  /** @type {Kept[]} */
  const found = await within(QUEUE, "readonly", (store) => store.getAll());
  return found.sort((a, b) => (String(a.punch.claimed_at) < String(b.punch.claimed_at) ? -1 : 1));
}

/**
 * @param {string} key
 * @returns {Promise<any>}
 */
const fact = (key) => within(FACTS, "readonly", (store) => store.get(key));

/**
 * @param {string} key
 * @param {unknown} value
 */
const remember = (key, value) => within(FACTS, "readwrite", (store) => store.put(value, key));

/**
 * Who was logged in last on this phone.
 * @returns {Promise<Me | undefined>}
 */
export const me = () => fact("me");

/** @param {Me} whom */
export const meet = (whom) => remember("me", whom);

/** After a logout nobody can punch without a network; what waits stays and waits. */
export const forget = () => within(FACTS, "readwrite", (store) => store.delete("me"));

/** What tells this phone from others: drawn once by chance. */
export async function device() {
  /** @type {string | undefined} */
  const known = await fact("device");
  if (known) return known;
  const drawn = `h5-${uuid()}`;
  await remember("device", drawn);
  return drawn;
}

/** A random UUID; `crypto.randomUUID` is younger than our oldest phones. */
export function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] || 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] || 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
