// Where one alert is: home, last position, fences; and beside it in words what the map shows.
import { el, redraw } from '../dom.js';
import { tick } from '../clock.js';
import { coming } from '../row.js';
import { learn, t, word } from '../words.js';
import { distance, isInFence, wind } from './geo.js';
import { Ground } from './ground.js';
import * as words from './words.js';

learn(words);

/** Closer than this, or than the position is exact, is at home. */
const AT_HOME_M = 40;

/** 320 m, 1.2 km, 45 km. */
export function metres(m) {
  if (m < 950) return t('map.metres', { m: m < 100 ? Math.round(m / 5) * 5 : Math.round(m / 10) * 10 });
  return t('map.kilometres', { km: m < 9_500 ? (m / 1000).toFixed(1) : Math.round(m / 1000) });
}

/** How a position lies to the home: "离家 320 m，东北方向". */
export function awayFrom(home, fix) {
  const far = distance(home, fix);
  if (far <= Math.max(AT_HOME_M, fix.accuracy_m ?? 0)) return t('map.at_home');
  return t('map.away', { distance: metres(far), wind: t(`map.wind.${wind(home, fix)}`) });
}

/** The four ends of a circle. */
function around({ lat, lon }, radius) {
  const up = radius / 111_195;
  const aside = up / Math.cos((lat * Math.PI) / 180);
  return [{ lat: lat + up, lon }, { lat: lat - up, lon }, { lat, lon: lon + aside }, { lat, lon: lon - aside }];
}

class AlertMap extends HTMLElement {
  #alert = null;
  #ground = null;
  #marks = [];
  #seen = '';
  #isMoved = false; // by hand: then it stays where somebody put it
  #isFitting = false;

  connectedCallback() {
    if (this.words) return;
    this.words = el('ul', { class: 'map-words' });
    this.frame = el('div', { class: 'map-small' });
    this.append(this.frame, this.words);
  }

  disconnectedCallback() {
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#ground?.leave();
      this.#ground = null;
    });
  }

  /** Shows an alert; drawn anew only where something moved. */
  async show(alert) {
    this.#alert = alert;
    const { home_at: home, location: fix, fences = [], holds } = alert;
    const says = [home, fix && { ...fix, age_s: 0, taken_ms: Math.round(fix.taken_ms / 10_000) }, fences, holds, alert.coming, alert.closed];
    redraw(this.words, says, () => this.#say(alert));
    tick(this);
    if (!home && !fix) return;
    if (!this.#ground) {
      this.#ground = Ground.in(this.frame, { label: t('map.of_alert'), wheel: false });
      this.#ground = await this.#ground;
      this.#ground.tool('map.fit', () => this.#fit());
      this.#ground.map.on('movestart', () => { this.#isMoved ||= !this.#isFitting; });
      await this.#ground.ready;
    } else if (this.#ground instanceof Promise) return;
    this.#draw();
  }

  #say(alert) {
    const { home_at: home, location: fix, fences = [] } = alert;
    const lines = [];
    if (fix) {
      lines.push([el('b', {}, t('map.last_fix')), ' ',
        [home ? awayFrom(home, fix) : null, fix.source ? word('source', fix.source) : null,
          fix.accuracy_m === undefined ? null : t('map.accuracy', { m: Math.round(fix.accuracy_m) })].filter(Boolean).join(t('map.comma')),
        t('map.comma'), t('position.age'), ' ', el('span', { class: 'map-age', 'data-since': Math.round(fix.taken_ms) })]);
    } else if (!alert.masked) lines.push(t('map.no_fix'));
    if (alert.masked) lines.push(t('map.masked'));
    else if (!home) lines.push(t('map.no_home'));
    if (fix) {
      for (const fence of fences) {
        const inside = isInFence(fence, fix);
        const bad = inside === (fence.kind === 'danger');
        lines.push(el('span', { class: bad ? 'trouble' : null },
          t(`map.fence.${fence.kind}_${inside ? 'inside' : 'outside'}`, { name: fence.name })));
      }
    }
    const who = coming(alert);
    if (who) lines.push([el('b', {}, t('map.coming')), ' ', who, ' ', el('span', { class: 'soft' }, t('map.coming_unplaced'))]);
    if (home || fix) lines.push(el('a', { 'data-key': 'map-in-area', href: `#/map/${encodeURIComponent(alert.alert)}` }, t('map.in_area')));
    return lines.map((line) => el('li', {}, line));
  }

  #draw() {
    const { home_at: home, location: fix, fences = [] } = this.#alert;
    const seen = JSON.stringify([home, fix && [fix.lat, fix.lon, fix.accuracy_m, fix.source], fences]);
    if (seen === this.#seen) {
      const age = this.frame.querySelector('.pin-fix [data-since]');
      if (age) age.dataset.since = Math.round(fix.taken_ms);
      return;
    }
    this.#seen = seen;
    for (const mark of this.#marks) mark.remove();
    this.#marks = [...fences.map((fence) => this.#fence(fence)).flat(), ...this.#places(home, fix)];
    if (!this.#isMoved) this.#fit();
    tick(this);
  }

  #fence(fence) {
    const { L, map } = this.#ground;
    const corners = fence.corners.map(({ lat, lon }) => [lat, lon]);
    const looks = { className: `fence fence-${fence.kind}`, interactive: false };
    const shape = (fence.radius_m ? L.circle(corners[0], { ...looks, radius: fence.radius_m }) : L.polygon(corners, looks)).addTo(map);
    const top = shape.getBounds();
    const label = el('span', { class: `fence-name fence-name-${fence.kind}` },
      el('span', { 'aria-hidden': 'true' }, fence.kind === 'danger' ? '⊘' : '◯'), ' ', t(`map.fence.${fence.kind}`, { name: fence.name }));
    return [shape, this.#ground.put(label, { lat: top.getNorth(), lon: (top.getEast() + top.getWest()) / 2 })];
  }

  #places(home, fix) {
    const { L, map } = this.#ground;
    const made = [];
    if (home && fix && distance(home, fix) > Math.max(AT_HOME_M, fix.accuracy_m ?? 0)) {
      made.push(L.polyline([[home.lat, home.lon], [fix.lat, fix.lon]], { className: 'way-home', interactive: false }).addTo(map));
    }
    if (fix?.accuracy_m) {
      made.push(L.circle([fix.lat, fix.lon], { radius: fix.accuracy_m, className: 'accuracy', interactive: false }).addTo(map));
    }
    if (home) made.push(this.#ground.put(el('span', { class: 'pin pin-home' }, el('span', { class: 'pin-text' }, t('map.home'))), home));
    if (fix) {
      made.push(this.#ground.put(el('span', { class: 'pin pin-fix' },
        el('span', { class: 'pin-text' }, t('map.fix'), ' ', el('span', { 'data-since': Math.round(fix.taken_ms) }))), fix, { above: 500 }));
    }
    return made;
  }

  #fit() {
    const { home_at: home, location: fix, fences = [] } = this.#alert;
    const places = [home, fix].filter(Boolean);
    // A fence far larger than the way in question would make all else a dot.
    const near = places.length === 2 ? Math.max(400, distance(home, fix)) : 400;
    const from = places[0];
    for (const fence of fences) {
      if (fence.radius_m <= 2.5 * near) places.push(...around(fence.corners[0], fence.radius_m));
      for (const corner of fence.corners) if (distance(from, corner) <= 2 * near) places.push(corner);
    }
    if (fix?.accuracy_m < 20_000) places.push(...around(fix, fix.accuracy_m));
    this.#isFitting = true;
    this.#ground.fit(places);
    this.#isFitting = this.#isMoved = false;
  }
}
customElements.define('alert-map', AlertMap);
