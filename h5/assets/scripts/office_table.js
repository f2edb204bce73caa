/** Tables of the offices: tick all, and how many are ticked. */
import { countPicked } from "./parts/picking.js";

/** @type {any} */
const texts = JSON.parse(document.getElementById("texts")?.textContent || "{}");

for (const form of document.querySelectorAll("form")) {
  countPicked(form, (n) => texts.picked.replace("{n}", n));
}
