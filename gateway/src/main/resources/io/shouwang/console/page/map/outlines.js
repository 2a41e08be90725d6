// The outlines: what is drawn at which nearness, and the names. With tiles beneath, the areas alone.
import { headers } from '../api.js';
import { el, say } from '../dom.js';
import { t } from '../words.js';
import { middle } from './geo.js';

/** From which zoom level to which a name is written: an area's by its level, others by kind or class. */
const NAMED = {
  city: [0, 9.4], county: [8, 11.4], street: [11.5, 13.4], community: [13.5, 15.4], grid: [15.5, 22],
  water: [12, 22], green: [14.5, 22], road: [15.5, 22], rail: [13.5, 22], building: [17.5, 22],
  place: [13, 15.5], town: [10.5, 13.5], village: [12.5, 15.5], hospital: [14.5, 22], fire: [14.5, 22], office: [15.5, 22], care: [15.5, 22],
};
const SYMBOLS = { hospital: '✚', fire: '◆', office: '■', care: '♥', place: '', town: '●', village: '' };
const known = new Map();

/** The outlines from the gateway, asked for once. */
function ask(url) {
  if (!known.has(url)) {
    known.set(url, fetch(url, { headers: headers() }).then((response) => {
      if (!response.ok) throw new Error(url);
      return response.json();
    }));
    known.get(url).catch(() => known.delete(url));
  }
  return known.get(url);
}

const levelOf = ({ kind, level, ...rest }) => (kind === 'area' ? level ?? 'grid' : kind === 'place' ? rest.class ?? 'place' : kind);

export class Outlines {
  #map;
  #L;
  #names = [];
  #middles = new Map();
  #bounds = new Map();
  #onlyAreas;

  constructor(L, map, onlyAreas) {
    this.#L = L;
    this.#map = map;
    this.#onlyAreas = onlyAreas;
    map.createPane('land').style.zIndex = 250;
    map.createPane('names').style.zIndex = 350;
    this.renderer = L.svg({ pane: 'land', padding: 0.5 });
    map.on('zoomend', () => this.#level());
  }

  async load(url, areaNames) {
    const { features } = await ask(url);
    // Borders last, above the roads they follow.
    const isArea = ({ properties }) => properties.kind === 'area';
    for (const feature of [...features.filter((one) => !isArea(one)), ...features.filter(isArea)]) this.#add(feature, areaNames);
    this.#level();
  }

  #add(feature, areaNames) {
    const { kind, name, area } = feature.properties;
    if (this.#onlyAreas && kind !== 'area') return;
    const L = this.#L;
    const shape = kind === 'place' ? null : this.#shape(feature, kind);
    if (shape && area) this.#bounds.set(area, shape.getBounds());
    if (shape && !area && kind === 'area') this.#bounds.set(name, shape.getBounds());
    const label = areaNames.get(area) ?? name;
    const at = label && this.#middleOf(feature, shape);
    if (area && at) this.#middles.set(area, at);
    if (!at) return;
    const level = levelOf(feature.properties);
    const symbol = SYMBOLS[level];
    const count = el('b', { class: 'land-name-count', hidden: true });
    const text = el('span', { class: `land-name land-name-${kind} land-name-${level}` },
      symbol ? el('span', { class: 'land-name-symbol' }, symbol) : null, el('span', {}, label), count);
    const marker = L.marker([at.lat, at.lon], { pane: 'names', interactive: false, keyboard: false,
      icon: L.divIcon({ html: text, className: 'name-place', iconSize: null }) });
    this.#names.push({ marker, area, count, range: NAMED[level] ?? NAMED[kind] ?? NAMED.grid });
  }

  #shape(feature, kind) {
    const L = this.#L;
    const { level, class: kindOf } = feature.properties;
    const draw = (className) => L.geoJSON(feature, {
      pane: 'land', renderer: this.renderer, interactive: false,
      style: { className: `land land-${kind} ${className}`, fill: kind !== 'road' && kind !== 'rail' },
    }).addTo(this.#map);
    if (kind === 'road') draw(`casing ${kindOf ?? ''}`);
    return draw(level ?? kindOf ?? '');
  }

  #middleOf({ geometry, properties }, shape) {
    const { type, coordinates } = geometry;
    const place = ([lon, lat]) => ({ lat, lon });
    if (type === 'Point') return place(coordinates);
    if (type === 'LineString') return place(coordinates[Math.floor(coordinates.length * 0.56)]);
    if (properties.kind === 'water' && shape) return place((type === 'Polygon' ? coordinates : coordinates[0])[0][Math.floor((coordinates[0].length ?? 2) * 0.3)]);
    if (type === 'Polygon') return middle(coordinates[0].slice(0, -1).map(place));
    if (type === 'MultiPolygon') return middle(coordinates[0][0].slice(0, -1).map(place));
    return null;
  }

  #level() {
    const zoom = this.#map.getZoom();
    const far = zoom < 12.5 ? 'far' : zoom < 14.5 ? 'mid' : zoom < 16.5 ? 'near' : 'door';
    for (const one of ['far', 'mid', 'near', 'door']) this.#map.getContainer().classList.toggle(one, one === far);
    for (const { marker, range } of this.#names) {
      const wanted = zoom >= range[0] && zoom <= range[1];
      if (wanted !== this.#map.hasLayer(marker)) {
        if (wanted) marker.addTo(this.#map);
        else marker.remove();
      }
    }
  }

  /** Writes how many unanswered alerts there are behind each area's name. */
  count(counts) {
    for (const { area, count } of this.#names) {
      const number = counts.get(area) ?? 0;
      count.hidden = number === 0;
      say(count, number === 0 ? '' : t('map.area_count', { count: number }));
    }
  }

  boundsOf(area) {
    return this.#bounds.get(area) ?? null;
  }

  middleOf(area) {
    return this.#middles.get(area) ?? null;
  }

  /** All of it, or null when there is nothing. */
  get bounds() {
    const all = this.#L.latLngBounds([]);
    this.#bounds.forEach((one) => all.extend(one));
    return all.isValid() ? all : null;
  }
}
