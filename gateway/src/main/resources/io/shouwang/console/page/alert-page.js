// One alert with all that helps: asked for anew whenever the feed says that it changed.
import { el, redraw, say } from './dom.js';
import { get, path } from './api.js';
import { tick, timeOf } from './clock.js';
import { MARKS } from './order.js';
import { received, store } from './store.js';
import { sound } from './sound.js';
import { address, badges, whom } from './row.js';
import { drawPersons, drawPlace, drawPosition, drawWhy } from './where.js';
import { drawLadder, drawResponders } from './responders.js';
import { Timeline } from './timeline.js';
import { Handover } from './handover.js';
import { drawCaller } from './caller.js';
import './readings.js';
import { AlertActions } from './actions.js';
import { t } from './words.js';

const SECTIONS = ['persons', 'place', 'caller', 'position', 'why', 'responders', 'ladder', 'others'];

class AlertPage extends HTMLElement {
  #id;
  #alert = null;
  #caller = null;
  #others = [];
  #loading = false;
  #again = false;
  #parts = {};

  connectedCallback() {
    store.addEventListener('alert', (event) => { if (event.detail.alert === this.#id) this.load(); });
  }

  get alert() {
    return this.#alert;
  }

  get shown() {
    return this.#id;
  }

  /** Shows an alert, or nothing. */
  open(id) {
    if (id === this.#id) return;
    this.#id = id;
    this.#alert = null;
    this.#caller = null;
    this.#others = [];
    this.#parts = {};
    this.replaceChildren(el('p', { class: 'none' }, t(id ? 'page.loading' : 'page.none')));
    if (id) this.load();
  }

  /** Asks for the alert, and once more when it changed meanwhile. */
  async load() {
    this.#again = true;
    if (this.#loading) return;
    this.#loading = true;
    try {
      while (this.#again && this.#id) {
        this.#again = false;
        await this.#ask(this.#id);
      }
    } finally {
      this.#loading = false;
    }
  }

  async #ask(id) {
    try {
      const alert = received(await get(path`/api/v1/alerts/${id}`));
      if (id !== this.#id) return;
      this.#alert = alert;
      sound.look(id);
      this.#draw();
      await this.#askAround(alert);
      if (id === this.#id) this.#draw();
    } catch (refusal) {
      if (id !== this.#id) return;
      if (this.#alert) this.#parts.actions.say(refusal.message);
      else this.replaceChildren(el('p', { class: 'none trouble', role: 'status' }, refusal.message));
    }
  }

  /** What else is known of this home, and of who calls. */
  async #askAround(alert) {
    const others = await get(`${path`/api/v1/alerts?state=all&limit=20&home=${alert.home.id}`}`);
    this.#others = others.alerts.filter((one) => one.alert !== alert.alert);
    if (alert.kind === 'call') {
      const { calls } = await get('/api/v1/calls');
      const number = calls.find((call) => call.alert === alert.alert)?.number;
      this.#caller = number ? await get(path`/api/v1/callers/${number}`) : { number: '', homes: [] };
    }
  }

  /** The alerts of this home that could go on as one with this. */
  get mergeable() {
    return this.#others.filter((one) => one.state !== 'closed');
  }

  #frame() {
    const parts = this.#parts;
    for (const name of SECTIONS) parts[name] = el('section', { class: `part ${name}`, hidden: true });
    parts.head = el('header', { class: 'head' });
    parts.actions = new AlertActions(this);
    parts.handover = new Handover();
    parts.readings = document.createElement('home-readings');
    parts.readings.className = 'part readings';
    parts.timeline = new Timeline();
    const fold = (...names) => el('div', { class: 'column' }, names.map((name) => parts[name]));
    this.replaceChildren(parts.head, parts.actions,
      el('div', { class: 'columns' },
        fold('persons', 'place', 'caller', 'position', 'readings', 'why', 'handover'),
        fold('responders', 'ladder', 'others', 'timeline')));
  }

  #draw() {
    const alert = this.#alert;
    if (!this.#parts.head) this.#frame();
    const parts = this.#parts;
    this.className = `${alert.severity} ${alert.state}`;
    redraw(parts.head, [alert.text, alert.modes, alert.raised_at, alert.closed], () => drawHead(alert));
    parts.actions.show(alert);
    part(parts.persons, 'part.persons', [alert.persons, alert.elder], () => drawPersons(alert));
    part(parts.place, 'part.place', [alert.home, store.exchanges], () => drawPlace(alert));
    part(parts.caller, 'part.caller', this.#caller, () => this.#caller && drawCaller(this.#caller, { alert: alert.alert }));
    part(parts.position, 'part.position', alert.location, () => drawPosition(alert));
    part(parts.why, 'part.why', [alert.why, alert.evidence], () => drawWhy(alert));
    part(parts.responders, 'part.responders', [alert.asked, alert.holds, alert.persons, store.exchanges], () => drawResponders(alert));
    part(parts.ladder, 'part.ladder', [alert.state, alert.next_rung, alert.desk, alert.lapses_at, alert.next_ring_at],
      () => drawLadder(alert));
    part(parts.others, 'part.others', this.#others, () => drawOthers(this.#others));
    parts.handover.show(alert);
    parts.readings.show(alert.home?.id && alert.home.area ? alert.home.id : null);
    parts.timeline.show(alert);
    tick(this);
  }
}

/** A section with its title, hidden while it has nothing to show. */
function part(section, title, shows, draw) {
  redraw(section, shows, () => {
    const drawn = draw();
    section.hidden = !drawn;
    return drawn ? [el('h3', {}, t(title)), drawn] : [];
  });
}

function drawHead(alert) {
  return [
    el('a', { class: 'back', href: '#/' }, '← ', t('page.back')),
    el('h2', { tabindex: '-1', 'data-key': 'head' },
      el('span', { class: 'mark' }, el('span', { 'aria-hidden': 'true' }, MARKS[alert.severity] ?? ''), ' ', alert.text.severity),
      ' ', alert.text.kind),
    el('span', { class: `state ${alert.state}` }, alert.text.state), badges(alert),
    el('span', { class: 'raised' }, t('page.raised', { at: timeOf(alert.raised_at) }), ' ',
      alert.closed ? null : el('span', { class: 'age', 'data-since': Date.parse(alert.raised_at) })),
    el('p', { class: 'summary' }, [whom(alert), address(alert)].filter(Boolean).join(' · ')),
    alert.closed ? el('p', { class: 'ended' }, t('page.closed', {
      at: timeOf(alert.closed.at), by: alert.closed.name, how: alert.closed.text })) : null,
  ];
}

function drawOthers(others) {
  if (others.length === 0) return null;
  return el('ul', { class: 'others' }, others.map((one) => el('li', {},
    el('a', { href: `#/alert/${encodeURIComponent(one.alert)}` },
      `${MARKS[one.severity] ?? ''} ${one.text.kind}`), ' ',
    el('span', { class: 'soft' }, [one.closed ? one.closed.text : one.text.state, timeOf(one.raised_at)].join(' · ')))));
}
customElements.define('alert-page', AlertPage);
