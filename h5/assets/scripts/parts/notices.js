/** One sentence at a time in the page's [data-notice], with the icon of its tone. */

/** @typedef {"ok" | "wait" | "wrong" | "info"} Tone */

/**
 * @param {Tone} tone
 * @param {string} text
 */
export function say(tone, text) {
  const place = document.querySelector("[data-notice]");
  const pattern = /** @type {HTMLTemplateElement | null} */ (document.querySelector(`[data-notice-of="${tone}"]`));
  if (!place || !pattern) return;
  const shown = /** @type {DocumentFragment} */ (pattern.content.cloneNode(true));
  const words = shown.querySelector("p");
  if (words) words.textContent = text;
  place.textContent = "";
  place.appendChild(shown);
}

export function hush() {
  const place = document.querySelector("[data-notice]");
  if (place) place.textContent = "";
}
