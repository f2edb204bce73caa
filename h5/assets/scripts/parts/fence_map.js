/** Draws a fence on a map and writes it into the fields of its form. */
import { areaOf, geometryOf, pointsOf } from "./geometry.js";
import { L, nameButtons } from "./map.js";

const LINE = { color: "#067a3c", weight: 3, fillOpacity: 0.15 };
const OTHER = { color: "#5b6470", weight: 2, dashArray: "6 6", fillOpacity: 0.05, pmIgnore: true, interactive: false };
const FAULT = { color: "#b3261e", weight: 3, radius: 10, fillOpacity: 0.3, pmIgnore: true, interactive: false };
/** Where a map without any drawing begins: the middle of the country. */
const SOMEWHERE = /** @type {[number, number]} */ ([35.5, 104]);

/** @typedef {{name: string, geometry: any, radius_m: number | null}} Other */

/** A grid instead of tiles: each square says how large it is by the scale beside it. */
const Grid = L.GridLayer.extend({
  createTile() {
    const tile = document.createElement("canvas");
    tile.width = tile.height = 256;
    const pen = /** @type {CanvasRenderingContext2D} */ (tile.getContext("2d"));
    pen.strokeStyle = "#dfe3e8";
    pen.strokeRect(0.5, 0.5, 256, 256);
    pen.strokeStyle = "#eceff2";
    for (let at = 64; at < 256; at += 64) {
      pen.strokeRect(at + 0.5, -1, 0, 258);
      pen.strokeRect(-1, at + 0.5, 258, 0);
    }
    return tile;
  },
});

/**
 * Let people draw on a map; what they draw stands in the form's fields at once.
 * @param {HTMLFormElement} form
 * @param {Other[]} others the project's other fences, shown in grey
 * @param {any} texts
 */
export function edit(form, others, texts) {
  const box = /** @type {HTMLElement} */ (form.querySelector("[data-map]"));
  const says = /** @type {HTMLElement} */ (form.querySelector("[data-says]"));
  box.hidden = false;
  form.classList.add("has-map");
  const map = L.map(box, { attributionControl: false, zoomControl: false, maxZoom: 21 });
  const tiles = form.dataset.tiles || "";
  (tiles ? L.tileLayer(tiles, { maxZoom: 21, maxNativeZoom: 18 }) : new (/** @type {any} */ (Grid))({ maxZoom: 21 })).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  L.control.zoom({ position: "topright", zoomInTitle: texts.nearer, zoomOutTitle: texts.farther }).addTo(map);
  toolbar(map, texts);
  nameButtons(box);
  const around = L.featureGroup(others.map((each) => shapeOf(each.geometry, each.radius_m, OTHER))).addTo(map);
  const drawn = L.featureGroup().addTo(map);
  const field = fieldsOf(form);
  const start = field.read();
  if (start) partsOf(start.geometry).forEach((part) => drawn.addLayer(shapeOf(part, start.radius_m, LINE)));
  look(map, drawn, around);
  markFaults(map, form, start?.geometry);

  const tell = () => {
    const layers = /** @type {any[]} */ (drawn.getLayers());
    const circle = layers.find((layer) => layer instanceof L.Circle);
    if (circle) {
      field.circle(circle.getLatLng(), circle.getRadius());
      const { lng, lat } = circle.getLatLng();
      says.textContent = fill(texts.round, { lon: lng.toFixed(6), lat: lat.toFixed(6), r: Math.round(circle.getRadius()) });
      return;
    }
    const geometry = geometryOf(layers.map((layer) => layer.toGeoJSON(7).geometry));
    field.area(geometry);
    says.textContent = geometry
      ? fill(texts.parts, {
          n: partsOf(geometry).length,
          points: pointsOf(geometry),
          area: fill(texts.square_metres, { n: Math.round(areaOf(geometry)).toLocaleString("zh-CN") }),
        })
      : texts.empty;
  };
  /** @param {any} layer */
  const listen = (layer) => layer.on("pm:edit pm:dragend pm:markerdragend pm:vertexremoved", tell);
  drawn.eachLayer(listen);
  map.on("pm:create", (/** @type {any} */ { layer, shape }) => {
    // A circle is a fence by itself: it takes the place of whatever was there, and the other way round.
    drawn.getLayers().forEach((/** @type {any} */ old) => {
      if (shape === "Circle" || old instanceof L.Circle) drawn.removeLayer(old);
    });
    layer.setStyle(LINE);
    drawn.addLayer(layer);
    listen(layer);
    tell();
  });
  map.on("pm:remove", (/** @type {any} */ { layer }) => {
    drawn.removeLayer(layer);
    tell();
  });
  map.on("pm:cut", (/** @type {any} */ { originalLayer, layer }) => {
    drawn.removeLayer(originalLayer);
    // What was cut through comes back as several parts.
    const pieces = layer.getLayers ? layer.getLayers() : [layer];
    map.removeLayer(layer);
    for (const piece of pieces)
      for (const part of partsOf(piece.toGeoJSON(7).geometry)) {
        const fresh = shapeOf(part, null, LINE);
        drawn.addLayer(fresh);
        listen(fresh);
      }
    tell();
  });
  form.addEventListener("change", (event) => {
    const typed = /** @type {HTMLElement} */ (event.target);
    if (!typed.closest("[data-circle], [data-area]")) return;
    drawn.clearLayers();
    const now = field.read();
    if (now) partsOf(now.geometry).forEach((part) => drawn.addLayer(shapeOf(part, now.radius_m, LINE)));
    drawn.eachLayer(listen);
    look(map, drawn, around);
  });
  tell();
  // The tests draw with it as a finger would not be precise enough.
  /** @type {any} */ (box).map = map;
}

/**
 * @param {any} map
 * @param {any} texts
 */
function toolbar(map, texts) {
  map.pm.setLang("zh", {
    buttonTitles: {
      drawPolyButton: texts.area, drawCircleButton: texts.circle, cutButton: texts.hole,
      editButton: texts.edit, dragButton: texts.move, deleteButton: texts.remove,
    },
  });
  map.pm.addControls({
    position: "topleft", drawMarker: false, drawCircleMarker: false, drawPolyline: false, drawRectangle: false,
    drawText: false, rotateMode: false,
  });
  map.pm.setGlobalOptions({ allowSelfIntersection: false, snapDistance: 12 });
}

/**
 * @param {any} geometry
 * @param {number | null} radius
 * @param {any} style
 * @returns {any}
 */
function shapeOf(geometry, radius, style) {
  if (geometry.type === "Point") {
    const [lng, lat] = geometry.coordinates;
    return L.circle([lat, lng], { ...style, radius: radius || 100 });
  }
  return L.polygon(L.GeoJSON.coordsToLatLngs(geometry.coordinates, geometry.type === "Polygon" ? 1 : 2), style);
}

/**
 * A MultiPolygon as its parts, anything else as it is.
 * @param {any} geometry
 * @returns {any[]}
 */
function partsOf(geometry) {
  if (geometry.type !== "MultiPolygon") return [geometry];
  return geometry.coordinates.map((/** @type {any} */ coordinates) => ({ type: "Polygon", coordinates }));
}

/**
 * Show everything that is drawn.
 * @param {any} map
 * @param {any} drawn
 * @param {any} around
 */
function look(map, drawn, around) {
  const seen = [drawn, around].find((group) => group.getLayers().length);
  if (seen) map.fitBounds(seen.getBounds().pad(0.3), { maxZoom: 18 });
  else map.setView(SOMEWHERE, 4);
}

/**
 * A ring round each corner that the server found fault with.
 * @param {any} map
 * @param {HTMLFormElement} form
 * @param {any} geometry
 */
function markFaults(map, form, geometry) {
  for (const path of (form.dataset.faults || "").split(" ")) {
    const steps = path.replace(/^geometry\.coordinates\.?/, "").split(".").filter(Boolean).map(Number);
    if (!path.startsWith("geometry.coordinates") || !geometry || steps.some(Number.isNaN)) continue;
    let at = geometry.coordinates;
    for (const step of steps) at = at && at[step];
    if (at && typeof at[0] === "number") L.circleMarker([at[1], at[0]], FAULT).addTo(map);
  }
}

/**
 * The fields of the form that the drawing fills.
 * @param {HTMLFormElement} form
 */
function fieldsOf(form) {
  /** @param {string} name @returns {any} */
  const named = (name) => form.elements.namedItem(name);
  const chosen = () => named("shape").value;
  return {
    read() {
      if (chosen() === "circle") {
        const [lon, lat] = [Number(named("lon").value), Number(named("lat").value)];
        const full = named("lon").value && named("lat").value;
        return full ? { geometry: { type: "Point", coordinates: [lon, lat] }, radius_m: Number(named("radius_m").value) || 100 } : null;
      }
      try {
        const found = JSON.parse(named("geometry").value);
        return found && found.coordinates ? { geometry: found, radius_m: null } : null;
      } catch (error) {
        if (error instanceof SyntaxError) return null;
        throw error;
      }
    },
    /** @param {{lng: number, lat: number}} middle @param {number} radius */
    circle(middle, radius) {
      named("shape").value = "circle";
      named("lon").value = middle.lng.toFixed(7);
      named("lat").value = middle.lat.toFixed(7);
      named("radius_m").value = String(Math.round(radius * 10) / 10);
    },
    /** @param {any} geometry */
    area(geometry) {
      named("shape").value = "area";
      named("geometry").value = geometry ? JSON.stringify(geometry) : "";
    },
  };
}

/**
 * @param {string} text
 * @param {Record<string, string | number>} values
 */
function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}
