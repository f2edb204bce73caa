/** Inside WeChat its own scanner reads the code at the gate. */
import { say } from "./parts/notices.js";
import { text as t } from "./parts/texts.js";
import { scanned, sdk } from "./parts/wechat.js";

const CODE = /\/h5\/s\/[^/?#\s]+$/;

/** @param {HTMLElement} button */
async function offer(button) {
  if (!(await sdk())) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const found = CODE.exec(await scanned());
    if (found) location.assign(found[0]);
    else say("wrong", t("scan.other"));
  });
}

const button = /** @type {HTMLElement | null} */ (document.querySelector("[data-scan]"));
if (button) void offer(button);
