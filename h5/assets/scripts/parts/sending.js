/**
 * The queue goes out: each punch exactly once, for the server knows each `client_id`. What was
 * answered is taken out; what was not waits on, whatever happened on the way.
 */
import * as store from "./store.js";

/** @typedef {import("./store.js").Kept} Kept */
/** @typedef {{ marker: string, csrf: string }} Session */

/**
 * What became of a sending. `stopped`: why something still waits.
 * @typedef {object} Sent
 * @property {Record<string, string>} taken id of the stored punch by its client_id
 * @property {Record<string, string>} refused reason by client_id
 * @property {"" | "offline" | "login" | "later"} stopped
 */

const MOST = 200;
/** Below the 256 KB that the server reads. */
const MOST_BYTES = 200 * 1024;

/** The server said something else than yes. */
class Answered extends Error {
  /** @param {number} status */
  constructor(status) {
    super(String(status));
    this.status = status;
  }
}

/** @returns {Promise<Session>} */
export async function session() {
  return ask("/h5/session", {});
}

/**
 * @param {string} path
 * @param {RequestInit} init
 * @returns {Promise<any>}
 */
async function ask(path, init) {
  const headers = { Accept: "application/json", ...init.headers };
  const answer = await fetch(path, { credentials: "same-origin", cache: "no-store", ...init, headers });
  if (!answer.ok) throw new Answered(answer.status);
  return answer.json();
}

/** @type {Promise<Sent> | null} */
let running = null;

/**
 * Send what waits; `again` also what was refused. One sending at a time.
 * @param {boolean} [again]
 * @returns {Promise<Sent>}
 */
export function send(again = false) {
  if (!running) {
    running = sendAll(again).then(
      (sent) => ((running = null), sent),
      (error) => {
        running = null;
        throw error;
      },
    );
  }
  return running;
}

/**
 * @param {boolean} again
 * @returns {Promise<Sent>}
 */
async function sendAll(again) {
  /** @type {Sent} */
  const sent = { taken: {}, refused: {}, stopped: "" };
  if (!(await store.all()).length) return sent;
  try {
    const login = await session();
    if (!login.marker) return { ...sent, stopped: "login" };
    for (const part of await parts(login.marker, again)) await sendPart(part, login, sent);
  } catch (error) {
    sent.stopped = why(error);
  }
  return sent;
}

/**
 * @param {unknown} error
 * @returns {Sent["stopped"]}
 */
function why(error) {
  if (!(error instanceof Answered)) return "offline";
  return error.status === 401 ? "login" : "later";
}

/**
 * The account's own punches, in parts that the server reads at once.
 * @param {string} account
 * @param {boolean} again
 */
async function parts(account, again) {
  const own = (await store.all()).filter(
    (kept) => kept.account === account && (again || kept.state === "waiting"),
  );
  /** @type {Kept[][]} */
  const found = [];
  let bytes = 0;
  for (const kept of own) {
    const weight = JSON.stringify(kept.punch).length * 2;
    const last = found[found.length - 1];
    if (last && last.length < MOST && bytes + weight < MOST_BYTES) {
      last.push(kept);
      bytes += weight;
    } else {
      found.push([kept]);
      bytes = weight;
    }
  }
  return found;
}

/**
 * @param {Kept[]} part
 * @param {Session} login
 * @param {Sent} sent
 */
async function sendPart(part, login, sent) {
  for (const kept of part) await sendPhoto(kept, login);
  const body = JSON.stringify({ punches: part.map((kept) => kept.punch) });
  const headers = { "Content-Type": "application/json", "X-CSRF-Token": login.csrf };
  /** @type {{ items: Outcome[] }} */
  const answer = await ask("/h5/punches/batch", { method: "POST", headers, body });
  for (const [place, outcome] of answer.items.entries()) {
    const kept = part[place];
    if (kept) await settle(kept, outcome, sent);
  }
}

/**
 * @typedef {object} Outcome
 * @property {"created" | "duplicate" | "conflict" | "refused"} status
 * @property {{ id: string } | null} punch
 * @property {{ detail: string, errors: { message: string }[] } | null} problem
 */

/**
 * @param {Kept} kept
 * @param {Outcome} outcome
 * @param {Sent} sent
 */
async function settle(kept, outcome, sent) {
  if (outcome.punch) {
    sent.taken[kept.client_id] = outcome.punch.id;
    await store.drop(kept.client_id);
    return;
  }
  const problem = outcome.problem;
  const reason = (problem && ((problem.errors[0] && problem.errors[0].message) || problem.detail)) || "";
  sent.refused[kept.client_id] = reason;
  await store.put({ ...kept, state: "refused", reason });
}

/**
 * The photo goes first; its id is kept, so that a second try sends the very same punch.
 * @param {Kept} kept
 * @param {Session} login
 */
async function sendPhoto(kept, login) {
  if (!kept.photo || kept.punch.photo_id) return;
  const body = new FormData();
  body.append("photo", new Blob([kept.photo.bytes], { type: kept.photo.type }), "photo.jpg");
  const headers = { "X-CSRF-Token": login.csrf };
  try {
    const stored = await ask("/h5/punches/photos", { method: "POST", headers, body });
    kept.punch.photo_id = stored.photo_id;
    await store.put(kept);
  } catch (error) {
    // A picture that cannot be read holds nothing up: the server says what is missing.
    if (!(error instanceof Answered) || error.status !== 422) throw error;
  }
}
