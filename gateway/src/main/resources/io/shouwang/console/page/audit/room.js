// The record: who did and saw what, whose data it was, and whether the record itself is as it was written.
import { el, nodes, say } from '../dom.js';
import { get } from '../api.js';
import { momentOf } from '../clock.js';
import { field } from '../dialogs.js';
import { addressOf } from '../place.js';
import { learn, t } from '../words.js';
import { ChainLine } from './chain.js';
import { saveCsv } from './csv.js';
import { KINDS, kindWord, whatWord, resultWord } from './kinds.js';
import { en, zh } from './words.js';

learn({ zh, en });

const PAGE = 100;

class RoomAudit extends HTMLElement {
  #asked = 0;
  #before = null;
  #entries = [];

  connectedCallback() {
    if (this.firstChild) return;
    const input = (name, more = {}) => el('input', { name, autocomplete: 'off', spellcheck: 'false', maxlength: 100, ...more });
    this.search = el('form', { class: 'search', role: 'search', onsubmit: (event) => { event.preventDefault(); this.#go(); } },
      field(t('audit.who'), input('who'), t('audit.who_hint')),
      field(t('audit.whose'), input('whose'), t('audit.whose_hint')),
      field(t('audit.kind'), el('select', { name: 'kind' }, el('option', { value: '' }, t('audit.kind_any')),
        Object.keys(KINDS).map((kind) => el('option', { value: kind }, kindWord(kind))))),
      field(t('audit.from'), input('from', { type: 'datetime-local' })),
      field(t('audit.to'), input('to', { type: 'datetime-local' })),
      el('label', { class: 'choice' }, el('input', { type: 'checkbox', name: 'refused', value: 'true' }), ' ', t('audit.refused')),
      el('div', { class: 'tools' }, el('button', { class: 'primary', type: 'submit' }, t('audit.look')),
        el('button', { type: 'button', onclick: () => { this.search.reset(); this.#go(); } }, t('audit.all'))));
    this.count = el('p', { role: 'status' });
    this.body = el('tbody', {});
    this.table = el('table', { hidden: true }, el('thead', {}, el('tr', {},
      ['audit.at', 'audit.who', 'audit.what', 'audit.whose', 'audit.result', 'audit.address', 'audit.note'].map((key) => el('th', { scope: 'col' }, t(key))))), this.body);
    this.more = el('button', { type: 'button', hidden: true, onclick: () => this.#ask(true) }, t('audit.more'));
    this.save = el('button', { type: 'button', onclick: () => this.#save() }, t('audit.csv'));
    this.chain = new ChainLine();
    this.append(el('h2', {}, t('audit.title')), this.chain, this.search,
      el('div', { class: 'line' }, this.count, this.save), this.table, this.more);
  }

  open(parts, query) {
    for (const control of this.search.elements) {
      if (control.type === 'checkbox') control.checked = query.get(control.name) === 'true';
      else if (control.name) control.value = query.get(control.name) ?? '';
    }
    this.chain.ask();
    this.#ask();
  }

  #go() {
    const address = addressOf('audit', [], Object.fromEntries(new FormData(this.search)));
    if (address === location.hash) this.#ask();
    else location.hash = address; // which opens us anew
  }

  /** What the form asks for, in the API's words; a bare name is a person's login name. */
  #query() {
    const data = new FormData(this.search);
    const said = (name) => (data.get(name) ?? '').trim();
    const who = said('who');
    const time = (name) => (said(name) ? new Date(said(name)).toISOString() : '');
    const asked = { who: who && !who.includes(':') && who !== 'gateway' ? `user:${who}` : who, whose: said('whose'),
      what: (KINDS[said('kind')] ?? []).join(','), from: time('from'), to: time('to'), refused: said('refused') };
    return Object.entries(asked).filter(([, value]) => value !== '');
  }

  async #ask(isMore = false) {
    const mine = ++this.#asked;
    this.more.disabled = true;
    try {
      const page = await this.#page(isMore ? this.#before : null, PAGE);
      if (mine !== this.#asked) return;
      this.#entries = isMore ? [...this.#entries, ...page.entries] : page.entries;
      this.#before = page.before ?? null;
      if (!isMore) this.body.replaceChildren();
      this.body.append(...page.entries.map(row));
      this.table.hidden = this.#entries.length === 0;
      this.more.hidden = this.#before === null;
      this.save.hidden = this.#entries.length === 0;
      say(this.count, this.#entries.length > 0 ? t(this.#before === null ? 'audit.count_all' : 'audit.count', { count: this.#entries.length })
        : t(this.#before === null ? 'audit.none' : 'audit.none_yet'));
    } catch (refusal) {
      if (mine === this.#asked) say(this.count, refusal.message);
    } finally {
      this.more.disabled = false;
    }
  }

  #page(before, limit) {
    return get(`/api/v1/audit?${new URLSearchParams([...this.#query(), ['limit', limit], ...(before === null ? [] : [['before', before]])])}`);
  }

  async #save() {
    this.save.disabled = true;
    try {
      await saveCsv((before, limit) => this.#page(before, limit), (count) => say(this.count, t('audit.csv_reading', { count })),
        (count, isAll) => say(this.count, t(isAll ? 'audit.csv_done' : 'audit.csv_cut', { count })));
    } catch (refusal) {
      say(this.count, refusal.message);
    } finally {
      this.save.disabled = false;
    }
  }
}

function row(entry) {
  const cell = (label, ...content) => el('td', { 'data-label': t(label) }, content);
  const isRefused = entry.result !== 'done' && !entry.result.startsWith('2');
  return el('tr', { class: isRefused ? 'refused' : '' },
    el('th', { scope: 'row' }, el('time', { datetime: entry.at, title: t('audit.number', { number: entry.number }) }, momentOf(entry.at))),
    cell('audit.who', drawWho(entry.who)), cell('audit.what', whatWord(entry.what)),
    cell('audit.whose', drawWhose(entry.whose)), cell('audit.result', el('span', { class: isRefused ? 'trouble' : '' }, isRefused ? '✕ ' : '', resultWord(entry.result))),
    cell('audit.address', entry.from), cell('audit.note', entry.note ?? ''));
}

/** user:li is shown as li; what is no person says so. */
function drawWho(who) {
  const [kind, id] = who.includes(':') ? who.split(/:(.*)/s) : ['', who];
  return kind === 'user' ? id : nodes([id, kind ? el('small', {}, kindOfCaller(kind)) : null]);
}

function kindOfCaller(kind) {
  switch (kind) {
    case 'operator': return t('audit.caller.operator');
    case 'responder': return t('audit.caller.responder');
    case 'device': return t('audit.caller.device');
    default: return kind;
  }
}

const WHOSE_SHOWN = 3;

function drawWhose(ids) {
  if (ids.length <= WHOSE_SHOWN) return ids.join(t('list'));
  return el('details', {}, el('summary', {}, t('audit.whose_more', { first: ids.slice(0, WHOSE_SHOWN).join(t('list')), count: ids.length })), ids.join(t('list')));
}
customElements.define('room-audit', RoomAudit);
