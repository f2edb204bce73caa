/**
 * A lesson is open: the server counts its minutes by what this page tells. A film tells while it
 * plays in sight; a document as long as its page is open, also behind the document itself.
 */
import { say } from "./parts/notices.js";
import { session } from "./parts/sending.js";
import { text as t } from "./parts/texts.js";

/** @typedef {{ earned_seconds: number, needed_seconds: number, lesson_done: boolean, course_done: boolean }} Counted */

const box = /** @type {HTMLElement | null} */ (document.querySelector("[data-lesson]"));
const film = /** @type {HTMLVideoElement | null} */ (document.querySelector("video"));
const BEAT_MS = 15_000;
let visit = "";
let sequence = 0;
let over = false;

/**
 * @param {string} path
 * @param {object} body
 */
async function send(path, body) {
  const { csrf } = await session();
  const answer = await fetch(path, {
    method: "POST",
    headers: { Accept: "application/json", "Content-Type": "application/json", "X-CSRF-Token": csrf },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

/** Open the lesson on this phone; a film goes on where it was left. */
async function open() {
  const lesson = box ? box.dataset.lesson : "";
  const opened = await send("/h5/training/visits", { lesson_id: lesson });
  visit = opened.id;
  sequence = 0;
  const left = opened.position_ms / 1000;
  if (film && left && left < film.duration - 1) film.currentTime = left;
}

async function beat() {
  if (over || (film && (film.paused || document.hidden))) return;
  await tell();
}

async function tell() {
  if (over) return;
  try {
    if (!visit) await open();
    sequence += 1;
    const position = film ? { position_ms: Math.round(film.currentTime * 1000) } : {};
    show(await send("/h5/training/beats", { visit_id: visit, sequence, ...position }));
  } catch (error) {
    say("wait", t("offline"));
  }
}

/** @param {Counted} counted */
function show(counted) {
  const words = document.querySelector("[data-minutes-text]");
  const bar = /** @type {HTMLProgressElement | null} */ (document.querySelector("[data-minutes-bar]"));
  const values = { n: Math.floor(counted.earned_seconds / 60), all: Math.round(counted.needed_seconds / 60) };
  if (words) words.textContent = t("so_far", values);
  if (bar) bar.value = counted.earned_seconds;
  over = counted.lesson_done;
  if (counted.lesson_done) say("ok", t(counted.course_done ? "course_done" : "done"));
}

if (box) {
  // A film that stops, or is wound, says so at once: what it played until then counts.
  if (film) {
    film.addEventListener("play", () => void tell());
    film.addEventListener("pause", () => void tell());
    film.addEventListener("ended", () => void tell());
    film.addEventListener("seeked", () => void (visit && tell()));
  } else {
    void tell();
  }
  setInterval(() => void beat(), BEAT_MS);
}
