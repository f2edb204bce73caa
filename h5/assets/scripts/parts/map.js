/** The map library with its drawing tools; heavy: `await import("./parts/map.js")` on the fence editor alone. */
// The first puts itself into the window, where the second looks for it.
import L from "leaflet";
import "@geoman-io/leaflet-geoman-free";

export { L };

/**
 * Give the drawing tools' buttons the names that only their boxes carry.
 * @param {HTMLElement} box
 */
export function nameButtons(box) {
  for (const each of box.querySelectorAll(".button-container[title]")) {
    const name = /** @type {HTMLElement} */ (each).title;
    each.querySelectorAll(".leaflet-buttons-control-button").forEach((button) => button.setAttribute("aria-label", name));
  }
}
