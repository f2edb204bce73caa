/** A pad to sign on with the finger; without it a tick, or a fresh proof, says the same. */
import { hold } from "./parts/photos.js";

const pad = /** @type {HTMLElement | null} */ (document.querySelector("[data-pad]"));
const WIDTH = 3;

/** @param {HTMLElement} place */
function begin(place) {
  const canvas = /** @type {HTMLCanvasElement} */ (place.querySelector("canvas"));
  const input = /** @type {HTMLInputElement} */ (place.querySelector("input[type=file]"));
  const wipe = /** @type {HTMLButtonElement} */ (place.querySelector("[data-wipe]"));
  place.hidden = false;
  if (input.form) input.form.hidden = false;
  const pen = fresh(canvas);
  if (!pen || !input.form) return;
  draw(canvas, pen, input, place);
  wipe.addEventListener("click", () => {
    fresh(canvas);
    input.value = "";
    place.removeAttribute("data-drawn");
  });
}

/** A white sheet as large as it is shown. @param {HTMLCanvasElement} canvas */
function fresh(canvas) {
  const pen = canvas.getContext("2d");
  const dense = Math.min(2, devicePixelRatio || 1);
  canvas.width = Math.round(canvas.clientWidth * dense);
  canvas.height = Math.round(canvas.clientHeight * dense);
  if (!pen) return null;
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.scale(dense, dense);
  pen.strokeStyle = "#1f2937";
  pen.lineWidth = WIDTH;
  pen.lineCap = pen.lineJoin = "round";
  return pen;
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {CanvasRenderingContext2D} pen
 * @param {HTMLInputElement} input
 * @param {HTMLElement} place
 */
function draw(canvas, pen, input, place) {
  let down = false;
  /** @param {PointerEvent} event */
  const spot = (event) => {
    const { left, top } = canvas.getBoundingClientRect();
    return /** @type {const} */ ([event.clientX - left, event.clientY - top]);
  };
  canvas.addEventListener("pointerdown", (event) => {
    down = true;
    canvas.setPointerCapture(event.pointerId);
    pen.beginPath();
    pen.moveTo(...spot(event));
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!down) return;
    pen.lineTo(...spot(event));
    pen.stroke();
  });
  const lift = () => {
    if (!down) return;
    down = false;
    canvas.toBlob((picture) => {
      if (picture && hold(input, picture, "signature.png")) place.setAttribute("data-drawn", "");
    }, "image/png");
  };
  canvas.addEventListener("pointerup", lift);
  canvas.addEventListener("pointercancel", lift);
}

if (pad) begin(pad);
