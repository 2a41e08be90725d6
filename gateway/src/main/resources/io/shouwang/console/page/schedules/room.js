// Who is on call: now, next, and through the week; and who stands in for whom.
import { change, get, path, post } from '../api.js';
import { field, open, tell } from '../dialogs.js';
import { el } from '../dom.js';
import { can } from '../session.js';
import { language, learn, t, word } from '../words.js';
import { en, zh } from './words.js';

learn({ en, zh });

/** In the civil time of the schedule, wherever the screen stands. */
const time = (at, timeZone) => new Intl.DateTimeFormat(language,
  { timeZone, weekday: 'short', month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(at));
const names = (people) => people.map((person) => person.name).join('、');
const said = (answer, words) => tell(t(answer.state === 'waiting' ? 'schedules.waits' : words));

/** Whose turns these are: "桃花社区第一网格 网格员"; empty while no area uses them. */
const postsOf = (schedule) => schedule.posts.map((place) => `${place.area_name} ${word('schedules.role', place.role)}`).join('、');

class SchedulesRoom extends HTMLElement {
  async open() {
    try {
      const { schedules } = await get('/api/v1/schedules');
      this.replaceChildren(el('h2', {}, t('schedules.title')), ...(schedules.length === 0
        ? [el('p', { class: 'none' }, t('schedules.none'))] : schedules.map((one) => this.#card(one))));
    } catch (refusal) {
      this.replaceChildren(el('h2', {}, t('schedules.title')),
        el('p', { class: 'trouble', role: 'status' }, t('schedules.trouble', { why: refusal.message })),
        el('button', { type: 'button', onclick: () => this.open() }, t('schedules.again')));
    }
  }

  #card(schedule) {
    const { now, next } = schedule;
    const gaps = schedule.shifts.filter((shift) => shift.people.length === 0).length;
    return el('section', { class: 'schedule', 'aria-label': schedule.id },
      el('h3', {}, postsOf(schedule) || schedule.id, postsOf(schedule) ? el('small', {}, ` ${schedule.id}`) : null),
      schedule.posts.length === 0 ? el('p', { class: 'soft' }, t('schedules.unused')) : null,
      el('div', { class: 'on-call' }, el('div', {}, el('span', { class: 'soft' }, t('schedules.now')),
        el('p', { class: now.people.length === 0 ? 'who trouble' : 'who' },
          now.people.length === 0 ? t('schedules.nobody') : now.people.map((person) => el('span', {}, person.name, ' ',
            person.phone ? el('a', { href: `tel:${person.phone.replace(/[^0-9+*#]/g, '')}` }, person.phone) : null))),
        el('p', { class: 'soft' }, t('schedules.until', { time: time(now.to, schedule.zone) }))),
      el('p', { class: 'next' }, next ? t('schedules.next',
        { who: names(next.people) || t('schedules.nobody'), time: time(next.from, schedule.zone) }) : t('schedules.later'))),
      gaps > 0 ? el('p', { class: 'trouble' }, t('schedules.gaps', { count: gaps })) : null,
      el('div', { class: 'sheet', tabindex: '0', role: 'region', 'aria-label': t('schedules.week') }, el('table', {},
        el('caption', {}, t('schedules.week')),
        el('thead', {}, el('tr', {}, ['from', 'to', 'who', 'swap'].map((key) => el('th', { scope: 'col' }, t(`schedules.${key}`))))),
        el('tbody', {}, schedule.shifts.map((shift, i) => this.#row(schedule, shift, i === 0, i === schedule.shifts.length - 1))))),
      schedule.offers.length === 0 ? null : el('div', {}, el('h4', {}, t('schedules.offers')),
        el('ul', { class: 'swaps' }, schedule.offers.map((offer) => el('li', {}, t('schedules.offer',
          { who: offer.by.name, from: time(offer.from, schedule.zone), to: time(offer.to, schedule.zone) }), ' ',
        can('supervisor', 'administrator') ? el('button', { type: 'button', onclick: () => this.#withdraw(offer) }, t('schedules.withdraw')) : null)))),
      schedule.swaps.length === 0 ? null : el('div', {}, el('h4', {}, t('schedules.swaps')),
        el('ul', { class: 'swaps' }, schedule.swaps.map((swap) => el('li', {},
          `${swap.from.replace('T', ' ')} – ${swap.to.replace('T', ' ')} ${swap.people ?? ''} ${swap.reason ?? ''} `,
          can('supervisor', 'administrator') ? el('button', { type: 'button',
            onclick: () => this.#undo(schedule, swap) }, t('schedules.undo')) : null)))));
  }

  async #withdraw(offer) {
    try {
      await change(path`/api/v1/field/offers/${offer.offer}`, {});
      tell(t('schedules.withdrawn'));
      await this.open();
    } catch (refusal) {
      tell(refusal.message, true);
    }
  }

  /** The week cuts off the first shift's beginning and the last one's end: they are not told as if they were such. */
  #row(schedule, shift, isFirst, isLast) {
    const isGap = shift.people.length === 0;
    return el('tr', { class: isGap ? 'gap' : null },
      el('td', {}, isFirst ? t('schedules.now_on') : time(shift.from, schedule.zone)),
      el('td', {}, isLast ? t('schedules.beyond') : time(shift.to, schedule.zone)),
      el('th', { scope: 'row' }, isGap ? `⚠ ${t('schedules.gap')}` : names(shift.people),
        shift.swapped ? el('small', {}, ` ⇄ ${t('schedules.standin')}`) : null),
      el('td', {}, isGap || !can('supervisor', 'administrator') ? null
        : el('button', { type: 'button', onclick: () => this.#ask(schedule, shift) }, t('schedules.swap'))));
  }

  #ask(schedule, shift) {
    const list = el('datalist', { id: 'schedule-people' }, schedule.people.map((person) =>
      el('option', { value: person.id }, person.name)));
    open({ title: t('schedules.swap.title'), label: t('schedules.swap.do'),
      content: [el('p', {}, `${time(shift.from, schedule.zone)} – ${time(shift.to, schedule.zone)}`),
        field(t('schedules.out'), el('select', { name: 'out' },
          shift.people.map((person) => el('option', { value: person.id }, person.name)))),
        field(t('schedules.in'), el('input', { name: 'in', list: 'schedule-people', required: true, maxlength: 64, autocomplete: 'off' }),
          t('schedules.in.hint')), list,
        field(t('schedules.reason'), el('input', { name: 'reason', maxlength: 200 }))],
      done: async (data) => {
        said(await post(path`/api/v1/schedules/${schedule.id}/swaps`, { from: shift.from, to: shift.to,
          out: data.get('out'), in: data.get('in').trim(), reason: data.get('reason') }), 'schedules.swapped');
        await this.open();
      } });
  }

  async #undo(schedule, swap) {
    try {
      said(await change(path`/api/v1/schedules/${schedule.id}/swaps/${swap.id}`, {}), 'schedules.undone');
      await this.open();
    } catch (refusal) {
      tell(refusal.message, true);
    }
  }
}

customElements.define('room-schedules', SchedulesRoom);
