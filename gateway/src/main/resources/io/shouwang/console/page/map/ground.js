// A map without anything on it yet: base, outlines, and the means to move about. Works without any tiles.
import { get } from '../api.js';
import { el, say } from '../dom.js';
import { t } from '../words.js';
import { loadLeaflet } from './leaflet.js';
import { Outlines } from './outlines.js';
import { baseOf } from './tiles.js';

const WORLD = { lat: 35, lon: 105, zoom: 4 };
const ZOOM_MAX = 19;

export class Ground {
  /** Makes a map in a place that is in the document and has a size. */
  static async in(place, { label, wheel }) {
    const [L, what] = await Promise.all([loadLeaflet(), get('/api/v1/map')]);
    return new Ground(L, what, place, label, wheel);
  }

  constructor(L, what, place, label, wheel) {
    this.L = L;
    this.plan = what;
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.trouble = el('p', { class: 'map-trouble', role: 'status' });
    const canvas = el('div', { class: 'map-canvas', role: 'group', 'aria-label': label });
    this.tools = el('div', { class: 'map-tools' },
      this.#button('+', 'map.nearer', () => this.map.zoomIn()), this.#button('−', 'map.further', () => this.map.zoomOut()));
    place.append(el('div', { class: 'map-frame' }, canvas, this.tools), this.trouble);
    this.map = L.map(canvas, {
      zoomControl: false, attributionControl: false, scrollWheelZoom: wheel, dragging: wheel || !matchMedia('(pointer: coarse)').matches, maxZoom: ZOOM_MAX, minZoom: 3, zoomSnap: 0.5,
      zoomAnimation: !still, fadeAnimation: !still, markerZoomAnimation: !still, inertia: !still, worldCopyJump: true,
    });
    this.map.setView([WORLD.lat, WORLD.lon], WORLD.zoom);
    L.control.scale({ imperial: false, position: 'bottomleft' }).addTo(this.map);
    if (!wheel) { // so that a page can be scrolled past a map, by wheel and by thumb, unless somebody is at it
      canvas.addEventListener('focusin', () => this.map.scrollWheelZoom.enable());
      canvas.addEventListener('focusout', () => this.map.scrollWheelZoom.disable());
    }
    this.outlines = new Outlines(L, this.map, what.base.kind !== 'none');
    this.watch = new ResizeObserver(() => this.map.invalidateSize({ pan: false }));
    this.watch.observe(canvas);
    if (what.base.attribution) place.append(el('p', { class: 'map-source' }, what.base.attribution));
    this.ready = this.#lay(what);
  }

  async #lay(what) {
    const troubled = () => say(this.trouble, t('map.no_tiles'));
    const names = new Map(what.areas.map((area) => [area.id, area.name]));
    const [base] = await Promise.all([
      baseOf(this.L, what.base, troubled),
      what.outlines ? this.outlines.load(what.outlines, names).catch(() => say(this.trouble, t('map.no_outlines'))) : null,
    ]);
    this.tileBounds = base.bounds;
    this.layers = base.layers;
  }

  #button(text, word, act) {
    return el('button', { type: 'button', 'aria-label': t(word), title: t(word), onclick: act }, text);
  }

  /** Adds a button to those that move the map. */
  tool(word, act) {
    this.tools.append(el('button', { type: 'button', onclick: act }, t(word)));
  }

  /** Shows all these places, or as near as makes sense. */
  fit(places, nearest = 17) {
    const bounds = this.L.latLngBounds(places.map(({ lat, lon }) => [lat, lon]));
    if (bounds.isValid()) this.#look(() => this.map.fitBounds(bounds, { padding: [48, 48], maxZoom: nearest, animate: false }));
    return bounds.isValid();
  }

  /** Shows the area of whoever sits here, or the next best that is known. */
  home() {
    const { area, view } = this.plan;
    const bounds = this.outlines.boundsOf(area) ?? this.outlines.bounds ?? this.tileBounds;
    if (bounds) this.#look(() => this.map.fitBounds(bounds, { padding: [16, 16], animate: false }));
    else this.look(view ?? WORLD, (view ?? WORLD).zoom);
  }

  /** Shows a place as near as that. */
  look({ lat, lon, lng }, zoom) {
    this.#look(() => this.map.setView([lat, lon ?? lng], zoom, { animate: false }));
  }

  /** Tiles are laid once somebody said where to look, so that none is fetched in vain. */
  #look(move) {
    move();
    for (const layer of this.layers ?? []) layer.addTo(this.map);
    this.layers = [];
  }

  /** Puts an element at a place; it may be moved and taken away. */
  put(element, { lat, lon }, { pane = 'markerPane', above = 0 } = {}) {
    this.L.DomEvent.disableClickPropagation(element);
    return this.L.marker([lat, lon], { pane, interactive: false, keyboard: false, zIndexOffset: above,
      icon: this.L.divIcon({ html: element, className: 'mark-place', iconSize: null }) }).addTo(this.map);
  }

  leave() {
    this.watch.disconnect();
    this.map.remove();
  }
}
