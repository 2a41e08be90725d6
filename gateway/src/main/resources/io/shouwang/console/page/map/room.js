// The area on a map: open alerts and incidents, live; and a list beside it that says the same.
import { arrange, el, redraw, say } from '../dom.js';
import { now, tick } from '../clock.js';
import { isIncident, parts } from '../order.js';
import { store } from '../store.js';
import { learn, t } from '../words.js';
import { AreaTable, countByArea } from './area-table.js';
import { gather, placeOf } from './cluster.js';
import { Ground } from './ground.js';
import { legend } from './legend.js';
import { alertMark, clusterMark, incidentMark, listItem } from './marks.js';
import * as words from './words.js';

learn(words);

const LISTED = 200;
let lastView = null; // where somebody was looking when they left the room

class RoomMap extends HTMLElement {
  #ground = null;
  #marks = new Map();
  #only = null; // the alerts of one place, when somebody opened it
  #asked = null;
  #change = () => this.#draw();

  connectedCallback() {
    store.addEventListener('change', this.#change);
    if (this.list) return;
    this.frame = el('div', { class: 'map-large' });
    this.heading = el('h2', {});
    this.all = el('button', { type: 'button', hidden: true, onclick: () => this.#show(null) }, t('map.all'));
    this.none = el('p', { class: 'none', hidden: true }, el('span', { 'aria-hidden': 'true' }, '✓'), ' ', t('map.none'));
    this.incidents = el('ul', { class: 'map-incidents' });
    this.list = el('ol', { class: 'map-list', 'aria-label': t('map.list') });
    this.more = el('p', { class: 'note', hidden: true });
    this.unplacedTitle = el('summary', {});
    this.unplacedList = el('ol', { class: 'map-list' });
    this.unplaced = el('details', { class: 'unplaced', hidden: true }, this.unplacedTitle,
      el('p', { class: 'note' }, t('map.unplaced_hint')), this.unplacedList);
    this.table = new AreaTable();
    const side = el('div', { class: 'map-side' }, el('div', { class: 'map-heading' }, this.heading, this.all),
      this.none, this.incidents, this.unplaced, this.list, this.more, this.table.fold, legend());
    side.addEventListener('focusin', (event) => this.#point(event.target.closest('[data-alert]')));
    side.addEventListener('pointerover', (event) => this.#point(event.target.closest('[data-alert]')));
    side.addEventListener('pointerleave', () => this.#point(null));
    this.append(this.frame, side);
    this.#start();
  }

  disconnectedCallback() {
    store.removeEventListener('change', this.#change);
    queueMicrotask(() => {
      if (this.isConnected || !this.#ground) return;
      const { map, plan } = this.#ground;
      lastView = { area: plan.area, centre: map.getCenter(), zoom: map.getZoom() };
      this.#ground.leave();
      this.#ground = null;
    });
  }

  /** #/map the area, #/map/ALERT that alert. */
  open([id]) {
    this.#asked = id ?? null;
    this.#goToAsked();
    this.#draw();
  }

  async #start() {
    try {
      const ground = await Ground.in(this.frame, { label: t('map.of_area'), wheel: true });
      await ground.ready;
      if (!this.isConnected) {
        ground.leave();
        return;
      }
      this.#ground = ground;
    } catch {
      this.frame.replaceChildren(el('p', { class: 'none trouble', role: 'status' }, t('map.trouble')));
      return;
    }
    const { map } = this.#ground;
    this.#ground.tool('map.fit_alerts', () => this.#fitAlerts() || this.#ground.home());
    this.#ground.tool('map.fit_area', () => this.#ground.home());
    if (lastView?.area === this.#ground.plan.area) this.#ground.look(lastView.centre, lastView.zoom);
    else if (!this.#fitAlerts()) this.#ground.home();
    map.on('zoomend', () => this.#draw());
    this.#goToAsked();
    this.#draw();
  }

  #placed(alerts) {
    const time = now();
    return alerts.map((alert) => ({ alert, at: placeOf(alert, time) }));
  }

  #fitAlerts() {
    return this.#ground.fit(this.#placed([...store.alerts.values()]).map(({ at }) => at).filter(Boolean), 16);
  }

  #goToAsked() {
    const alert = this.#asked && store.alerts.get(this.#asked);
    const at = alert && placeOf(alert, now());
    if (!this.#ground || !at) return;
    this.#asked = null;
    this.#ground.fit([at], 17);
    this.#point({ dataset: { alert: alert.alert } });
  }

  /** Lists the alerts of one place alone; null: all. */
  #show(ids) {
    this.#only = ids;
    this.#draw();
    if (ids) this.list.querySelector('a')?.focus();
  }

  #draw() {
    const { unanswered, held, exercises } = parts([...store.alerts.values()].filter((alert) => !isIncident(alert)));
    const alerts = [...unanswered, ...held, ...exercises];
    const all = this.#placed(alerts);
    const counts = countByArea(alerts);
    this.#goToAsked();
    this.#drawList(all);
    if (!this.#ground) return;
    this.#drawMarks(all.filter(({ at }) => at));
    this.#drawIncidents();
    this.#ground.outlines.count(new Map([...counts].map(([area, count]) => [area, count.unanswered])));
    this.table.draw(this.#ground.plan.areas, counts, (area) => {
      const bounds = this.#ground.outlines.boundsOf(area);
      if (bounds) this.#ground.map.fitBounds(bounds, { padding: [16, 16], animate: false });
    });
    tick(this);
  }

  #drawList(all) {
    const only = this.#only && new Set(this.#only);
    const shown = only ? all.filter(({ alert }) => only.has(alert.alert)) : all.filter(({ at }) => at);
    const unplaced = all.filter(({ at }) => !at);
    say(this.heading, only ? t('map.here', { count: shown.length }) : t('map.list'));
    this.all.hidden = !only;
    this.none.hidden = !store.isLoaded || all.length > 0 || store.incidents.length > 0;
    drawItems(this.list, shown.slice(0, LISTED), true);
    const more = shown.length - LISTED + (store.total - store.alerts.size);
    this.more.hidden = more <= 0;
    if (more > 0) say(this.more, t('map.more', { shown: Math.min(LISTED, shown.length), more }));
    this.unplaced.hidden = unplaced.length === 0 || Boolean(only);
    say(this.unplacedTitle, t('map.unplaced', { count: unplaced.length }));
    drawItems(this.unplacedList, unplaced.slice(0, LISTED), false);
    redraw(this.incidents, store.incidents, () => store.incidents.map((incident) => el('li', {}, incidentMark(incident),
      el('span', {}, incident.why))));
    tick(this);
  }

  /** Marks that stay as they are stay where they are, and keep the focus. */
  #drawMarks(placed) {
    const { map } = this.#ground;
    const clusters = gather(placed, ({ lat, lon }) => map.project([lat, lon]));
    const left = new Set(this.#marks.keys());
    for (const cluster of clusters) {
      const key = JSON.stringify([cluster.at, cluster.members.map(({ alert }) => [alert.alert, alert.state, alert.severity, alert.exercise])]);
      if (left.delete(key)) continue;
      const element = cluster.members.length === 1 ? alertMark(cluster.members[0]) : clusterMark(cluster, () => this.#openCluster(cluster));
      element.dataset.members = cluster.members.map(({ alert }) => alert.alert).join(' ');
      this.#marks.set(key, this.#ground.put(element, cluster.at));
    }
    for (const key of left) {
      if (key.startsWith('incident')) continue;
      this.#marks.get(key).remove();
      this.#marks.delete(key);
    }
  }

  #drawIncidents() {
    const left = new Set([...this.#marks.keys()].filter((key) => key.startsWith('incident')));
    for (const incident of store.incidents) {
      const at = incident.area && this.#ground.outlines.middleOf(incident.area);
      const key = `incident${JSON.stringify([incident.alert, incident.head_count, at])}`;
      if (!at || left.delete(key)) continue;
      this.#marks.set(key, this.#ground.put(incidentMark(incident), at, { above: 1000 }));
    }
    for (const key of left) {
      this.#marks.get(key).remove();
      this.#marks.delete(key);
    }
  }

  /** Nearer, or as a list where nearer would not part them. */
  #openCluster({ members }) {
    const { map } = this.#ground;
    const before = map.getZoom();
    const places = members.map(({ at }) => at);
    const isOnePlace = places.every(({ lat, lon }) => lat === places[0].lat && lon === places[0].lon);
    if (!isOnePlace) this.#ground.fit(places, map.getMaxZoom());
    if (isOnePlace || map.getZoom() <= before) this.#show(members.map(({ alert }) => alert.alert));
  }

  /** Shows on the map which one in the list is meant. */
  #point(item) {
    const id = item?.dataset.alert;
    for (const mark of this.querySelectorAll('.mark-pill.looked')) mark.classList.remove('looked');
    if (!id || !this.#ground) return;
    const mark = [...this.frame.querySelectorAll('[data-members]')].find((one) => one.dataset.members.split(' ').includes(id));
    mark?.classList.add('looked');
  }
}

function drawItems(list, items, isPlaced) {
  arrange(list, items, ({ alert }) => alert.alert, ({ alert }) => {
    const link = el('a', { href: `#/alert/${encodeURIComponent(alert.alert)}`, 'data-alert': alert.alert });
    return Object.assign(el('li', {}, link), { link });
  }, (row, { alert }) => {
    row.className = `${alert.severity} ${alert.state}`;
    redraw(row.link, [alert.text, alert.state, alert.elder, alert.elders, alert.home], () => listItem(alert, isPlaced));
  });
}
customElements.define('room-map', RoomMap);
