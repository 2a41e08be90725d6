// What a home's devices said in the last half hour, as small charts: for the alert's page and the home's card.
// <home-readings> with show(home): asks by itself, every 15 seconds while it is seen.
import { el, nodes } from './dom.js';
import { get, path } from './api.js';
import { minuteOf, now, span as spanOf, timeOf } from './clock.js';
import { bandChart, lineChart } from './chart.js';
import { t } from './words.js';

const MINUTES = 30;
const ASK_MS = 15_000;
const STATES = ['motion', 'door', 'bed'];
const LINES = ['heart_rate', 'spo2', 'body_temp', 'blood_pressure', 'steps', 'battery', 'water'];

/** Longer without a value is a gap: three times what is usual between two, within these. */
const GAP_LEAST_MS = 3 * 60_000;
const GAP_MOST_MS = 10 * 60_000;
const HOLD_MS = { motion: 2 * 60_000, door: Infinity, bed: Infinity };

class HomeReadings extends HTMLElement {
  #home = null;
  #timer = null;

  connectedCallback() {
    this.#timer ??= setInterval(() => { if (!document.hidden && this.checkVisibility()) this.load(); }, ASK_MS);
    if (this.#home) this.load();
  }

  disconnectedCallback() {
    clearInterval(this.#timer);
    this.#timer = null;
  }

  /** Shows the readings of a home; null shows none. */
  show(home) {
    if (home === this.#home) return;
    this.#home = home;
    this.hidden = true;
    this.shown = false;
    this.replaceChildren();
    if (home && this.isConnected) this.load();
  }

  async load() {
    const home = this.#home;
    if (!home) return;
    let readings;
    try {
      readings = await get(`${path`/api/v1/homes/${home}/readings`}?minutes=${MINUTES}`);
    } catch (refusal) {
      if (home !== this.#home) return;
      this.hidden = refusal.status === 404;
      if (!this.shown) this.replaceChildren(el('h3', {}, t('part.readings')), el('p', { class: 'soft' }, refusal.message));
      return;
    }
    if (home === this.#home) this.#draw(readings);
  }

  #draw(readings) {
    const span = { from: Date.parse(readings.from), to: Date.parse(readings.as_of), knownFrom: Date.parse(readings.known_from) };
    const drawn = readings.series.filter((one) => LINES.includes(one.measure)).map((one) => line(one, span));
    const bands = readings.series.filter((one) => STATES.includes(one.measure)).map((one) => band(one, span));
    const fixes = readings.series.filter((one) => one.measure === 'location').map(places);
    const focus = this.contains(document.activeElement) && document.activeElement.tagName === 'SUMMARY';
    const wasOpen = this.querySelector('details')?.open ?? false;
    const isEmpty = readings.series.length === 0;
    this.shown = true;
    this.hidden = false;
    this.replaceChildren(...nodes([el('h3', {}, t('part.readings')),
      isEmpty ? el('p', { class: 'soft' }, t('readings.none')) : el('div', { class: 'charts' }, drawn, bands, fixes),
      span.knownFrom > span.from ? el('p', { class: 'soft' }, t('readings.known_from', { at: timeOf(readings.known_from) })) : null,
      readings.cut ? el('p', { class: 'soft' }, t('readings.cut')) : null,
      isEmpty ? null : asTable(readings, wasOpen)]));
    if (focus) this.querySelector('summary')?.focus({ preventScroll: true });
  }
}

const said = (value) => (Number.isInteger(value) ? String(value) : value.toFixed(1));
const nameOf = (one) => [t(`readings.${one.measure}`), one.room].filter(Boolean).join(' · ');
const pointsOf = (one, field = 'value') => one.points.filter((point) => point[field] !== undefined)
  .map((point) => ({ at: Date.parse(point.at), value: point[field] }));

/** Whether a value lies at or beyond what the rule goes by. */
const isBeyond = (value, low, high) => value !== undefined && ((low !== undefined && value <= low) || (high !== undefined && value >= high));

function line(one, span) {
  const limits = one.limits ?? {};
  const last = one.points.at(-1);
  const lines = [{ points: pointsOf(one) }, { points: pointsOf(one, 'second') }].filter((each) => each.points.length > 0);
  const beyond = isBeyond(last.value, limits.low, limits.high) || isBeyond(last.second, limits.second_low, limits.second_high);
  const value = last.second === undefined ? said(last.value) : `${said(last.value)}/${said(last.second)}`;
  const unit = one.unit ?? '';
  return figure(one, el('strong', { class: beyond ? 'value beyond' : 'value' },
    beyond ? el('span', { 'aria-hidden': 'true' }, '▲ ') : null, value, ' ', el('small', {}, unit),
    beyond ? el('span', { class: 'unseen' }, t('readings.beyond')) : null), last,
  lineChart({ span, lines, limits: near(Object.values(limits), lines), gapMs: gapOf(lines[0].points), time: minuteOf,
    label: inWords(one, unit) }));
}

/** Limits far from all that was measured would flatten the line: those are left to the words. */
function near(limits, lines) {
  const values = lines.flatMap((each) => each.points.map((point) => point.value));
  const least = Math.min(...values);
  const most = Math.max(...values);
  const room = Math.max(most - least, Math.abs(most) * 0.35);
  return [...new Set(limits)].filter((limit) => limit >= least - room && limit <= most + room);
}

function gapOf(points) {
  const steps = points.slice(1).map((point, i) => point.at - points[i].at).sort((a, b) => a - b);
  return Math.min(GAP_MOST_MS, Math.max(GAP_LEAST_MS, 3 * (steps[Math.floor(steps.length / 2)] ?? 0)));
}

function band(one, span) {
  const last = one.points.at(-1);
  const points = one.points.map((point) => ({ at: Date.parse(point.at), on: point.on }));
  return figure(one, el('strong', { class: 'value' }, t(`readings.${one.measure}.${last.on ? 'on' : 'off'}`)), last,
    bandChart({ span, points, holdMs: HOLD_MS[one.measure], time: minuteOf, label: inWords(one, '') }));
}

function figure(one, value, last, chart) {
  return el('figure', { class: `reading ${one.measure}` }, el('figcaption', {}, el('span', {}, nameOf(one),
    el('small', {}, ' ', one.device)), value, el('small', { class: 'when' }, t('readings.ago', { span: spanOf(now() - Date.parse(last.at)) }))), chart);
}

function places(one) {
  const last = one.points.at(-1);
  return el('p', { class: 'reading place' }, t('readings.places', { count: one.points.length, at: timeOf(last.at) }), ' ',
    el('span', { class: 'coordinates' }, `${last.lat.toFixed(5)}, ${last.lon.toFixed(5)}`),
    last.accuracy_m === undefined ? '' : ` ±${last.accuracy_m} m`, ' ', el('small', {}, one.device));
}

/** A chart for who can't see it: from where to where, the last value and when. */
function inWords(one, unit) {
  const last = one.points.at(-1);
  const gaps = { name: nameOf(one), count: one.points.length, at: timeOf(last.at), unit };
  if (last.on !== undefined) return t('readings.words_state', { ...gaps, last: t(`readings.${one.measure}.${last.on ? 'on' : 'off'}`) });
  const values = one.points.map((point) => point.value);
  return t('readings.words', { ...gaps, last: last.second === undefined ? said(last.value) : `${said(last.value)}/${said(last.second)}`,
    least: said(Math.min(...values)), most: said(Math.max(...values)) });
}

/** All values as a table, folded: for screen readers and for who wants figures. */
function asTable(readings, isOpen) {
  const rows = readings.series.flatMap((one) => one.points.slice(-20).map((point) => ({ one, point })))
    .sort((a, b) => b.point.at.localeCompare(a.point.at)).slice(0, 60);
  return el('details', { class: 'figures', open: isOpen }, el('summary', {}, t('readings.table')),
    el('table', {}, el('tbody', {}, rows.map(({ one, point }) => el('tr', {}, el('td', {}, timeOf(point.at)), el('th', { scope: 'row' }, nameOf(one)),
      el('td', {}, valueOf(one, point)))))));
}

function valueOf(one, point) {
  if (point.on !== undefined) return t(`readings.${one.measure}.${point.on ? 'on' : 'off'}`);
  if (point.lat !== undefined) return `${point.lat.toFixed(5)}, ${point.lon.toFixed(5)}`;
  return `${said(point.value)}${point.second === undefined ? '' : `/${said(point.second)}`} ${one.unit ?? ''}`;
}

customElements.define('home-readings', HomeReadings);
