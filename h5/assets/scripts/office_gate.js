/** The screen at a gate: a code is shown as valid only while it is, after sleep and without network too. */
import { codeClock } from "./parts/code_clock.js";

const TICK_MS = 250;
const PATIENCE_MS = 8000;
const AGAIN_MS = 3000;
const SKEW_MS = 5000;

/** @type {any} */
const texts = JSON.parse(document.getElementById("texts")?.textContent || "{}");
const gate = /** @type {HTMLElement} */ (document.querySelector("[data-gate]"));
const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (gate.querySelector(`[data-${name}]`));
const [code, state, tail, clock, skew] = [part("code"), part("state"), part("tail"), part("clock"), part("skew")];

let known = codeClock(Number(gate.dataset.serverMs), Number(gate.dataset.endsMs), 0, performance.timeOrigin);
let asking = false;
let nextTry = 0;
let trouble = "";

/** Show what is true this moment. */
function show() {
  const left = document.hidden ? 0 : known.leftMs(performance.now(), Date.now());
  gate.classList.toggle("is-stale", left <= 0);
  const words = left > 0 ? texts.valid.replace("{s}", String(Math.ceil(left / 1000))) : trouble || texts.stale;
  if (state.textContent !== words) state.textContent = words;
  clock.textContent = new Date(known.serverMs(performance.now(), Date.now())).toLocaleTimeString("zh-CN", {
    hour12: false,
    timeZone: "Asia/Shanghai",
  });
  if (left <= 0 && !document.hidden && performance.now() >= nextTry) renew();
}

/** Ask for the code of now. */
async function renew() {
  if (asking) return;
  asking = true;
  const start = performance.now();
  const wall = Date.now();
  const given = new AbortController();
  const patience = setTimeout(() => given.abort(), PATIENCE_MS);
  try {
    const answer = await fetch(String(gate.dataset.now), {
      headers: { Accept: "application/json" },
      credentials: "same-origin",
      cache: "no-store",
      signal: given.signal,
    });
    if (!answer.ok) throw new Error(answer.status === 401 || answer.status === 403 ? "login" : "offline");
    const fresh = await answer.json();
    known = codeClock(fresh.server_ms, fresh.ends_ms, start, wall);
    draw(fresh.svg);
    tail.textContent = fresh.tail;
    tellSkew((wall + Date.now()) / 2 - fresh.server_ms);
    trouble = "";
  } catch (error) {
    trouble = error instanceof Error && error.message === "login" ? texts.login : texts.offline;
    nextTry = performance.now() + AGAIN_MS;
  } finally {
    clearTimeout(patience);
    asking = false;
    show();
  }
}

/** @param {string} svg drawn by our server */
function draw(svg) {
  // As HTML: without a namespace of its own the drawing would not be one.
  const parsed = new DOMParser().parseFromString(svg, "text/html").querySelector("svg");
  if (parsed) code.replaceChildren(document.importNode(parsed, true));
}

/** @param {number} ahead how many milliseconds this device is ahead of the server */
function tellSkew(ahead) {
  skew.hidden = Math.abs(ahead) < SKEW_MS;
  const seconds = String(Math.round(Math.abs(ahead) / 1000));
  skew.textContent = (ahead > 0 ? texts.fast : texts.slow).replace("{s}", seconds);
}

/** Keep the screen on, where the browser can. */
function stayAwake() {
  const lock = /** @type {any} */ (navigator).wakeLock;
  if (lock && !document.hidden) lock.request("screen").catch(() => undefined);
}

for (const event of ["visibilitychange", "pageshow", "online"]) {
  (event === "visibilitychange" ? document : window).addEventListener(event, () => {
    nextTry = 0;
    stayAwake();
    show();
  });
}
setInterval(show, TICK_MS);
stayAwake();
renew();
