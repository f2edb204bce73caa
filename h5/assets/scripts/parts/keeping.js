/** What the phone needs to punch without a network: the service worker, and who punches where. */
import * as store from "./store.js";

/** Let the service worker keep the pages' files. Without one everything works but offline. */
export function keepFiles() {
  if (!("serviceWorker" in navigator)) return;
  navigator.serviceWorker.register("/h5/sw.js", { scope: "/h5/" }).catch(() => undefined);
}

/** Remember who is logged in and his sites, as far as the page tells them. */
export async function keepSites() {
  const meta = document.querySelector('meta[name="account"]');
  const block = document.getElementById("sites");
  if (!meta || !block) return;
  const account = meta.getAttribute("content") || "";
  const elder = document.documentElement.classList.contains("elder");
  if (account) await store.meet({ account, elder, sites: JSON.parse(block.textContent || "[]") });
}
