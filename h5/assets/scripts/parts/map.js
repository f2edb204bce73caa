/** The map library with its drawing tools; heavy: `await import("./parts/map.js")` on the fence editor alone. */
// The first puts itself into the window, where the second looks for it.
import L from "leaflet";
import "@geoman-io/leaflet-geoman-free";

export { L };
