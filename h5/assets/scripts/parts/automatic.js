/** The phone punches by itself: when its owner switched that on and opens the page on the site. */
import { say } from "./notices.js";
import { look } from "./looking.js";
import { NoPlace, place } from "./place.js";
import { take } from "./taking.js";
import { text as t } from "./texts.js";

const TRIED = "tried";
const AGAIN_MS = 10 * 60 * 1000;

/**
 * Punch when the phone is inside the fence, at most one try in ten minutes.
 * @param {{ project_id: string, site: string, direction: string }} act
 */
export async function punchByItself(act) {
  if (Date.now() - Number(sessionStorage.getItem(TRIED) || 0) < AGAIN_MS) return;
  sessionStorage.setItem(TRIED, String(Date.now()));
  say("info", t("place.automatic"));
  try {
    const position = await place();
    const seen = await look(act.project_id, position);
    if (seen && seen.verdict === "inside") await take({ ...act, method: "automatic", position });
    else say("info", t("place.stay"));
  } catch (error) {
    if (!(error instanceof NoPlace)) throw error;
    say("wrong", t(`place.${error.trouble}`));
  }
}
