/** A punch is taken: first into the phone, then on its way. So nothing is lost in between. */
import * as store from "./store.js";
import { account, draw, flush } from "./queue.js";
import { say } from "./notices.js";
import { NoPlace, POOR_M, place } from "./place.js";
import { text as t } from "./texts.js";
import { length } from "./words.js";

/** @typedef {import("./place.js").Fix} Fix */

/**
 * What is punched.
 * @typedef {object} Act
 * @property {string} project_id
 * @property {string} site name of the project
 * @property {string} direction
 * @property {"fence" | "automatic" | "site_code" | "manual"} method
 * @property {Fix} [position]
 * @property {string} [note]
 * @property {string} [site_code]
 * @property {string} [client_id]
 * @property {Blob | null} [photo]
 */

/**
 * Keep the punch and send it. Where the server took it, its page is shown in place of this one, so
 * that the way back does not lead to it again.
 * @param {Act} act
 */
export async function take(act) {
  const clientId = act.client_id || store.uuid();
  try {
    await store.put({
      client_id: clientId,
      account: await account(),
      state: "waiting",
      reason: "",
      site: act.site,
      punch: await punch(act, clientId),
      photo: act.photo ? { type: act.photo.type, bytes: await bytes(act.photo) } : null,
    });
  } catch (error) {
    say("wrong", t(error instanceof DOMException && error.name === "QuotaExceededError" ? "queue.full" : "queue.no_store"));
    return;
  }
  await draw();
  say("info", t("queue.sending"));
  const sent = await flush();
  const id = sent.taken[clientId];
  if (id) await leaveFor(`/h5/punches/${id}`);
  const reason = sent.refused[clientId];
  if (reason) {
    // He reads it here and now: there is nothing to keep.
    await store.drop(clientId);
    await draw();
    say("wrong", reason);
  }
}

/**
 * Never comes back: while the next page loads, nothing more is taken on this one.
 * @param {string} path
 */
function leaveFor(path) {
  location.assign(path);
  return new Promise(() => undefined);
}

/**
 * @param {Act} act
 * @param {string} clientId
 */
async function punch(act, clientId) {
  /** @type {Record<string, unknown>} */
  const made = {
    client_id: clientId,
    project_id: act.project_id,
    direction: act.direction,
    method: act.method,
    device_id: await store.device(),
    claimed_at: new Date().toISOString(),
  };
  if (act.position) made.position = act.position;
  if (act.note) made.note = act.note;
  if (act.site_code) made.site_code = act.site_code;
  return made;
}

/**
 * @param {Blob} file
 * @returns {Promise<ArrayBuffer>}
 */
function bytes(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(/** @type {ArrayBuffer} */ (reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsArrayBuffer(file);
  });
}

/**
 * The position, or null after the page has said why there is none and what to do. One that is too
 * unsure is given by `anyway`, which the page offers then.
 * @param {boolean} anyway
 * @returns {Promise<Fix | null>}
 */
export async function located(anyway) {
  say("info", t("place.locating"));
  offer(false);
  try {
    const fix = await place();
    const values = { accuracy: length(fix.accuracy_m) };
    if (fix.accuracy_m > POOR_M && !anyway) {
      say("wait", t("place.poor", values));
      offer(true);
      return null;
    }
    say("info", t("place.found", values));
    return fix;
  } catch (error) {
    if (!(error instanceof NoPlace)) throw error;
    say("wrong", t(`place.${error.trouble}`));
    return null;
  }
}

/** @param {boolean} shown */
function offer(shown) {
  const button = /** @type {HTMLElement | null} */ (document.querySelector("[data-anyway]"));
  if (button) button.hidden = !shown;
}
