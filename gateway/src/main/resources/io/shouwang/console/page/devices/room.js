// Devices by what is wrong with them: counts to filter by, a table, one device in detail.
import { el, say } from '../dom.js';
import { get } from '../api.js';
import { now, span, timeOf } from '../clock.js';
import { field } from '../dialogs.js';
import { addressOf } from '../place.js';
import { learn, t, word } from '../words.js';
import { en, zh } from './words.js';
import './device-panel.js';

learn({ zh, en });

const PAGE = 50;
const NAME = 'devices';

/** In the order of their chips; the sign says it without the colour. */
const STATES = [['all', ''], ['unprotected', '✕'], ['never_heard', '○'], ['silent', '✕'], ['fault', '✕'],
  ['not_worn', '◌'], ['charging', '↑'], ['low_battery', '▂'], ['test_overdue', '◔'], ['unreadable', '?'],
  ['unregistered', '?'], ['test_mode', '⚙'], ['local_only', '○'], ['protects', '✓']];
const SIGNS = Object.fromEntries(STATES);
const BAD = ['never_heard', 'silent', 'fault', 'unregistered', 'unprotected'];

export const kindOf = (type) => word('devices.kind', type);

export function stateOf(state) {
  return el('span', { class: `state-of ${BAD.includes(state) ? 'bad' : state === 'protects' ? 'fine' : 'so-so'}` },
    el('span', { 'aria-hidden': 'true' }, SIGNS[state] ?? ''), ' ', t(`devices.state.${state}`));
}

class RoomDevices extends HTMLElement {
  #wanted = {};
  #id = null;
  #asked = 0;
  #shown = null;

  connectedCallback() {
    if (this.firstChild) return;
    this.search = el('form', { class: 'search', role: 'search', onsubmit: (event) => {
      event.preventDefault();
      this.#go({ ...this.#wanted, ...Object.fromEntries(new FormData(event.target)), offset: '' });
    } },
    field(t('devices.search'), el('input', { name: 'q', type: 'search', maxlength: 64, autocomplete: 'off' })),
    field(t('devices.type'), this.types = el('select', { name: 'type' })),
    field(t('devices.model'), this.models = el('select', { name: 'model' })),
    el('button', { type: 'submit', class: 'primary' }, t('devices.find')));
    this.chips = el('nav', { class: 'chips', 'aria-label': t('devices.chips') });
    this.status = el('p', { class: 'soft', role: 'status' });
    this.rows = el('tbody');
    this.table = el('table', { class: 'devices' }, el('thead', {}, el('tr', {},
      ['device', 'home', 'status', 'heard', 'battery'].map((name) => el('th', { scope: 'col' }, t(`devices.${name}`))))),
    this.rows);
    const turn = (name, by) => el('button', { type: 'button', 'data-key': name, onclick: () => this.#turn(by) }, t(`devices.${name}`));
    this.back = turn('back', -PAGE);
    this.next = turn('next', PAGE);
    this.panel = document.createElement('device-panel');
    this.panel.addEventListener('changed', () => this.#ask());
    this.append(el('header', { class: 'top' }, el('h2', {}, t('devices.title')), this.search), this.chips,
      el('div', { class: 'beside' }, el('div', { class: 'list' }, this.status, this.table,
        el('div', { class: 'tools' }, this.back, this.next)), this.panel));
  }

  open(parts, query) {
    const wanted = Object.fromEntries(query);
    const isOther = JSON.stringify(wanted) !== JSON.stringify(this.#wanted) || !this.#shown;
    this.#wanted = wanted;
    this.#id = parts[0] ?? null;
    this.panel.show(this.#id, addressOf(NAME, [], wanted));
    this.classList.toggle('detailed', this.#id !== null);
    this.search.elements.q.value = wanted.q ?? '';
    if (isOther) this.#ask(Boolean(this.#shown));
    else this.#mark();
  }

  #go(wanted) {
    location.hash = addressOf(NAME, [], wanted);
  }

  #turn(by) {
    this.#go({ ...this.#wanted, offset: Math.max(0, Number(this.#wanted.offset ?? 0) + by) || '' });
  }

  async #ask(isTurned = false) {
    const mine = ++this.#asked;
    if (!this.#shown) say(this.status, t('devices.loading'));
    // Counting walks the whole area: turning a page counts nothing anew.
    const of = JSON.stringify({ ...this.#wanted, offset: undefined });
    const counts = !isTurned || of !== this.#shown?.of;
    const asked = new URLSearchParams({ ...this.#wanted, counts, limit: PAGE });
    try {
      const list = await get(`/api/v1/devices?${asked}`);
      if (mine !== this.#asked) return;
      this.#shown = { ...(counts ? {} : this.#shown), ...list, of };
      this.#draw();
    } catch (refusal) {
      if (mine === this.#asked) say(this.status, refusal.message);
    }
  }

  #draw() {
    const { devices, states, types, models, all, total, as_of: at } = this.#shown;
    const state = this.#wanted.state || 'all';
    const only = ['vendor', 'area'].filter((name) => this.#wanted[name]).map((name) => el('a', { class: 'chip', 'aria-current': 'true',
      href: addressOf(NAME, [], { ...this.#wanted, [name]: '', offset: '' }) }, t(`devices.${name}`), ' ', el('b', {}, this.#wanted[name]), ' ✕'));
    this.chips.replaceChildren(...only, ...STATES.map(([name, sign]) => [name, sign, name === 'all' ? all : states[name] ?? 0])
      .filter(([name, , count]) => count > 0 || name === state || name === 'all')
      .map(([name, sign, count]) => el('a', { class: `chip ${BAD.includes(name) ? 'bad' : ''}`,
        href: addressOf(NAME, [], { ...this.#wanted, state: name === 'all' ? '' : name, offset: '' }),
        'aria-current': name === state ? 'true' : null },
      el('span', { 'aria-hidden': 'true' }, sign), ' ', t(`devices.state.${name}`), ' ', el('b', {}, count))));
    options(this.types, Object.keys(types), this.#wanted.type, kindOf);
    options(this.models, Object.keys(models), this.#wanted.model, (model) => model);
    const from = Number(this.#wanted.offset ?? 0);
    say(this.status, total === 0 ? t('devices.none')
      : t('devices.count', { from: from + 1, to: from + devices.length, total, at: timeOf(at) }));
    this.table.hidden = devices.length === 0;
    this.rows.replaceChildren(...devices.map((device) => this.#row(device)));
    this.back.hidden = from === 0;
    this.next.hidden = from + devices.length >= total;
    this.#mark();
  }

  #row(device) {
    return el('tr', { 'data-device': device.device }, el('th', { scope: 'row' },
      el('a', { href: addressOf(NAME, [device.device], this.#wanted) }, device.device), ' ',
      el('small', {}, [device.type ? kindOf(device.type) : t('devices.unknown_device'), device.model].filter(Boolean).join(' · '))),
    el('td', { class: 'home' }, device.home ? el('a', { href: addressOf('elders', ['home', device.home]) }, device.home) : null), el('td', {}, stateOf(device.state), [
      device.test_until ? stateOf('test_mode') : null,
      device.unreadable ? stateOf('unreadable') : null,
      device.battery_low && device.state !== 'low_battery' ? stateOf('low_battery') : null,
      device.test_overdue && device.state !== 'test_overdue' ? stateOf('test_overdue') : null]),
    el('td', { class: 'number' }, device.heard_at
      ? t('devices.ago', { span: span(now() - Date.parse(device.heard_at)) }) : t('devices.never')),
    el('td', { class: 'number' }, device.battery_pct === undefined ? '–' : `${device.battery_pct} %`));
  }

  #mark() {
    for (const row of this.rows.children) row.classList.toggle('open', row.dataset.device === this.#id);
  }
}

function options(select, values, chosen = '', text) {
  const all = chosen && !values.includes(chosen) ? [...values, chosen] : values;
  select.replaceChildren(el('option', { value: '' }, t('devices.any')),
    ...all.map((value) => el('option', { value, selected: value === chosen }, text(value))));
}
customElements.define('room-devices', RoomDevices);
