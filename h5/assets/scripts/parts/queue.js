/** The punches in the phone as the page shows them, and their way out. */
import * as store from "./store.js";
import { send } from "./sending.js";
import { say } from "./notices.js";
import { text as t } from "./texts.js";

/** @typedef {import("./store.js").Kept} Kept */
/** @typedef {import("./sending.js").Sent} Sent */

/**
 * @param {string} selector
 * @returns {HTMLElement | null}
 */
const find = (selector) => document.querySelector(selector);

/**
 * @param {string} selector
 * @param {boolean} shown
 */
function show(selector, shown) {
  const element = find(selector);
  if (element) element.hidden = !shown;
}

/** The account of this page; the one that was here last when the page came from the phone. */
export async function account() {
  const meta = find('meta[name="account"]');
  const named = meta && meta.getAttribute("content");
  if (named) return named;
  const last = await store.me();
  return last ? last.account : "";
}

/** Show what is in the phone. */
export async function draw() {
  const own = await account();
  const kept = await store.all();
  const mine = kept.filter((each) => each.account === own);
  const list = find("[data-queue-list]");
  if (list) {
    list.textContent = "";
    for (const each of mine) list.appendChild(line(each));
  }
  show("[data-queue]", kept.length > 0);
  show("[data-queue-send]", mine.length > 0);
  show("[data-queue-other]", kept.length > mine.length);
  const refused = mine.filter((each) => each.state === "refused").length;
  const words = find("[data-waiting-text]");
  if (words) words.textContent = refused ? t("queue.look", { n: refused }) : t("queue.count", { n: mine.length });
  show("[data-waiting]", mine.length > 0);
}

/** @param {Kept} kept */
function line(kept) {
  const refused = kept.state === "refused";
  const pattern = find(refused ? "[data-queue-refused]" : "[data-queue-item]");
  const shown = /** @type {DocumentFragment} */ (
    /** @type {HTMLTemplateElement} */ (pattern).content.cloneNode(true)
  );
  const [title, state] = [shown.querySelector(".queue-title"), shown.querySelector(".queue-state span")];
  if (title) title.textContent = `${moment(kept)} ${t(kept.punch.direction === "out" ? "queue.out" : "queue.in")} · ${kept.site}`;
  if (state) state.textContent = refused ? t("queue.refused", { reason: kept.reason }) : t("queue.waiting");
  const button = shown.querySelector("[data-queue-drop]");
  if (button) button.addEventListener("click", () => void store.drop(kept.client_id).then(draw));
  return shown;
}

/** @param {Kept} kept */
function moment(kept) {
  const at = new Date(String(kept.punch.claimed_at));
  /** @param {number} n */
  const two = (n) => String(n).padStart(2, "0");
  return `${day(at)} ${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** @param {Date} at */
function day(at) {
  const daysAgo = [0, 1].find((n) => new Date(Date.now() - n * 86_400_000).toDateString() === at.toDateString());
  if (daysAgo === undefined) return t("queue.day", { month: at.getMonth() + 1, day: at.getDate() });
  return t(daysAgo ? "queue.yesterday" : "queue.today");
}

/**
 * Send what waits and say what became of it.
 * @param {boolean} [again] also what was refused before
 * @returns {Promise<Sent>}
 */
export async function flush(again = false) {
  const sent = await send(again);
  await draw();
  show("[data-queue-login]", sent.stopped === "login");
  tell(sent);
  return sent;
}

/** @param {Sent} sent */
function tell(sent) {
  const refused = Object.keys(sent.refused).length;
  const taken = Object.keys(sent.taken).length;
  if (sent.stopped) say(sent.stopped === "login" ? "wrong" : "wait", t(`queue.${sent.stopped}`));
  else if (refused) say("wrong", t(find("[data-queue-list]") ? "queue.refused_some" : "queue.look", { n: refused }));
  else if (taken) say("ok", t("queue.sent", { n: taken }));
}

/** Send whenever there may be a network: now, when it comes back, when the page is seen, by hand. */
export function keepSending() {
  const button = find("[data-queue-send]");
  if (button) {
    button.addEventListener("click", () => {
      say("info", t("queue.sending"));
      void flush(true);
    });
  }
  const quietly = () => void draw().then(() => flush());
  addEventListener("online", quietly);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && quietly());
  quietly();
}
