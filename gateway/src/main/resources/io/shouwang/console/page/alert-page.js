// One alert with all that helps: asked for anew whenever the feed says that it changed.
import { el, redraw, say } from './dom.js';
import { get, path } from './api.js';
import { tick, timeOf } from './clock.js';
import { MARKS } from './order.js';
import { received, store } from './store.js';
import { isLocked, session } from './session.js';
import { sound } from './sound.js';
import { offerGlass } from './glass.js';
import { address, badges, whom } from './row.js';
import { drawPersons, drawPlace, drawPosition, drawWhy } from './where.js';
import { drawLadder, drawResponders } from './responders.js';
import { Timeline } from './timeline.js';
import { Handover } from './handover.js';
import { drawCaller } from './caller.js';
import { drawEarlier, earlierOf } from './earlier.js';
import { drawHandover } from './handing.js';
import { drawNotes, notesOf } from './notes.js';
import './readings.js';
import { AlertActions } from './actions.js';
import { MapPart } from './map-part.js';
import { HomeModes } from './home-modes.js';
import { t } from './words.js';

const SECTIONS = ['handed', 'jotted', 'persons', 'place', 'caller', 'position', 'why', 'responders', 'ladder', 'others', 'earlier'];

class AlertPage extends HTMLElement {
  #id;
  #alert = null;
  #caller = null;
  #others = [];
  #notes = [];
  #earlier = null;
  #loading = false;
  #again = false;
  #parts = {};

  connectedCallback() {
    store.addEventListener('alert', (event) => { if (event.detail.alert === this.#id) this.load(); });
    session.addEventListener('changed', () => this.load());
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
    this.#notes = [];
    this.#earlier = null;
    this.#parts = {};
    this.replaceChildren(el('p', { class: 'none' }, t(id ? 'page.loading' : 'page.none')));
    if (id) this.load();
  }

  /** Asks for the alert, and once more when it changed meanwhile. */
  async load() {
    this.#again = true;
    if (this.#loading || isLocked() || !this.isConnected) return;
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
      if (isLocked()) return;
      if (this.#alert && refusal.status !== 404) this.#parts.actions.say(refusal.message);
      else this.#refuse(refusal);
    }
  }

  /** What lies outside one's area is opened for a reason that stands in the record. */
  #refuse(refusal) {
    this.#alert = null;
    this.#parts = {};
    this.replaceChildren(el('p', { class: 'none trouble', role: 'status' }, refusal.message),
      refusal.status === 404 ? offerGlass({ alert: this.#id }, () => this.load()) : '');
  }

  /** What else is known of this home, and of who calls. */
  async #askAround(alert) {
    const [others, notes, earlier] = await Promise.all([
      get(`${path`/api/v1/alerts?state=open&limit=20&home=${alert.home.id}`}`), notesOf(alert.alert), earlierOf(alert.home)]);
    if (alert.alert !== this.#id) return;
    this.#notes = notes;
    this.#earlier = earlier;
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
    parts.map = new MapPart();
    parts.readings = document.createElement('home-readings');
    parts.readings.className = 'part readings';
    parts.timeline = new Timeline();
    parts.homeModes = new HomeModes();
    parts.modes = el('section', { class: 'part modes', hidden: true }, el('h3', {}, t('part.modes')), parts.homeModes);
    const fold = (...names) => el('div', { class: 'column' }, names.map((name) => parts[name]));
    this.replaceChildren(parts.head, parts.actions,
      el('div', { class: 'columns' },
        fold('handed', 'persons', 'place', 'why', 'caller', 'jotted', 'modes', 'readings', 'handover'),
        fold('responders', 'ladder', 'others', 'map', 'position', 'earlier', 'timeline')));
  }

  #draw() {
    const alert = this.#alert;
    if (!this.#parts.head) this.#frame();
    const parts = this.#parts;
    this.className = `${alert.severity} ${alert.state}`;
    redraw(parts.head, [alert.text, alert.modes, alert.handover, alert.raised_at, alert.closed], () => drawHead(alert));
    parts.actions.show(alert);
    part(parts.handed, 'part.handed', alert.handover, () => drawHandover(alert));
    part(parts.jotted, 'part.jotted', this.#notes, () => drawNotes(this.#notes, () => this.load()));
    part(parts.persons, 'part.persons', [alert.persons, alert.elder], () => drawPersons(alert));
    part(parts.place, 'part.place', [alert.home, alert.persons, alert.asked, store.exchanges], () => drawPlace(alert));
    part(parts.caller, 'part.caller', this.#caller, () => this.#caller && drawCaller(this.#caller, { alert: alert.alert }));
    part(parts.position, 'part.position', alert.location, () => drawPosition(alert));
    part(parts.why, 'part.why', [alert.why, alert.evidence], () => drawWhy(alert));
    part(parts.responders, 'part.responders', [alert.asked, alert.holds, alert.persons, store.exchanges], () => drawResponders(alert));
    part(parts.ladder, 'part.ladder', [alert.state, alert.next_rung, alert.desk, alert.lapses_at, alert.next_ring_at],
      () => drawLadder(alert));
    part(parts.others, 'part.others', this.#others, () => drawOthers(this.#others));
    parts.map.show(alert);
    parts.modes.hidden = alert.home.address === undefined; // nobody registered it
    if (!parts.modes.hidden) parts.homeModes.show(alert.home.id, devicesOf(alert));
    part(parts.earlier, 'part.earlier', this.#earlier, () => drawEarlier(this.#earlier, alert.alert));
    parts.handover.show(alert);
    parts.readings.show(alert.home?.id && alert.home.area ? alert.home.id : null);
    parts.timeline.show(alert);
    tick(this);
  }
}

/** The devices that this alert came from: one that errs is put into test mode here. */
const devicesOf = (alert) => [...new Set((alert.evidence ?? []).map((one) => one.device))].map((device) => ({ device }));

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
      at: timeOf(alert.closed.at), by: alert.closed.name, how: alert.closed.text }),
    alert.closed.passed_at ? t('page.passed', { at: timeOf(alert.closed.passed_at) }) : null) : null,
  ];
}

function drawOthers(others) {
  if (others.length === 0) return null;
  return el('ul', { class: 'others' }, others.map((one) => el('li', {},
    el('a', { href: `#/alert/${encodeURIComponent(one.alert)}` },
      `${MARKS[one.severity] ?? ''} ${one.text.kind}`), ' ',
    el('span', { class: 'soft' }, [one.text.state, timeOf(one.raised_at)].join(' · ')))));
}
customElements.define('alert-page', AlertPage);
