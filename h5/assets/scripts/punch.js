/** The pages on which one punches: by the fence, by the gate's code, by hand, without a network. */
import { punchByItself } from "./parts/automatic.js";
import { keepFiles, keepSites } from "./parts/keeping.js";
import { look, tell } from "./parts/looking.js";
import { say } from "./parts/notices.js";
import { hasPicture, picture, preview } from "./parts/picture.js";
import { draw, keepSending } from "./parts/queue.js";
import * as store from "./parts/store.js";
import { located, take } from "./parts/taking.js";
import { text as t } from "./parts/texts.js";

/** @typedef {import("./parts/taking.js").Act} Act */

let busy = false;

/**
 * One thing at a time: of two taps the second does nothing.
 * @param {() => Promise<void>} act
 */
async function alone(act) {
  if (busy) return;
  busy = true;
  document.body.setAttribute("aria-busy", "true");
  try {
    await act();
  } finally {
    busy = false;
    document.body.removeAttribute("aria-busy");
  }
}

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 */
function value(form, name) {
  const found = form.elements.namedItem(name);
  if (found instanceof RadioNodeList) return found.value;
  return found && "value" in found ? String(found.value) : "";
}

/**
 * @param {HTMLFormElement} form
 * @returns {Act}
 */
function actOf(form) {
  const checked = form.querySelector("[data-sites] input:checked");
  return {
    project_id: form.dataset.project || value(form, "project_id") || value(form, "project"),
    site: (checked && checked.getAttribute("data-name")) || form.dataset.name || "",
    direction: value(form, "direction"),
    method: /** @type {Act["method"]} */ (form.dataset.method || "manual"),
    note: value(form, "note"),
    site_code: form.dataset.siteCode,
    client_id: value(form, "client_id"),
  };
}

/**
 * @param {HTMLFormElement} form
 * @param {boolean} anyway
 */
async function punch(form, anyway) {
  if (hasPicture(form)) say("info", t("place.photo_work"));
  const act = { ...actOf(form), photo: await picture(form) };
  if (form.dataset.wantsPhoto !== undefined && !act.photo) {
    say("wrong", t("place.photo"));
    return;
  }
  if (act.method === "fence") {
    const position = await located(anyway);
    if (!position) return;
    act.position = position;
  }
  await take(act);
}

/** @param {HTMLFormElement} form */
async function lookAround(form) {
  const position = await located(true);
  if (!position) return;
  const seen = await look(value(form, "project"), position);
  if (seen) tell(seen, position);
  else say("wait", t("place.unreachable"));
}

/** The sites the phone remembers, on the page that came from the phone. @param {HTMLFormElement} form */
async function fillOffline(form) {
  const me = await store.me();
  if (me && me.elder) document.documentElement.classList.add("elder");
  const pattern = /** @type {HTMLTemplateElement} */ (form.querySelector("[data-site-choice]"));
  const list = form.querySelector("[data-sites]");
  for (const [place, site] of (me ? me.sites : []).entries()) {
    const shown = /** @type {DocumentFragment} */ (pattern.content.cloneNode(true));
    const input = /** @type {HTMLInputElement} */ (shown.querySelector("input"));
    input.value = site.id;
    input.checked = place === 0;
    input.setAttribute("data-name", site.name);
    const words = shown.querySelector(".choice-words span");
    if (words) words.textContent = site.name;
    if (list) list.appendChild(shown);
  }
  const known = Boolean(me && me.sites.length);
  form.hidden = !known;
  const nobody = /** @type {HTMLElement | null} */ (document.querySelector("[data-nobody]"));
  if (nobody) nobody.hidden = known;
}

/** @param {HTMLFormElement} form */
function listen(form) {
  preview(form);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void alone(() => punch(form, false));
  });
  const [anyway, around] = [document.querySelector("[data-anyway]"), document.querySelector("[data-look]")];
  if (anyway) anyway.addEventListener("click", () => void alone(() => punch(form, true)));
  if (around) {
    around.removeAttribute("hidden");
    around.addEventListener("click", () => void alone(() => lookAround(form)));
  }
}

async function start() {
  // A page that comes back as it was left says what was true then.
  addEventListener("pageshow", (event) => event.persisted && location.reload());
  keepFiles();
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector("[data-punch-form]"));
  if (form) listen(form);
  if (form && form.dataset.offline !== undefined) await fillOffline(form);
  await keepSites();
  await draw();
  keepSending();
  if (form && form.dataset.automatic) {
    const { project_id, site } = actOf(form);
    const direction = form.dataset.automatic;
    await alone(() => punchByItself({ project_id, site, direction }));
  }
}

void start();
