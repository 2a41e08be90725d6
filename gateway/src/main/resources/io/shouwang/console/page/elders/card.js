// The card of a home and of those who live there: what somebody at the telephone needs, from the door to whom it rings.
import { el } from '../dom.js';
import { span, timeOf, now } from '../clock.js';
import { askRaise, telephone } from '../caller.js';
import { addressOf } from '../place.js';
import { can } from '../session.js';
import { HomeModes } from '../home-modes.js';
import { offerShownOf } from '../shown.js';
import '../readings.js';
import { t, word } from '../words.js';
import { aboutElder } from './rows.js';
import { drawReached } from './reached.js';

/** A word of ours for what the registry or a device says, or else as it came. */
export function named(key, otherwise) {
  try {
    return t(key);
  } catch {
    return otherwise;
  }
}

const part = (name, title, ...content) => el('section', { class: `part ${name}` }, el('h3', {}, title), content);

export function drawCard(card) {
  const { home } = card;
  const about = card.elder ? card.elders.find((one) => one.id === card.elder) : null;
  const elders = about ? [about, ...card.elders.filter((one) => one !== about)] : card.elders;
  return [
    el('header', { class: 'elders-head' },
      el('h2', {}, about ? about.name : home.address),
      el('p', { class: 'soft' }, home.area.map((one) => one.name).join(' › ')),
      can('dispatcher') ? el('button', { type: 'button', class: 'danger', 'data-key': 'raise', onclick: () => askRaise({ home, elders }) },
        t('elders.raise')) : null),
    drawOpen(card),
    el('div', { class: 'columns' },
      el('div', { class: 'column' }, drawPlace(card, elders[0]), part('people', t('part.persons'), drawElders(elders, about, home)), drawContacts(card)),
      el('div', { class: 'column' }, drawModes(card), drawReached(card.reached), drawDevices(card), drawReadings(card))),
  ];
}

function drawOpen({ alerts = [] }) {
  if (alerts.length === 0) return null;
  return el('p', { class: 'elders-open', role: 'status' }, el('b', {}, t('caller.open'), t('colon')), alerts.map((one, i) => [i > 0 ? t('list') : null,
    el('a', { href: addressOf('alert', [one.alert]) }, `${one.text.kind}（${one.text.state}，${span(now() - Date.parse(one.raised_at))}）`)]));
}

function drawPlace(card, elder) {
  const { home } = card;
  return part('place', t('part.place'),
    el('p', { class: 'address' }, home.address || t('elders.no_address')),
    home.access ? el('p', { class: 'access' }, el('b', {}, t('where.access'), t('colon')), home.access) : null,
    home.phone ? telephone(home.phone, { number: home.phone, key: 'home-phone', large: true }) : el('p', { class: 'soft' }, t('where.no_phone')),
    offerShownOf(card, elder),
    el('p', { class: 'soft' }, t('elders.home_id', { id: home.id })));
}

function drawElders(elders, about, home) {
  if (elders.length === 0) return el('p', { class: 'soft' }, t('elders.nobody_lives'));
  return el('ul', { class: 'persons' }, elders.map((one) => el('li', { class: one === about ? 'about' : null },
    el('p', { class: 'name' }, el('strong', {}, one.name), ' ', aboutElder(one), ' ', el('span', { class: 'soft id' }, one.id)),
    one.notes ? el('p', { class: 'notes' }, one.notes) : null,
    one.phone && one.phone !== home.phone ? telephone(one.phone, { elder: one.id, key: `elder-${one.id}` }) : null,
    one.duties.length === 0 ? null : el('ul', { class: 'elders-duties', 'aria-label': t('elders.duties') }, one.duties.map(drawDuty)),
    one.fences.length === 0 ? null : el('p', { class: 'soft' }, el('b', {}, t('elders.fences'), t('colon')),
      one.fences.map((fence) => t(`elders.fence.${fence.kind}`, { name: fence.name || fence.id,
        size: fence.radius_m ? t('elders.radius', { metres: Math.round(fence.radius_m) }) : '' })).join(t('list'))))));
}

function drawDuty(duty) {
  return el('li', { class: duty.state }, el('span', { class: 'badge' }, t(`elders.duty.${duty.state}`)), ' ', duty.text, ' ',
    t('elders.done', { done: duty.done, count: duty.count }), ' ',
    el('span', { class: 'soft' }, duty.last_at ? t('elders.last', { at: timeOf(duty.last_at) }) : t('elders.never')));
}

function drawDevices({ devices, protection }) {
  return part('devices', t('elders.devices'),
    el('p', { class: `protection ${protection}` }, t('caller.protection', { state: word('protection', protection) })),
    devices.length === 0 ? el('p', { class: 'soft' }, t('elders.no_devices')) : el('ul', {}, devices.map((one) => el('li', {},
      el('a', { href: addressOf('elders', ['device', one.device]) }, named(`elders.type.${one.type}`, one.type)), ' ',
      el('span', { class: one.protects ? 'good' : 'trouble' }, one.protects ? '✓ ' : '✕ ', t(`elders.state.${one.state}`)), ' ',
      el('span', { class: 'soft' }, [one.device, one.model, one.battery_pct === undefined ? null : t('elders.battery', { pct: one.battery_pct }),
        one.heard_at ? t('elders.heard', { at: timeOf(one.heard_at) }) : null].filter(Boolean).join(' · '))))));
}

function drawModes({ home, devices }) {
  const modes = new HomeModes();
  modes.show(home.id, devices.map(({ device, type }) => ({ device, type: named(`elders.type.${type}`, type) })));
  return part('modes', t('elders.modes'), modes);
}

/** What its devices said of late; whoever may not read that sees no part of it. */
function drawReadings({ home }) {
  if (!can('dispatcher', 'supervisor')) return null;
  const readings = document.createElement('home-readings');
  readings.className = 'part readings';
  readings.show(home.id);
  return readings;
}

function drawContacts({ contacts = [], elders }) {
  if (contacts.length === 0) return null;
  const name = (id) => elders.find((one) => one.id === id)?.name ?? id;
  return part('contacts', t('elders.contacts'), el('ul', {}, contacts.map((one) => el('li', {},
    el('time', {}, timeOf(one.at)), ' ', named(`elders.means.${one.means}`, one.means), ' ', name(one.elder), ' ',
    el('span', { class: 'soft' }, [one.result ? named(`elders.result.${one.result}`, one.result) : null, one.by].filter(Boolean).join(' · ')),
    one.note ? el('q', {}, one.note) : null))));
}
