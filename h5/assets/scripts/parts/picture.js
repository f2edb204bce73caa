/** The photo of a punch: shown at once, and small before it is kept in the phone. */
import { shrunk } from "./photos.js";

const MOST = 300 * 1024;

/** @param {HTMLFormElement} form */
const inputOf = (form) => /** @type {HTMLInputElement | null} */ (form.querySelector('input[type="file"]'));

/**
 * The photo that was chosen, as the camera made it.
 * @param {HTMLFormElement} form
 */
function chosen(form) {
  const input = inputOf(form);
  return (input && input.files && input.files[0]) || null;
}

/** @param {HTMLFormElement} form */
export const hasPicture = (form) => chosen(form) !== null;

/**
 * The chosen photo, at most 300 KB where the phone can do that; null without one.
 * @param {HTMLFormElement} form
 * @returns {Promise<Blob | null>}
 */
export async function picture(form) {
  const file = chosen(form);
  return file && ((await shrunk(file, MOST)) || file);
}

/**
 * Show the photo as soon as it is taken.
 * @param {HTMLFormElement} form
 */
export function preview(form) {
  const input = inputOf(form);
  const image = /** @type {HTMLImageElement | null} */ (form.querySelector("[data-preview]"));
  const empty = /** @type {HTMLElement | null} */ (form.querySelector("[data-empty]"));
  if (!input || !image || !empty) return;
  input.addEventListener("change", () => {
    const file = input.files && input.files[0];
    image.hidden = !file;
    empty.hidden = Boolean(file);
    if (file) image.src = URL.createObjectURL(file);
  });
}
