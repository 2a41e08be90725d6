// Leaflet and what draws vector tiles, loaded when a map is first wanted; their own files, unchanged.
import { style } from '../rooms.js';

const LIBRARIES = '/console/lib/';
let leaflet = null;
let tiles = null;

/** Leaflet, with the looks of our maps. */
export function loadLeaflet() {
  leaflet ??= Promise.all([import(`${LIBRARIES}leaflet-1.9.4.js`), style(`${LIBRARIES}leaflet-1.9.4.css`),
    style('/console/map/ground.css')]).then(() => window.L);
  leaflet.catch(() => { leaflet = null; });
  return leaflet;
}

/** What reads and draws PMTiles: scripts of the old kind, which leave one name each. */
export function loadTiles() {
  tiles ??= loadLeaflet().then(() => Promise.all([script('protomaps-leaflet-5.1.0.js'), script('pmtiles-4.5.0.js')]));
  tiles.catch(() => { tiles = null; });
  return tiles.then(() => ({ protomaps: window.protomapsL, pmtiles: window.pmtiles }));
}

function script(name) {
  const made = document.createElement('script');
  made.src = LIBRARIES + name;
  return new Promise((done, failed) => {
    made.onload = done;
    made.onerror = () => { made.remove(); failed(new Error(name)); };
    document.head.append(made);
  });
}
