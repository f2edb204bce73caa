/** Numbers in words. */
import { text } from "./texts.js";

/**
 * Metres up to a thousand, then kilometres.
 * @param {number} metres
 */
export function length(metres) {
  if (metres <= 1000) return text("place.metres", { n: Math.max(1, Math.round(metres)) });
  return text("place.kilometres", { n: (metres / 1000).toFixed(1) });
}
