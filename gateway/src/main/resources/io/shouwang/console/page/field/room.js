// The page of somebody on their round: their alerts, their visits. For one thumb, a small phone and a bad network.
import { el, redraw, say } from '../dom.js';
import { get, headers } from '../api.js';
import { now, setClock, span, tick, timeOf } from '../clock.js';
import { leave } from '../session.js';
import { language, learn, otherLanguage, t } from '../words.js';
import { drawAlert } from './alert.js';
import { byElder, drawVisit } from './visit.js';
import { outbox } from './outbox.js';
import './shifts.js';
import { en, zh } from './words.js';

learn({ en, zh });

const LOOK_MS = 15_000;
const ASK_MS = 20_000;
const STALE_MS = 60_000;

class RoomField extends HTMLElement {
  constructor() {
    super();
    this.shown = null;
    this.tag = null;
    this.heardAt = 0;
    this.isAsking = false;
    this.onChange = () => this.draw();
    this.onSent = () => this.look();
    this.onSeen = () => { if (!document.hidden) this.look(); };
  }

  connectedCallback() {
    this.count = el('span', { class: 'count', role: 'status' });
    this.standing = el('p', { class: 'net', role: 'status' });
    this.strip = el('div', { class: 'strip' });
    this.alerts = el('section', { class: 'alerts', 'aria-label': t('field.alerts') });
    this.visits = el('section', { class: 'visits', 'aria-label': t('field.visits') });
    this.who = el('span', { class: 'who' });
    this.append(
      el('header', {}, el('h1', {}, t('field.title')), this.count,
        el('button', { type: 'button', class: 'quiet', onclick: () => this.look(true) }, t('field.again'))),
      this.standing, this.strip, this.alerts, this.visits, document.createElement('field-shifts'),
      el('footer', {}, this.who, el('span', { class: 'tools' },
        el('button', { type: 'button', class: 'quiet', lang: language === 'en' ? 'zh-CN' : 'en', onclick: otherLanguage }, t('language.other')),
        el('button', { type: 'button', class: 'quiet', onclick: () => this.goHome() }, t('login.leave')))));
    outbox.addEventListener('change', this.onChange);
    outbox.addEventListener('sent', this.onSent);
    document.addEventListener('visibilitychange', this.onSeen);
    this.looking = setInterval(this.onSeen, LOOK_MS);
    this.ticking = setInterval(() => this.beat(), 1_000);
    outbox.hurry();
  }

  disconnectedCallback() {
    outbox.removeEventListener('change', this.onChange);
    outbox.removeEventListener('sent', this.onSent);
    document.removeEventListener('visibilitychange', this.onSeen);
    clearInterval(this.looking);
    clearInterval(this.ticking);
  }

  open() {
    this.look();
  }

  /** Out of here, and nobody's name left on the phone; what isn't sent yet stays. */
  async goHome() {
    await fetch('/api/v1/session', { method: 'DELETE', headers: headers() }).catch(() => null);
    await leave();
    location.hash = '#/';
    location.reload();
  }

  /** Asks whether anything changed since; a look that shows nothing new is none. */
  async look(isByHand = false) {
    if (this.isAsking) return;
    this.isAsking = true;
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), ASK_MS);
    try {
      const response = await fetch('/api/v1/field', { signal: stop.signal,
        headers: headers(this.tag && !isByHand ? { 'If-None-Match': this.tag } : {}) });
      if (response.ok) {
        this.shown = await response.json();
        this.tag = response.headers.get('ETag');
        setClock(this.shown.as_of, this.shown.zone);
        this.notice();
      }
      this.trouble = response.ok || response.status === 304 ? null : await this.words(response);
      if (!this.trouble) this.heardAt = Date.now();
      else if (response.status === 401 || response.status === 403) get('/api/v1/field').catch(() => null); // so that the seat hears of it
    } catch {
      this.trouble = t('field.no_net');
    } finally {
      clearTimeout(timer);
      this.isAsking = false;
    }
    this.draw();
  }

  async words(response) {
    const problem = await response.json().catch(() => ({}));
    return [problem.title, problem.detail].filter(Boolean).join(t('colon')) || t('api.status', { status: response.status });
  }

  /** A phone in a pocket shakes when somebody new calls for help. */
  notice() {
    const ids = this.shown.alerts.filter((alert) => alert.mine.asked).map((alert) => alert.alert);
    const isNew = this.known && ids.some((id) => !this.known.has(id));
    this.known = new Set(ids);
    if (isNew && navigator.vibrate) navigator.vibrate([300, 150, 300]);
  }

  beat() {
    tick(this);
    const staleMs = this.heardAt ? Date.now() - this.heardAt : 0;
    const isStale = Boolean(this.trouble) || staleMs > STALE_MS;
    this.standing.classList.toggle('lost', isStale);
    say(this.standing, isStale
      ? [this.trouble, this.heardAt ? t('field.stale', { at: timeOf(now() - staleMs) }) : null].filter(Boolean).join(t('list'))
      : '');
    if (outbox.mine().length > 0) this.draw();
  }

  draw() {
    this.drawStrip();
    const { shown } = this;
    if (!shown) {
      redraw(this.alerts, 'none', () => el('p', { class: 'none' }, t('field.loading')));
      return;
    }
    document.title = shown.alerts.length > 0 ? `(${shown.alerts.length}) ${t('field.title')}` : t('field.title');
    const open = shown.alerts_total;
    this.count.classList.toggle('some', open > 0);
    say(this.count, open > 0 ? t('field.open', { count: open }) : t('field.open_none'));
    say(this.who, shown.responder ? t('field.you', { name: shown.responder.name, area: shown.area.name }) : shown.area.name);
    const standings = shown.alerts.map((alert) => outbox.standing(alert.alert));
    redraw(this.alerts, [shown.alerts, standings], () => [
      shown.responder ? null : el('p', { class: 'unlinked' }, t('field.unlinked')),
      shown.alerts.map((alert, i) => drawAlert(alert, standings[i])),
      open > shown.alerts.length ? el('p', { class: 'note' }, t('field.more', { count: open - shown.alerts.length })) : null]);
    const visits = byElder(shown.duties);
    const told = visits.map((visit) => outbox.standing(visit.elder.id));
    redraw(this.visits, [shown.duties, shown.duties_total, told, Boolean(shown.responder)], () => [
      el('h2', {}, t('field.visits'), ' ', el('span', { class: 'badge' }, visits.length)),
      visits.length === 0 ? el('p', { class: 'none' }, t('field.visits_none')) : null,
      visits.map((visit, i) => drawVisit(visit, told[i], Boolean(shown.responder))),
      shown.duties_total > shown.duties.length
        ? el('p', { class: 'note' }, t('field.more', { count: shown.duties_total - shown.duties.length })) : null,
      shown.duties_whole ? null : el('p', { class: 'trouble' }, t('field.not_whole'))]);
    tick(this);
  }

  drawStrip() {
    const waiting = outbox.mine();
    const foreign = outbox.foreign();
    const oldest = waiting.length === 0 ? 0 : Math.min(...waiting.map((one) => one.tapped));
    redraw(this.strip, [waiting.length, foreign, Math.floor((Date.now() - oldest) / 60_000)], () => [
      waiting.length === 0 ? null : el('p', { class: 'unsent' }, t('field.unsent', { count: waiting.length, age: span(Date.now() - oldest) })),
      foreign === 0 ? null : el('p', { class: 'unsent' }, t('field.foreign', { count: foreign }), ' ',
        el('button', { type: 'button', onclick: () => outbox.dropForeign() }, t('field.foreign_drop')))]);
  }
}
customElements.define('room-field', RoomField);
