// Distances and directions on the ground, degrees WGS-84; good to half a percent over a city.
const EARTH_M = 6_371_008.8;
const WINDS = ['n', 'ne', 'e', 'se', 's', 'sw', 'w', 'nw'];
const rad = (degrees) => (degrees * Math.PI) / 180;

/** How far east and north of a place another one lies, in metres. */
export function offset(from, to) {
  const turn = ((to.lon - from.lon + 540) % 360) - 180;
  return { east: rad(turn) * EARTH_M * Math.cos(rad((from.lat + to.lat) / 2)), north: rad(to.lat - from.lat) * EARTH_M };
}

export function distance(from, to) {
  const { east, north } = offset(from, to);
  return Math.hypot(east, north);
}

/** In which of eight directions: n, ne, e … */
export function wind(from, to) {
  const { east, north } = offset(from, to);
  return WINDS[Math.round(Math.atan2(east, north) / (Math.PI / 4) + 8) % 8];
}

/** Whether a place lies within a ring of places. */
export function isWithin(ring, place) {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [a, b] = [ring[i], ring[j]];
    const crosses = (a.lat > place.lat) !== (b.lat > place.lat)
      && place.lon < ((b.lon - a.lon) * (place.lat - a.lat)) / (b.lat - a.lat) + a.lon;
    if (crosses) inside = !inside;
  }
  return inside;
}

/** Whether a place lies within a fence. */
export function isInFence(fence, place) {
  return fence.radius_m ? distance(fence.corners[0], place) <= fence.radius_m : isWithin(fence.corners, place);
}

/** A place well inside a ring, for its name: of many, the one furthest from the border. */
export function middle(ring) {
  const lats = ring.map((place) => place.lat);
  const lons = ring.map((place) => place.lon);
  const [south, north, west, east] = [Math.min(...lats), Math.max(...lats), Math.min(...lons), Math.max(...lons)];
  let best = { lat: (south + north) / 2, lon: (west + east) / 2 };
  let room = -1;
  const STEPS = 16;
  for (let i = 1; i < STEPS; i++) {
    for (let j = 1; j < STEPS; j++) {
      const place = { lat: south + ((north - south) * i) / STEPS, lon: west + ((east - west) * j) / STEPS };
      if (!isWithin(ring, place)) continue;
      const free = Math.min(...ring.map((corner) => distance(corner, place)));
      if (free > room) [best, room] = [place, free];
    }
  }
  return best;
}
