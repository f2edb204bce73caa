/**
 * What WeChat gives pages inside it: the phone's place and its scanner. The page names the SDK in
 * `<meta name="wechat-sdk">` when it stands inside WeChat and the official account is set up.
 */

/**
 * @typedef {object} Sdk the parts of `wx` that are used here
 * @property {(options: object) => void} config
 * @property {(act: () => void) => void} ready
 * @property {(act: () => void) => void} error
 * @property {(options: object) => void} getLocation
 * @property {(options: object) => void} scanQRCode
 */

const ASKED = ["getLocation", "scanQRCode"];
/** A phone that gave no answer by then gives none. */
const MOST_MS = 8000;

/** @type {Promise<Sdk | null> | null} */
let loading = null;

/**
 * The SDK, signed for this page; null outside WeChat or when it does not come.
 * @returns {Promise<Sdk | null>}
 */
export function sdk() {
  if (!loading) loading = load().catch(() => null);
  return loading;
}

async function load() {
  const meta = document.querySelector('meta[name="wechat-sdk"]');
  if (!meta) return null;
  await fetchScript(meta.getAttribute("content") || "");
  const page = encodeURIComponent(location.href.split("#")[0] || "");
  const headers = { Accept: "application/json" };
  const answer = await fetch(`/h5/wechat/config?url=${page}`, { headers });
  if (!answer.ok) return null;
  const signed = await answer.json();
  const wx = /** @type {Sdk} */ (/** @type {any} */ (window).wx);
  return /** @type {Promise<Sdk | null>} */ (
    new Promise((resolve) => {
      setTimeout(() => resolve(null), MOST_MS);
      wx.ready(() => resolve(wx));
      wx.error(() => resolve(null));
      wx.config({
        appId: signed.appid,
        timestamp: signed.timestamp,
        nonceStr: signed.nonce,
        signature: signed.signature,
        jsApiList: ASKED,
      });
    })
  );
}

/** @param {string} address */
function fetchScript(address) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    const own = /** @type {HTMLScriptElement | null} */ (document.querySelector("script[nonce]"));
    script.nonce = own ? own.nonce : "";
    script.src = address;
    script.onload = resolve;
    script.onerror = reject;
    document.head.appendChild(script);
  });
}

/**
 * Where the phone is, as WeChat reads it; null when it gives nothing.
 * @returns {Promise<{ lon: number, lat: number, accuracy_m: number } | null>}
 */
export async function wechatPlace() {
  const wx = await sdk();
  if (!wx) return null;
  return new Promise((resolve) => {
    setTimeout(() => resolve(null), MOST_MS);
    wx.getLocation({
      type: "wgs84",
      /** @param {{ longitude: string | number, latitude: string | number, accuracy: string | number }} found */
      success: (found) =>
        resolve({
          lon: Number(found.longitude),
          lat: Number(found.latitude),
          accuracy_m: Number(found.accuracy),
        }),
      fail: () => resolve(null),
      cancel: () => resolve(null),
    });
  });
}

/**
 * What WeChat's scanner read; empty when nothing was scanned.
 * @returns {Promise<string>}
 */
export async function scanned() {
  const wx = await sdk();
  if (!wx) return "";
  return new Promise((resolve) => {
    wx.scanQRCode({
      needResult: 1,
      scanType: ["qrCode"],
      /** @param {{ resultStr: string }} found */
      success: (found) => resolve(found.resultStr),
      fail: () => resolve(""),
      cancel: () => resolve(""),
    });
  });
}
