// What alerts and visits share: links to call and to find the way, and what became of a tap.
import { el } from '../dom.js';
import { timeOf } from '../clock.js';
import { t } from '../words.js';
import { outbox } from './outbox.js';

/** A time without its seconds. */
export const minuteOf = (instant) => timeOf(instant).replace(/:\d\d$/, '');

/** A number as a telephone dials it. */
const dialled = (number) => number.replace(/[^0-9+]/g, '');

/** Any map application on the phone opens these. */
const geo = ({ lat, lon }) => `geo:${Number(lat)},${Number(lon)}?q=${Number(lat)},${Number(lon)}`;

export function drawLinks(phones, place, address, fix) {
  const numbers = [...new Set(phones.filter((number) => number && dialled(number)))];
  return el('p', { class: 'links' },
    numbers.map((number) => el('a', { class: 'button', href: `tel:${dialled(number)}` }, t('field.call'), ' ', el('b', {}, number))),
    place ? el('a', { class: 'button', href: geo(place) }, t('field.map')) : null,
    fix ? el('a', { class: 'button', href: geo(fix) }, t('field.fix'), ' ',
      el('span', { 'data-since': Date.now() - (fix.age_s || 0) * 1000 })) : null);
}

/** Sending, recorded, refused: each in words, and a way back while there is one. */
export function drawStanding(standing) {
  if (!standing) return null;
  const what = t(`field.did.${standing.what}`);
  switch (standing.state) {
    case 'held': return el('p', { class: 'standing held', role: 'status' }, t('field.held', { what }), ' ',
      el('button', { type: 'button', 'data-key': `undo-${standing.id}`, onclick: () => outbox.undo(standing.id) }, t('field.undo')));
    case 'waiting': return el('p', { class: 'standing waiting', role: 'status' }, t('field.sending', { what, at: timeOf(standing.tapped) }));
    case 'refused': return el('p', { class: 'standing refused', role: 'status' }, t('field.refused', { what, reason: standing.reason }), ' ',
      el('button', { type: 'button', 'data-key': `drop-${standing.id}`, onclick: () => outbox.drop(standing.id) }, t('field.dismiss')));
    default: return el('p', { class: 'standing done', role: 'status' }, t('field.done', { what, at: timeOf(standing.at) }),
      standing.lacksNote ? el('span', { class: 'trouble' }, ' ', t('field.lacks_note')) : null);
  }
}
