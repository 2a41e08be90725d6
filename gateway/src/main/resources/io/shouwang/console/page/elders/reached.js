// Who is reached if it rings now: by role, in order, by which ways.
import { el } from '../dom.js';
import { telephone } from '../caller.js';
import { addressOf } from '../place.js';
import { relationOf } from '../relation.js';
import { t } from '../words.js';

/** "电话 → 60 秒后短信": each way after the one before it. */
export function wayText(way) {
  const name = way.channel === 'mqtt' ? t('elders.way_mqtt') : way.channel;
  const later = way.after_s > 0 ? t('elders.way_after', { seconds: way.after_s, name }) : name;
  return way.verified ? later : t('elders.way_unverified', { name: later });
}

const ways = (all) => (all.length === 0 ? el('span', { class: 'trouble' }, t('elders.no_way'))
  : el('span', { class: 'soft' }, all.map(wayText).join(' → ')));

function person(one, role) {
  return el('li', {},
    el('span', {}, role.role === 'elder' ? one.name : el('a', { href: addressOf('elders', ['responder', one.id]) }, one.name), ' ',
      el('span', { class: 'soft' }, relationOf({ relation: one.relation, role: role.role })), ' ',
      one.quiet ? el('span', { class: 'badge' }, t('elders.quiet')) : null),
    one.phone ? telephone(one.phone, { responder: one.id, key: `r-${role.role}-${one.id}` }) : null,
    ways(one.ways));
}

export function drawReached(reached) {
  return el('section', { class: 'part reached' }, el('h3', {}, t('elders.reached')),
    reached.length === 0 ? el('p', { class: 'trouble' }, t('elders.nobody_reached')) : el('dl', {}, reached.map((role) => [
      el('dt', {}, role.level > 1 ? t('elders.desk_level', { role: role.text, level: role.level }) : role.text),
      el('dd', {}, el('ol', {}, role.people.map((one) => person(one, role)))),
    ])));
}
