/**
 * A complaint's voice message: recorded here, at most a minute, put into the form's own file field.
 * Without this script, or without a microphone, that field takes a file from the phone's recorder.
 */
import { hold } from "./parts/photos.js";
import { text as t } from "./parts/texts.js";

const KINDS = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];
/** @type {Record<string, string>} */
const ENDINGS = { "audio/webm": "webm", "audio/mp4": "m4a", "audio/ogg": "ogg" };
const BITS_PER_S = 24_000;

/** The first kind that this browser records; null when it records none. */
function kind() {
  if (typeof MediaRecorder === "undefined" || !navigator.mediaDevices) return null;
  return KINDS.find((each) => MediaRecorder.isTypeSupported(each)) || null;
}

/**
 * @template {HTMLElement} T
 * @param {HTMLElement} field
 * @param {string} name
 * @returns {T}
 */
const part = (field, name) => /** @type {T} */ (field.querySelector(name));

/**
 * @param {HTMLElement} field
 * @param {string} type
 */
function begin(field, type) {
  const input = /** @type {HTMLInputElement} */ (part(field, "input[type=file]"));
  const button = part(field, "[data-record]");
  const says = part(field, "[data-voice-says]");
  const forget = part(field, "[data-forget]");
  const player = /** @type {HTMLAudioElement} */ (part(field, "[data-played]"));
  const most = Number(field.dataset.mostS || 60);
  /** @type {MediaRecorder | null} */
  let recorder = null;
  part(field, "[data-recorder]").hidden = false;

  /** Whether a file is chosen by hand. @param {boolean} by */
  const byHand = (by) => {
    input.hidden = !by;
    const label = /** @type {HTMLLabelElement} */ (part(field, "[data-voice-label]"));
    label.htmlFor = by ? input.id : button.id;
  };
  byHand(false);

  /** @param {string} key */
  const name = (key) => { part(button, "[data-record-text]").textContent = t(key); };

  /** @param {Blob} sound @param {number} seconds */
  const take = (sound, seconds) => {
    const plain = type.split(";")[0] || "";
    if (!hold(input, new Blob([sound], { type: plain }), `voice.${ENDINGS[plain]}`)) {
      byHand(true);
      return;
    }
    player.src = URL.createObjectURL(sound);
    player.hidden = forget.hidden = false;
    says.textContent = t("voice_done", { n: seconds });
    name("voice_again");
  };

  const record = async () => {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    const made = new MediaRecorder(stream, { mimeType: type, audioBitsPerSecond: BITS_PER_S });
    /** @type {Blob[]} */
    const pieces = [];
    const started = Date.now();
    const passed = () => Math.min(most, Math.max(1, Math.round((Date.now() - started) / 1000)));
    const clock = setInterval(() => {
      says.textContent = t("voice_running", { n: passed() });
      if (Date.now() - started >= most * 1000 && made.state === "recording") made.stop();
    }, 250);
    made.addEventListener("dataavailable", (event) => { pieces.push(event.data); });
    made.addEventListener("stop", () => {
      clearInterval(clock);
      for (const track of stream.getTracks()) track.stop();
      recorder = null;
      take(new Blob(pieces, { type }), passed());
    });
    made.start();
    recorder = made;
    name("voice_stop");
  };

  button.addEventListener("click", () => {
    if (recorder) {
      recorder.stop();
      return;
    }
    record().catch(() => {
      says.textContent = t("voice_refused");
      byHand(true);
    });
  });
  forget.addEventListener("click", () => {
    input.value = "";
    player.removeAttribute("src");
    player.hidden = forget.hidden = true;
    says.textContent = "";
    name("voice_start");
  });
}

const field = /** @type {HTMLElement | null} */ (document.querySelector("[data-voice]"));
const type = kind();
if (field && type) begin(field, type);

for (const button of document.querySelectorAll("[data-print]")) {
  if (!(button instanceof HTMLElement)) continue;
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
