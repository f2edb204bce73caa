/** Keeps the own QR fresh while its page is open and seen. */
const frame = /** @type {HTMLElement | null} */ (document.querySelector("[data-qr]"));
const BEFORE_S = 10;

/** @param {HTMLElement} place */
async function renew(place) {
  const answer = await fetch("/h5/code/qr", { headers: { Accept: "application/json" } });
  if (!answer.ok) return;
  const { picture } = await answer.json();
  const drawn = new DOMParser().parseFromString(picture, "text/html").querySelector("svg");
  const old = place.querySelector("svg");
  if (drawn && old && old.parentNode) old.parentNode.replaceChild(document.importNode(drawn, true), old);
  const until = document.querySelector("[data-qr-until]");
  if (until) until.remove();
}

/** @param {HTMLElement} place */
function tick(place) {
  if (!document.hidden) renew(place).catch(() => undefined);
}

if (frame) {
  const place = frame;
  setInterval(() => tick(place), (Number(place.dataset.seconds) - BEFORE_S) * 1000);
  document.addEventListener("visibilitychange", () => tick(place));
}
