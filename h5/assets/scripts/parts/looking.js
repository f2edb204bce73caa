/** Where the phone is on the site, before a punch: in words and in the sketch. Nothing is kept. */
import { session } from "./sending.js";
import { say } from "./notices.js";
import { text as t } from "./texts.js";
import { length } from "./words.js";

/** @typedef {import("./place.js").Fix} Fix */

/**
 * @typedef {object} Look
 * @property {string} verdict
 * @property {"ok" | "wait" | "wrong"} tone
 * @property {string} distance
 * @property {string} sentence
 * @property {string[]} fence
 * @property {number[]} bands
 * @property {{ x: number, y: number, r: number } | null} spot
 * @property {[number, string] | null} scale
 * @property {Record<string, string | number>[]} tiles
 */

/**
 * @param {string} project
 * @param {Fix} position
 * @returns {Promise<Look | null>} null when the server cannot be asked
 */
export async function look(project, position) {
  try {
    const { csrf } = await session();
    const answer = await fetch("/h5/punch/look", {
      method: "POST",
      headers: { Accept: "application/json", "Content-Type": "application/json", "X-CSRF-Token": csrf },
      body: JSON.stringify({ project_id: project, position }),
    });
    return answer.ok ? await answer.json() : null;
  } catch (error) {
    return null;
  }
}

/**
 * @param {Look} seen
 * @param {Fix} position
 */
export function tell(seen, position) {
  const values = { distance: seen.distance, accuracy: length(position.accuracy_m) };
  const known = ["inside", "near", "outside"].includes(seen.verdict);
  say(seen.tone, known ? t(`place.${seen.verdict}`, values) : seen.sentence);
  sketch(seen);
}

/** @param {Look} seen */
function sketch(seen) {
  const drawing = document.querySelector("[data-sketch] svg");
  if (!drawing || !seen.fence.length) return;
  drawing.textContent = "";
  for (const tile of seen.tiles) add(drawing, "image", { ...tile, preserveAspectRatio: "none" });
  seen.fence.forEach((path, at) => {
    const broad = seen.bands[at];
    if (broad) add(drawing, "path", { class: "sketch-band", d: path, "stroke-width": broad });
  });
  for (const path of seen.fence) add(drawing, "path", { class: "sketch-fence", d: path });
  if (seen.spot) {
    const { x, y, r } = seen.spot;
    add(drawing, "circle", { class: "sketch-doubt", cx: x, cy: y, r });
    add(drawing, "circle", { class: "sketch-spot", cx: x, cy: y, r: 6 });
  }
  if (seen.scale) {
    add(drawing, "path", { class: "sketch-scale", d: `M12 188v-5v5h${seen.scale[0]}v-5` });
    add(drawing, "text", { class: "sketch-text", x: 16, y: 182 }).textContent = seen.scale[1];
  }
}

/**
 * @param {Element} drawing
 * @param {string} name
 * @param {Record<string, string | number>} attributes
 */
function add(drawing, name, attributes) {
  const shape = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) shape.setAttribute(key, String(value));
  return drawing.appendChild(shape);
}
