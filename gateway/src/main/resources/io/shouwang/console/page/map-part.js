// The alert's map. Leaflet is loaded only when there is something to show on it; without it the words stand.
import { el } from './dom.js';
import { t } from './words.js';

export class MapPart extends HTMLElement {
  #map = null;

  connectedCallback() {
    this.className = 'part';
    if (!this.firstChild) this.hidden = true;
  }

  async show(alert) {
    const isSomewhere = Boolean(alert.home_at || alert.location || alert.home.address);
    this.hidden = !isSomewhere;
    if (!isSomewhere) return;
    try {
      if (!this.#map) {
        await import('./map/alert-map.js');
        this.#map ??= document.createElement('alert-map');
        this.replaceChildren(el('h3', {}, t('part.map')), this.#map);
      }
      await this.#map.show(alert);
    } catch {
      this.replaceChildren(el('h3', {}, t('part.map')), el('p', { class: 'trouble', role: 'status' }, t('part.map_trouble')));
      this.#map = null;
    }
  }
}
customElements.define('alert-map-part', MapPart);
