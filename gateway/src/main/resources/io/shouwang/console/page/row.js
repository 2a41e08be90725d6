// One alert in the queue: what, who, where, how long, and who comes.
import { el, redraw } from './dom.js';
import { timeOf } from './clock.js';
import { MARKS, isRinging } from './order.js';
import { isLocked } from './session.js';
import { relationOf } from './relation.js';
import { t, word } from './words.js';

/** "Wang Xiuying (85), Wang Defu": whoever it is about, or lives there. */
export function names(alert) {
  const people = alert.elder ? [alert.elder] : alert.elders ?? [];
  return people.map((one) => (one.age === undefined ? one.name || one.id
    : t('who.aged', { name: one.name || one.id, age: one.age }))).join(t('list'));
}

/** Whether person and door are kept from whoever looks at a locked seat. */
const isMasked = (alert) => alert.elders === undefined && alert.elder === undefined;

/** Whether anybody could live there: an area's, a county's or the gateway's own trouble has no door. */
const hasDoor = (alert) => Boolean(alert.home.address) || !/^(area|county|gateway)\b/.test(alert.home.id);

export function address(alert) {
  if (alert.home.address) return alert.home.address;
  if (isMasked(alert) && isLocked()) return t('lock.where');
  return hasDoor(alert) ? t('where.unregistered', { id: alert.home.id }) : alert.why;
}

/** Who it is about, or that nobody knows; empty where nobody lives. */
export function whom(alert) {
  if (isMasked(alert) && isLocked()) return t('lock.whom');
  return names(alert) || (hasDoor(alert) ? t('who.unknown') : '');
}

/** Who comes, in a few words; empty when nobody does. */
export function coming(alert) {
  return (alert.coming ?? []).map((one) => {
    const relation = relationOf(one);
    const name = relation ? t('who.related', { name: one.by, relation }) : one.by;
    if (one.phase === 'present') return t('coming.present', { name });
    if (one.eta_at) return t('coming.by', { name, at: timeOf(one.eta_at) });
    return t(one.phase === 'on_the_way' ? 'coming.set_out' : 'coming.holds', { name });
  }).join(t('list'));
}

/** The marks that an exercise and a home's or device's modes put on an alert. */
export function badges(alert) {
  return [
    alert.exercise ? el('span', { class: 'badge exercise' }, t('exercise.mark')) : null,
    alert.handover ? el('span', { class: 'badge handed' }, '⇄ ', t('handing.badge', { name: alert.handover.to_name })) : null,
    ...alert.modes.map((mode) => el('span', { class: 'badge' }, word('mode', mode))),
  ];
}

/** When the gateway rings on, or when a promise lapses. */
export function due(alert) {
  return alert.lapses_at ?? alert.next_ring_at;
}

export function makeRow(alert) {
  const link = el('a', { href: `#/alert/${encodeURIComponent(alert.alert)}`, tabindex: '-1' });
  return Object.assign(el('li', {}, link), { link, id: `row-${alert.alert}`, alertId: alert.alert });
}

export function updateRow(row, alert, isOpen, isLooked) {
  const says = [alert, isOpen, isLooked, isLocked()]; // a change comes as another object
  if (row.says?.every((one, i) => one === says[i])) return;
  row.says = says;
  row.className = `row ${alert.severity} ${alert.state}${isOpen ? ' open' : ''}${isLooked ? '' : ' fresh'}`;
  if (isOpen) row.link.setAttribute('aria-current', 'true');
  else row.link.removeAttribute('aria-current');
  const shows = [alert.severity, alert.state, alert.text, whom(alert), address(alert), coming(alert),
    due(alert), alert.modes, alert.handover, alert.raised_at, isLooked];
  redraw(row.link, shows, () => draw(alert, isLooked));
}

function draw(alert, isLooked) {
  const is = coming(alert);
  const at = due(alert);
  return [
    el('span', { class: 'what' },
      el('span', { class: 'kind' },
        el('span', { class: 'mark' }, el('span', { 'aria-hidden': 'true' }, MARKS[alert.severity] ?? ''), ' ', alert.text.severity),
        el('strong', {}, alert.text.kind), badges(alert),
        isLooked ? null : el('span', { class: 'badge fresh' }, t('queue.fresh'))),
      el('span', { class: 'age', 'data-since': Date.parse(alert.raised_at) })),
    whom(alert) ? el('span', { class: 'who' }, whom(alert)) : null,
    el('span', { class: 'where' }, address(alert)),
    el('span', { class: 'how' },
      el('span', { class: is ? 'good' : 'soft' }, is || t('coming.nobody')),
      at ? el('span', { class: 'next' }, t(isRinging(alert) ? 'ladder.next' : 'ladder.lapses'), ' ',
        el('span', { 'data-due': Date.parse(at) })) : null),
  ];
}
