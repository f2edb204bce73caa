/** Photo fields: small before they are sent, shown at once, and a word when the camera stays shut. */
import { hold, shrunk } from "./parts/photos.js";
import { text } from "./parts/texts.js";

/** What is still being made small, by form. @type {Map<HTMLFormElement, Promise<void>>} */
const underWay = new Map();

/** @param {HTMLElement} field */
function begin(field) {
  const input = /** @type {HTMLInputElement} */ (field.querySelector("input[type=file]"));
  const says = /** @type {HTMLElement} */ (field.querySelector("[data-says]"));
  input.addEventListener("cancel", () => { says.textContent = text("cancelled"); });
  input.addEventListener("change", () => {
    const file = input.files?.[0];
    if (!file || !input.form) return;
    says.textContent = text("preparing");
    underWay.set(input.form, take(field, input, says, file));
  });
}

/**
 * @param {HTMLElement} field
 * @param {HTMLInputElement} input
 * @param {HTMLElement} says
 * @param {File} file
 */
async function take(field, input, says, file) {
  const most = Number(field.dataset.maxKb || 300) * 1024;
  const small = await shrunk(file, most);
  const kept = small !== null && hold(input, small, "photo.jpg");
  show(field, small || file);
  says.textContent = text(kept ? "ready" : "as_it_is");
}

/**
 * @param {HTMLElement} field
 * @param {Blob} picture
 */
function show(field, picture) {
  const image = /** @type {HTMLImageElement} */ (field.querySelector("[data-preview]"));
  const empty = /** @type {HTMLElement} */ (field.querySelector("[data-empty]"));
  image.onload = () => { image.hidden = false; empty.hidden = true; };
  image.onerror = () => { image.hidden = true; empty.hidden = false; };
  image.src = URL.createObjectURL(picture);
}

/** @param {HTMLFormElement} form */
function guard(form) {
  form.addEventListener("submit", (event) => {
    const waiting = underWay.get(form);
    if (waiting) {
      event.preventDefault();
      underWay.delete(form);
      waiting.then(() => send(form));
    } else if (!form.hasAttribute("data-sent")) {
      sent(form);
    } else {
      event.preventDefault();
    }
  });
}

/** @param {HTMLFormElement} form */
function send(form) {
  sent(form);
  form.submit();
}

/** A second tap sends nothing, and what is on its way is told. @param {HTMLFormElement} form */
function sent(form) {
  form.setAttribute("data-sent", "");
  for (const says of form.querySelectorAll("[data-says]")) says.textContent = text("sending");
}

// Back from the next page the form can be sent again.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) form.removeAttribute("data-sent");
});
for (const field of document.querySelectorAll("[data-photo]")) begin(/** @type {HTMLElement} */ (field));
for (const form of document.querySelectorAll("form[enctype]")) guard(/** @type {HTMLFormElement} */ (form));
