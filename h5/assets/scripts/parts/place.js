/** Where the phone is: the best of up to three samples within eight seconds (BY-01). */

import { wechatPlace } from "./wechat.js";

/**
 * @typedef {object} Fix as the server takes it
 * @property {number} lon
 * @property {number} lat
 * @property {"wgs84"} datum
 * @property {number} accuracy_m
 * @property {string} taken_at
 */

/** @typedef {"denied" | "unavailable"} Trouble */

const SAMPLES = 3;
const MOST_MS = 8000;
/** So sure that waiting for a better one is not worth it. */
const GOOD_M = 25;
/** So unsure that the server can say nothing. */
export const POOR_M = 200;

/** Why there is no position. */
export class NoPlace extends Error {
  /** @param {Trouble} trouble */
  constructor(trouble) {
    super(trouble);
    this.trouble = trouble;
  }
}

/**
 * The best fix: WeChat's own where the page stands inside it, else the browser's. NoPlace when the
 * phone gives none.
 * @returns {Promise<Fix>}
 */
export async function place() {
  const asked = new Date().toISOString();
  const found = await wechatPlace();
  return found ? { ...found, datum: "wgs84", taken_at: asked } : browserPlace();
}

/** @returns {Promise<Fix>} */
function browserPlace() {
  return new Promise((resolve, reject) => {
    if (!navigator.geolocation) {
      reject(new NoPlace("unavailable"));
      return;
    }
    /** @type {GeolocationPosition | null} */
    let best = null;
    let samples = 0;
    /** @param {Trouble} trouble */
    const end = (trouble) => {
      navigator.geolocation.clearWatch(watch);
      clearTimeout(timer);
      if (best) resolve(fix(best));
      else reject(new NoPlace(trouble));
    };
    const watch = navigator.geolocation.watchPosition(
      (sample) => {
        samples += 1;
        if (!best || sample.coords.accuracy < best.coords.accuracy) best = sample;
        if (samples >= SAMPLES || best.coords.accuracy <= GOOD_M) end("unavailable");
      },
      (error) => {
        if (error.code === error.PERMISSION_DENIED) end("denied");
      },
      { enableHighAccuracy: true, maximumAge: 0, timeout: MOST_MS },
    );
    const timer = setTimeout(() => end("unavailable"), MOST_MS);
  });
}

/**
 * @param {GeolocationPosition} sample
 * @returns {Fix}
 */
function fix(sample) {
  const { longitude, latitude, accuracy } = sample.coords;
  return {
    lon: longitude,
    lat: latitude,
    datum: "wgs84",
    accuracy_m: Math.min(accuracy, 1_000_000),
    taken_at: new Date(sample.timestamp).toISOString(),
  };
}
