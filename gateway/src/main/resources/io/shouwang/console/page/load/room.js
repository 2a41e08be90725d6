// How much a seat has to answer, against what a person can; shift by shift, and who makes most of it.
import { el, nodes, say } from '../dom.js';
import { get } from '../api.js';
import { now, span, timeOf } from '../clock.js';
import { field } from '../dialogs.js';
import { addressOf } from '../place.js';
import { learn, t, word } from '../words.js';
import { drawSources } from './sources.js';
import { en, zh } from './words.js';

learn({ zh, en });

const HOURS = [8, 12, 24, 24 * 7, 24 * 30];
const ASK_MS = 60_000;

class RoomLoad extends HTMLElement {
  #timer = null;
  #asked = 0;
  #query = new URLSearchParams();

  connectedCallback() {
    this.#timer = setInterval(() => { if (!document.hidden) this.#ask(); }, ASK_MS);
    if (this.firstChild) return;
    const choose = (name, options) => el('select', { name, onchange: () => this.#go() },
      options.map(([value, text]) => el('option', { value }, text)));
    this.form = el('form', { class: 'search', onsubmit: (event) => event.preventDefault() },
      field(t('load.span'), choose('hours', HOURS.map((hours) => [hours,
        hours < 48 ? t('load.hours', { count: hours }) : t('load.days', { count: hours / 24 })]))),
      field(t('load.shift'), choose('shift', [[8, t('load.shift_8')], [12, t('load.shift_12')]])));
    this.status = el('p', { class: 'soft', role: 'status' });
    this.place = el('div', { class: 'load' });
    this.append(el('header', { class: 'top' }, el('h2', {}, t('load.title')), this.form), this.status, this.place);
  }

  disconnectedCallback() {
    clearInterval(this.#timer);
  }

  open(parts, query) {
    this.#query = query;
    this.form.elements.hours.value = HOURS.includes(Number(query.get('hours'))) ? query.get('hours') : '24';
    this.form.elements.shift.value = query.get('shift') === '12' ? '12' : '8';
    this.#ask();
  }

  #go() {
    location.hash = addressOf('load', [], Object.fromEntries(new FormData(this.form)));
  }

  async #ask() {
    const mine = ++this.#asked;
    if (!this.place.firstChild) say(this.status, t('load.loading'));
    const { hours, shift } = Object.fromEntries(new FormData(this.form));
    const from = new Date(now() - Number(hours) * 3_600_000).toISOString();
    try {
      const load = await get(`/api/v1/load?${new URLSearchParams({ from, shift_hours: shift })}`);
      if (mine !== this.#asked) return;
      say(this.status, t('load.as_of', { area: load.area_name, at: timeOf(load.as_of) }));
      this.place.replaceChildren(...nodes([
        load.complete ? null : el('p', { class: 'counted' }, '◔ ', t('load.counted_from', { at: timeOf(load.counted_from) })),
        load.flood.on ? el('p', { class: 'flooded', role: 'status' }, '≋ ',
          t('load.flood_on', { at: timeOf(load.flood.since), count: load.flood.in_10_min })) : null,
        el('ul', { class: 'figures' }, figures(load).map(drawFigure)), drawShifts(load.shifts), drawSources(load.sources)]));
    } catch (refusal) {
      if (mine === this.#asked) say(this.status, refusal.message);
    }
  }
}

export const percent = (share) => `${(share * 100).toFixed(share > 0 && share < 0.1 ? 1 : 0)} %`;
const part = (count, of) => (of === 0 ? null : count / of);

/** Each figure with its target: { name, value, ok (null when there is nothing to judge), words }. */
function figures(load) {
  const { answering: a, severity } = load;
  const first = part(a.within_15_s, a.rang);
  const second = part(a.within_20_s, a.rang);
  const answered = a.median_s === undefined ? '' : t('load.answering.words', { rang: a.rang, unanswered: a.unanswered,
    median: a.median_s, longest: span(a.longest_s * 1000) });
  return [
    { name: 'within_15', value: first === null ? '–' : percent(first), ok: first === null ? null : first >= 0.9, words: answered },
    { name: 'within_20', value: second === null ? '–' : percent(second), ok: second === null ? null : second >= 0.95, words: '' },
    { name: 'per_10', value: load.per_10_min.toFixed(2), ok: load.per_10_min <= Math.max(1, load.seats),
      words: [t('load.per_10.words', { count: load.alerts, exercises: load.exercises }), load.seats > 0
        ? t('load.seats', { count: load.seats, each: (load.per_10_min / load.seats).toFixed(2) }) : ''].filter(Boolean).join(t('list')) },
    { name: 'most_10', value: load.most_10_min, ok: load.most_10_min <= 10, words: '' },
    { name: 'most_hour', value: load.most_hour, ok: load.most_hour <= 15, words: '' },
    { name: 'flood', value: percent(load.flood_share), ok: load.flood_share <= 0.01,
      words: t('load.flood.words', { count: load.floods.length }) },
    { name: 'chatters', value: load.chatters, ok: load.chatters === 0, words: t('load.chatters.words') },
    { name: 'stale', value: load.stale, ok: load.stale < 5, words: '' },
    { name: 'severity', value: load.alerts === 0 ? '–'
      : ['critical', 'major', 'minor'].map((one) => percent(severity[one] / load.alerts)).join(' / '), ok: null,
    words: t('load.severity.words', severity) },
  ];
}

function drawFigure({ name, value, ok, words }) {
  return el('li', { class: `${ok === null ? '' : ok ? 'met' : 'missed'}${name === 'severity' ? ' wordy' : ''}` }, el('h3', {}, t(`load.${name}`)),
    el('p', { class: 'value' }, value, ok === null ? null : el('span', { class: 'judged' },
      el('span', { 'aria-hidden': 'true' }, ok ? '✓ ' : '▲ '), t(ok ? 'load.ok' : 'load.over'))),
    el('p', { class: 'soft' }, t('load.target', { text: t(`load.${name}.target`) })), words ? el('p', {}, words) : null);
}

function drawShifts(shifts) {
  const columns = ['shift', 'alerts', 'per_10', 'most_hour', 'flood', 'within_15', 'longest', 'closed'];
  return el('section', {}, el('h3', {}, t('load.shifts')), el('div', { class: 'wide' }, el('table', { class: 'plain' },
    el('thead', {}, el('tr', {}, columns.map((name) => el('th', { scope: 'col' }, t(`load.col.${name}`))))),
    el('tbody', {}, shifts.map((shift) => el('tr', { class: shift.running ? 'running' : '' },
      el('th', { scope: 'row' }, `${minute(shift.from)} – ${shift.running ? t('load.running') : minute(shift.to)}`),
      el('td', {}, shift.alerts), judged(shift.per_10_min.toFixed(2), shift.per_10_min <= 1), judged(shift.most_hour, shift.most_hour <= 15),
      judged(percent(shift.flood_share), shift.flood_share <= 0.01),
      shift.answering.rang === 0 ? el('td', {}, '–')
        : judged(percent(shift.answering.within_15_s / shift.answering.rang), shift.answering.within_15_s / shift.answering.rang >= 0.9),
      el('td', {}, shift.answering.longest_s === undefined ? '–' : span(shift.answering.longest_s * 1000)),
      el('td', { class: 'ended-how' }, Object.entries(shift.closed).map(([how, count]) => el('span', {}, `${word('load.how', how)} ${count}`)))))))));
}

const minute = (at) => timeOf(at).replace(/:\d\d$/, '');
const judged = (text, ok) => el('td', { class: ok ? '' : 'missed' }, ok ? null : el('span', { 'aria-hidden': 'true' }, '▲ '), text);
customElements.define('room-load', RoomLoad);
