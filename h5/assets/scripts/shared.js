/**
 * On a phone that several people use: after three minutes without a touch the page goes away. The
 * server locks the login by itself; a touch tells it that somebody is still here.
 */
import { session } from "./parts/sending.js";

const LOCK_MS = 180_000;
const TELL_MS = 30_000;
let touched = Date.now();
let told = touched;

function touch() {
  // Who comes back to a phone that lay there must not keep it open by his first touch.
  if (left()) return;
  touched = Date.now();
  if (touched - told < TELL_MS) return;
  told = touched;
  session().catch(() => undefined);
}

/** Whether it is time to lock; then the page is left for good. */
function left() {
  if (Date.now() - touched < LOCK_MS) return false;
  location.replace(`/h5/phone?next=${encodeURIComponent(location.pathname)}`);
  return true;
}

for (const kind of ["pointerdown", "keydown", "scroll"]) addEventListener(kind, touch, { passive: true });
document.addEventListener("visibilitychange", left);
setInterval(left, 5000);
