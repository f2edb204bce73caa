/** The worker's home: what still waits in the phone, and the punch that takes itself. */
import { punchByItself } from "./parts/automatic.js";
import { keepFiles, keepSites } from "./parts/keeping.js";
import { draw, keepSending } from "./parts/queue.js";

async function start() {
  keepFiles();
  await keepSites();
  await draw();
  keepSending();
  const place = /** @type {HTMLElement | null} */ (document.querySelector("[data-automatic]"));
  if (!place) return;
  const { project = "", name = "", automatic = "" } = place.dataset;
  await punchByItself({ project_id: project, site: name, direction: automatic });
}

void start();
