// What is owed to whom: counts by area and worker, the list, records for somebody else, the month as a file.
import { el, redraw, say } from '../dom.js';
import { get, headers, refusalOf } from '../api.js';
import { setClock } from '../clock.js';
import { field } from '../dialogs.js';
import { addressOf } from '../place.js';
import { language, learn, t } from '../words.js';
import { drawList } from './list.js';
import { en, zh } from './words.js';

learn({ en, zh });

const MONTHS = 24;

/** Choices back from the month it is there, named in the page's language: a month field speaks the browser's. */
function monthsTo(at, timeZone) {
  const [year, month] = new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit' })
    .format(new Date(at)).split('-').map(Number);
  const name = new Intl.DateTimeFormat(language, { year: 'numeric', month: 'long', timeZone: 'UTC' });
  return Array.from({ length: MONTHS }, (_, i) => new Date(Date.UTC(year, month - 1 - i, 1)))
    .map((first) => el('option', { value: first.toISOString().slice(0, 7) }, name.format(first)));
}

const STATES = ['overdue', 'due', 'open', 'done', 'paused'];
const FILTERS = ['state', 'area', 'worker', 'duty', 'skip'];
const PAGE = 50;
const GROUPS_MAX = 200;

class RoomDuties extends HTMLElement {
  #asked = {};
  #run = 0;

  connectedCallback() {
    this.trouble = el('p', { class: 'trouble', role: 'status' });
    this.counts = el('p', { class: 'counts' });
    this.groups = el('div', { class: 'groups' });
    this.filters = el('div', { class: 'filters' });
    this.list = el('div', { class: 'list' });
    this.month = el('select', { name: 'month', required: true });
    this.append(el('header', {}, el('h2', {}, t('duties.title')), el('form', { class: 'export tools', onsubmit: (event) => this.#export(event) },
      field(t('duties.month'), this.month), el('button', { type: 'submit' }, t('duties.export')))),
    this.trouble, this.counts, el('div', { class: 'halves' }, this.groups, el('div', {}, this.filters, this.list)));
  }

  open(_, query) {
    this.#asked = Object.fromEntries(FILTERS.map((name) => [name, query.get(name) ?? '']));
    this.#asked.state ||= 'owed';
    this.load();
  }

  /** The address of the same list with something else asked. */
  #to(changes) {
    return addressOf('duties', [], { ...this.#asked, skip: '', ...changes });
  }

  async load() {
    const mine = ++this.#run;
    const { area, state, worker, duty, skip } = this.#asked;
    const within = area ? `area=${encodeURIComponent(area)}` : '';
    const more = Object.entries({ state, worker, duty, skip, limit: PAGE }).filter(([, value]) => value)
      .map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
    try {
      const [summary, list] = await Promise.all([
        get(`/api/v1/duties/summary?${within}`), get(`/api/v1/duties?${[within, ...more].filter(Boolean).join('&')}`)]);
      if (mine !== this.#run) return;
      setClock(list.as_of);
      if (!this.month.value) this.month.append(...monthsTo(list.as_of, list.zone));
      say(this.trouble, '');
      this.#draw(summary, list);
    } catch (refusal) {
      if (mine === this.#run) say(this.trouble, refusal.message);
    }
  }

  #draw(summary, list) {
    const asked = this.#asked;
    redraw(this.counts, [summary, asked], () => STATES.map((state) => el('a', { href: this.#to({ state }), class: `owed-count ${summary[state] > 0 ? state : ''}`,
      'aria-current': asked.state === state ? 'true' : null, 'data-key': `state-${state}` },
    el('b', {}, summary[state]), ' ', t(`duties.state.${state}`))));
    redraw(this.groups, [summary, asked], () => [
      this.#group('area', t('duties.by_area'), summary.areas, (id) => ({ area: id })),
      this.#group('worker', t('duties.by_worker'), summary.workers, (id) => ({ worker: id }))]);
    redraw(this.filters, [summary, asked, list.total], () => el('div', { class: 'tools' },
      this.#choice('state', t('duties.filter.state'), [['owed', t('duties.state.owed')], ...STATES.map((state) => [state, t(`duties.state.${state}`)]),
        ['all', t('duties.state.all')]]),
      this.#choice('duty', t('duties.filter.duty'), [['', t('duties.all')], ...summary.duties.map((one) => [one.duty, one.name])]),
      this.#choice('worker', t('duties.filter.worker'), [['', t('duties.all')], ...summary.workers.filter((one) => one.worker).slice(0, GROUPS_MAX)
        .map((one) => [one.worker, one.name])]),
      asked.area ? el('a', { href: this.#to({ area: '' }), class: 'chip' }, t('duties.area_off', { area: asked.area })) : null,
      el('span', { role: 'status' }, t('duties.found', { count: list.total }))));
    redraw(this.list, [list], () => [drawList(list, () => this.load()), this.#pages(list)]);
  }

  #choice(name, label, options) {
    return field(label, el('select', { 'data-key': `filter-${name}`, onchange: (event) => { location.hash = this.#to({ [name]: event.target.value }); } },
      options.map(([value, text]) => el('option', { value, selected: value === this.#asked[name] }, text))));
  }

  #group(name, title, groups, change) {
    const sorted = [...groups].sort((a, b) => b.overdue - a.overdue || b.due - a.due).slice(0, GROUPS_MAX);
    return el('section', {}, el('h3', {}, title), el('table', {},
      el('thead', {}, el('tr', {}, el('th', { scope: 'col' }, t(`duties.head.${name}`)), ['overdue', 'due', 'done'].map((state) => el('th', { scope: 'col', class: 'number' }, t(`duties.state.${state}`))))),
      el('tbody', {}, sorted.map((one) => el('tr', {}, el('th', { scope: 'row' }, one[name] === '' ? t('duties.nobody')
        : el('a', { href: this.#to(change(one[name])), 'data-key': `${name}-${one[name]}` }, one.name || one[name])),
      ['overdue', 'due', 'done'].map((state) => el('td', { class: `number ${one[state] > 0 ? state : ''}` }, one[state])))))),
    groups.length > sorted.length ? el('p', { class: 'note' }, t('duties.more_groups', { count: groups.length - sorted.length })) : null);
  }

  #pages(list) {
    const from = list.skipped;
    const to = from + list.duties.length;
    if (list.total <= PAGE) return null;
    return el('p', { class: 'tools pages' }, from > 0 ? el('a', { class: 'chip', href: this.#to({ skip: Math.max(0, from - PAGE) || '' }) }, t('duties.before')) : null,
      t('duties.page', { from: from + 1, to, total: list.total }), to < list.total ? el('a', { class: 'chip', href: this.#to({ skip: to }) }, t('duties.after')) : null);
  }

  /** Fetched and not linked to: a link carries no token. */
  async #export(event) {
    event.preventDefault();
    try {
      const area = this.#asked.area ? `&area=${encodeURIComponent(this.#asked.area)}` : '';
      const response = await fetch(`/api/v1/duties/contacts.csv?month=${encodeURIComponent(this.month.value)}${area}`, { headers: headers() });
      if (!response.ok) throw await refusalOf(response);
      const url = URL.createObjectURL(await response.blob());
      el('a', { href: url, download: `contacts-${this.month.value}.csv` }).click();
      setTimeout(() => URL.revokeObjectURL(url), 60_000);
      say(this.trouble, '');
    } catch (refusal) {
      say(this.trouble, refusal.message);
    }
  }
}
customElements.define('room-duties', RoomDuties);

