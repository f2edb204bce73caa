/** GeoJSON areas: put together, counted, measured. */

const EARTH_M = 6371008.8;
const RADIANS = Math.PI / 180;

/** @typedef {{type: string, coordinates: any}} Geometry */

/**
 * One geometry of several polygons; null of none.
 * @param {Geometry[]} polygons
 * @returns {Geometry | null}
 */
export function geometryOf(polygons) {
  /** @type {any[]} */
  const parts = [];
  for (const each of polygons) parts.push(...polygonsOf(each));
  if (!parts.length) return null;
  return parts.length === 1 ? { type: "Polygon", coordinates: parts[0] } : { type: "MultiPolygon", coordinates: parts };
}

/**
 * The polygons of an area, each a list of its rings.
 * @param {Geometry} geometry
 * @returns {any[][]}
 */
function polygonsOf(geometry) {
  return geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
}

/**
 * How many corners a geometry has; the one that closes a ring is not counted.
 * @param {Geometry} geometry
 */
export function pointsOf(geometry) {
  let sum = 0;
  for (const rings of polygonsOf(geometry)) for (const ring of rings) sum += ring.length - 1;
  return sum;
}

/**
 * Its area in square metres, holes taken off, flat around its middle: right to a few per mille.
 * @param {Geometry} geometry
 */
export function areaOf(geometry) {
  let sum = 0;
  for (const rings of polygonsOf(geometry)) {
    rings.forEach((ring, place) => {
      sum += place === 0 ? ringArea(ring) : -ringArea(ring);
    });
  }
  return sum;
}

/** @param {any[]} ring corners of two numbers each, the last one the first again */
function ringArea(ring) {
  const [startX, startY] = ring[0];
  const shrink = Math.cos(startY * RADIANS);
  let twice = 0;
  for (let at = 1; at < ring.length; at += 1) {
    const [x1, y1] = ring[at - 1];
    const [x2, y2] = ring[at];
    twice += (x1 - startX) * (y2 - startY) - (x2 - startX) * (y1 - startY);
  }
  return (Math.abs(twice) / 2) * shrink * (EARTH_M * RADIANS) ** 2;
}
