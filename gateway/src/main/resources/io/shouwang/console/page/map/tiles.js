// The tiles beneath the outlines: the gateway's own file, the national map, or a city's map server.
import { headers } from '../api.js';
import { loadTiles } from './leaflet.js';

const isDark = () => matchMedia('(prefers-color-scheme: dark)').matches;

/** The base's layers, and the bounds the tiles have, if they say; troubled is told when tiles don't come. */
export async function baseOf(L, base, troubled) {
  if (base.kind === 'pmtiles') return vectors(base, troubled);
  const layers = base.kind === 'none' ? [] : base.layers ?? [''];
  return { layers: layers.map((layer) => pictures(L, base, layer).on('tileerror', troubled)), bounds: null };
}

function pictures(L, base, layer) {
  const Pictures = L.TileLayer.extend({
    // The library gives up a tile by an inline picture, which our policy has no room for.
    _abortLoading() {
      for (const tile of Object.values(this._tiles)) {
        if (tile.coords.z === this._tileZoom || tile.el.complete) continue;
        tile.el.onload = tile.el.onerror = null;
        tile.el.removeAttribute('src');
        tile.el.remove();
        delete this._tiles[this._tileCoordsToKey(tile.coords)];
      }
    },
    _removeTile(key) {
      const tile = this._tiles[key];
      if (!tile) return undefined;
      tile.el.removeAttribute('src');
      return L.GridLayer.prototype._removeTile.call(this, key);
    },
    _tileReady(coords, error, tile) {
      if (this._map) L.GridLayer.prototype._tileReady.call(this, coords, error, tile);
    },
  });
  return new Pictures(base.url, {
    layer, key: base.key ?? '', subdomains: base.subdomains?.length ? base.subdomains : 'a',
    maxNativeZoom: base.max_zoom, maxZoom: 19, className: 'base-picture',
    // The national map lets a browser in by the page it comes from; no other server is told.
    referrerPolicy: base.kind === 'tianditu' ? 'origin' : false,
  });
}

async function vectors(base, troubled) {
  try {
    const { protomaps, pmtiles } = await loadTiles();
    // These headers stay as they are: what is fetched with them later may be nobody's doing.
    const source = new pmtiles.FetchSource(base.url, new Headers(headers({ 'X-Shouwang': 'page' })));
    const file = new pmtiles.PMTiles(source);
    const head = await file.getHeader();
    const tiles = protomaps.leafletLayer({
      url: file, flavor: isDark() ? 'dark' : 'light', lang: 'zh', attribution: '', maxDataZoom: head.maxZoom,
    });
    return { layers: [tiles], bounds: [[head.minLat, head.minLon], [head.maxLat, head.maxLon]] };
  } catch {
    troubled();
    return { layers: [], bounds: null };
  }
}
