// Who it is, where they are, and what made the alert.
import { el } from './dom.js';
import { timeOf } from './clock.js';
import { telephone } from './caller.js';
import { addressOf } from './place.js';
import { address } from './row.js';
import { can } from './session.js';
import { offerShown } from './shown.js';
import { t, word } from './words.js';

/** Those who live there; the one it is about first and marked. */
export function drawPersons(alert) {
  const persons = alert.persons?.length ? alert.persons : alert.elders ?? [];
  if (persons.length === 0) return el('p', { class: 'soft' }, t('who.unknown'));
  const about = alert.elder?.id;
  const sorted = [...persons].sort((a, b) => (b.id === about) - (a.id === about));
  return el('ul', { class: 'persons' }, sorted.map((person) => el('li', { class: person.id === about ? 'about' : null },
    el('p', { class: 'name' }, el('strong', {}, person.name || person.id), ' ',
      person.age === undefined ? null : t('who.age', { age: person.age }), ' ',
      person.id === about && persons.length > 1 ? el('span', { class: 'badge' }, t('who.about')) : null),
    el('p', {}, [person.ability ? word('ability', person.ability) : null,
      ...(person.categories ?? []).map((category) => word('category', category))].filter(Boolean).join(t('list'))),
    person.notes ? el('p', { class: 'notes' }, person.notes) : null,
    person.phone && person.phone !== alert.home.phone
      ? telephone(person.phone, { alert: alert.alert, elder: person.id, key: `person-${person.id}` }) : null)));
}

/** To the door, and the telephone that stands behind it. */
export function drawPlace(alert) {
  const { home } = alert;
  return [
    el('p', { class: 'address' }, address(alert)),
    home.access ? el('p', { class: 'access' }, el('b', {}, t('where.access'), t('colon')), home.access) : null,
    home.phone ? telephone(home.phone, { alert: alert.alert, number: home.phone, key: 'home-phone', large: true })
      : el('p', { class: 'soft' }, t('where.no_phone')),
    home.address && can('dispatcher', 'supervisor') ? el('p', {}, el('a', { href: addressOf('elders', ['home', home.id]) }, t('where.card'))) : null,
    offerShown(alert),
  ];
}

export function drawPosition(alert) {
  const fix = alert.location;
  if (!fix) return null;
  return el('p', {},
    el('span', { class: 'coordinates' }, `${fix.lat}, ${fix.lon}`), ' ',
    el('span', { class: 'soft' }, [fix.datum, fix.source ? word('source', fix.source) : null,
      fix.accuracy_m === undefined ? null : t('position.accuracy', { metres: Math.round(fix.accuracy_m) }),
      t('position.device', { device: fix.device })].filter(Boolean).join(' · ')), ' ',
    el('span', { class: 'fix-age' }, t('position.age'), ' ', el('span', { 'data-since': Math.round(fix.taken_ms) })));
}

/** What the rule saw: its words, then event by event. */
export function drawWhy(alert) {
  const seen = alert.evidence ?? [];
  return [
    el('p', { class: 'why' }, alert.why),
    seen.length === 0 ? null : el('details', { class: 'evidence' },
      el('summary', { 'data-key': 'evidence' }, t('why.evidence', { count: seen.length })),
      el('ul', {}, seen.map((one) => el('li', {},
        [timeOf(one.received_at), word('kind', one.kind), one.device, one.room,
          one.at ? t('why.device_time', { at: timeOf(one.at) }) : null,
          ...one.marks.map((mark) => word('mark', mark))].filter(Boolean).join(' · '))))),
  ];
}
