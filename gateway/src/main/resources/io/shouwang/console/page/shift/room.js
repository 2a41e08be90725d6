// The sheet that one shift hands to the next: to be read, printed, and signed by both.
import { el, nodes, say } from '../dom.js';
import { get, path, post } from '../api.js';
import { now, span, timeOf } from '../clock.js';
import { field, tell } from '../dialogs.js';
import { MARKS } from '../order.js';
import { addressOf } from '../place.js';
import { address, names } from '../row.js';
import { learn, t, word } from '../words.js';
import { en, zh } from './words.js';

learn({ zh, en });

const HOURS = [4, 8, 12, 24];

class RoomShift extends HTMLElement {
  #asked = 0;
  #from = null;

  connectedCallback() {
    if (this.firstChild) return;
    this.hours = el('select', { name: 'hours', onchange: (event) => { location.hash = addressOf('shift', [], { hours: event.target.value }); } },
      HOURS.map((count) => el('option', { value: count }, t('shift.hours', { count }))));
    this.status = el('p', { class: 'soft', role: 'status' });
    this.sheet = el('div', { class: 'sheet' });
    this.remark = el('textarea', { name: 'remark', rows: 3, maxlength: 2000 });
    this.give = el('button', { type: 'submit', class: 'primary' }, t('shift.give'));
    this.sheets = el('ul', { class: 'sheets' });
    this.append(el('header', { class: 'top' }, el('h2', {}, t('shift.title')), field(t('shift.since'), this.hours),
      el('button', { type: 'button', class: 'print', onclick: () => window.print() }, t('shift.print'))),
    this.status, this.sheet, el('p', { class: 'on-paper' }, t('shift.signature')),
    el('section', { class: 'signing' }, el('form', { onsubmit: (event) => { event.preventDefault(); this.#give(); } },
      el('h3', {}, t('shift.sign')), field(t('shift.remark'), this.remark, t('shift.remark_hint')),
      el('div', { class: 'tools' }, this.give)),
    el('div', {}, el('h3', {}, t('shift.sheets')), this.sheets)));
  }

  open(parts, query) {
    this.hours.value = HOURS.includes(Number(query.get('hours'))) ? query.get('hours') : '8';
    this.#from = new Date(now() - Number(this.hours.value) * 3_600_000).toISOString();
    this.#ask();
  }

  async #ask() {
    const mine = ++this.#asked;
    say(this.status, t('shift.loading'));
    try {
      const sheet = await get(`/api/v1/handover?from=${encodeURIComponent(this.#from)}`);
      if (mine !== this.#asked) return;
      say(this.status, t('shift.as_of', { area: sheet.area_name, from: timeOf(sheet.from), at: timeOf(sheet.as_of) }));
      this.sheet.replaceChildren(...nodes(drawSheet(sheet)));
      this.give.disabled = Boolean(sheet.unsigned);
      this.sheets.replaceChildren(...nodes([sheet.unsigned ? el('li', { class: 'trouble' }, sheet.unsigned)
        : sheet.sheets.length === 0 ? el('li', { class: 'soft' }, t('shift.sheets_none')) : sheet.sheets.map((one) => this.#signed(one))]));
    } catch (refusal) {
      if (mine === this.#asked) say(this.status, refusal.message);
    }
  }

  async #give() {
    this.give.disabled = true;
    try {
      await post('/api/v1/handover', { from: this.#from, remark: this.remark.value });
      this.remark.value = '';
      tell(t('shift.given'));
      await this.#ask();
    } catch (refusal) {
      tell(refusal.message, true);
    } finally {
      this.give.disabled = false;
    }
  }

  #signed(one) {
    const take = async (event) => {
      event.target.disabled = true;
      try {
        await post(path`/api/v1/handover/${one.sheet}/signature`, {});
        tell(t('shift.taken'));
        await this.#ask();
      } catch (refusal) {
        tell(refusal.message, true);
        event.target.disabled = false;
      }
    };
    return el('li', {}, el('p', {}, t('shift.by', { name: one.given_name, at: timeOf(one.given_at), open: one.open })),
      one.remark ? el('p', { class: 'remark' }, one.remark) : null,
      one.taken_at ? el('p', { class: 'good' }, '✓ ', t('shift.to', { name: one.taken_name, at: timeOf(one.taken_at) }))
        : el('p', { class: 'waiting' }, t('shift.waiting'), ' ',
          el('button', { type: 'button', onclick: take }, t('shift.take'))));
  }
}

const section = (title, ...content) => el('section', { class: 'part' }, el('h3', {}, title), content);
const homeLink = (home) => el('a', { href: addressOf('elders', ['home', home]) }, home);
const listed = (items, none, total) => (items.length === 0 ? el('p', { class: 'soft' }, none)
  : [el('ul', {}, items), total > items.length ? el('p', { class: 'soft' }, t('shift.more', { count: total - items.length })) : null]);

function drawSheet(sheet) {
  const { shift } = sheet;
  const kinds = Object.entries(sheet.modes_by_kind).map(([kind, count]) => `${word('mode', kind)} ${count}`);
  return [
    section(t('shift.open', { count: sheet.open }), listed(sheet.alerts.map(drawAlert), t('shift.open_none'), sheet.open)),
    section(t('shift.shift'), shift.complete ? null : el('p', { class: 'incomplete' }, '◔ ', t('shift.incomplete')), drawShift(shift)),
    section(t('shift.modes'), kinds.length > 0 ? el('p', {}, t('shift.modes_count', { list: kinds.join(t('list')) })) : null,
      listed([...sheet.modes.map((mode) => el('li', {}, el('b', {}, mode.text), ' ', mode.device ?? homeLink(mode.home), ' · ',
        t('shift.until', { at: timeOf(mode.until), by: mode.by_name }))),
      ...sheet.drills.map((drill) => el('li', {}, el('b', {}, t('shift.drills')), ' ',
        t('shift.drill', { id: drill.drill, homes: drill.homes, at: timeOf(drill.ends_at) })))], t('shift.modes_none'), 0)),
    section(t('shift.devices', { count: sheet.devices_total }), listed(sheet.devices.map((device) => el('li', {},
      el('a', { href: addressOf('devices', [device.device]) }, device.device), ' · ', t(`shift.state.${device.state}`), ' · ',
      homeLink(device.home), ' · ', timeOf(device.since))), t('shift.devices_none'), sheet.devices_total)),
    section(t('shift.duties', { count: sheet.duties_total }), listed(sheet.duties.map((duty) => el('li', {},
      el('b', {}, duty.name), ' · ', duty.text, duty.missed_at ? ` · ${timeOf(duty.missed_at)}` : '')), t('shift.duties_none'), sheet.duties_total)),
  ];
}

function drawAlert(alert) {
  const holders = alert.coming.map((one) => (one.eta_at ? t('coming.by', { name: one.by, at: timeOf(one.eta_at) }) : one.by));
  return el('li', { class: alert.severity }, el('a', { href: addressOf('alert', [alert.alert]) },
    `${MARKS[alert.severity] ?? ''} ${alert.text.kind}`), ' ', alert.text.state, ' · ',
  el('span', { 'data-since': Date.parse(alert.raised_at) }, span(now() - Date.parse(alert.raised_at))), ' · ',
  [names(alert), address(alert)].filter(Boolean).join(' · '), el('span', { class: holders.length > 0 ? 'holder' : 'holder nobody' },
    holders.length > 0 ? holders.join(t('list')) : t('shift.nobody')));
}

function drawShift(shift) {
  const { answering: a } = shift;
  const closed = Object.entries(shift.closed).map(([how, count]) => `${shift.closed_text[how] ?? how} ${count}`);
  return [
    el('p', {}, t('shift.alerts', { count: shift.alerts, exercises: shift.exercises, most: shift.most_hour })),
    el('p', {}, closed.length > 0 ? t('shift.closed', { list: closed.join(t('list')) }) : t('shift.closed_none')),
    el('p', {}, t('shift.answered', { rang: a.rang, within: a.within_15_s, unanswered: a.unanswered })),
    shift.longest.length === 0 ? null : [el('h4', {}, t('shift.longest')), el('ul', {}, shift.longest.map((one) => el('li', {},
      el('a', { href: addressOf('alert', [one.alert]) }, t('shift.waited', { text: one.text, at: timeOf(one.raised_at), span: span(one.waited_s * 1000) })),
      one.answered ? '' : el('b', { class: 'trouble' }, t('shift.still')))))]];
}
customElements.define('room-shift', RoomShift);
