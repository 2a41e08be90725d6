// The cards of a responder and of a device.
import { el } from '../dom.js';
import { timeOf } from '../clock.js';
import { telephone } from '../caller.js';
import { addressOf } from '../place.js';
import { t } from '../words.js';
import { relationOf } from '../relation.js';
import { named } from './card.js';
import { wayText } from './reached.js';

const part = (name, title, ...content) => el('section', { class: `part ${name}` }, el('h3', {}, title), content);

export function drawResponder(card) {
  return [
    el('header', { class: 'elders-head' }, el('h2', {}, card.name), el('p', { class: 'soft' }, card.id),
      card.on_call ? el('p', { class: 'good' }, t('elders.on_call')) : null,
      card.quiet ? el('p', {}, el('span', { class: 'badge' }, t('elders.quiet'))) : null),
    el('div', { class: 'columns' },
      part('ways', t('elders.ways'),
        card.phone ? telephone(card.phone, { responder: card.id, key: 'responder', large: true }) : el('p', { class: 'soft' }, t('elders.no_phone')),
        card.ways.length === 0 ? el('p', { class: 'trouble' }, t('elders.no_way')) : el('ol', {}, card.ways.map((way) => el('li', {},
          wayText(way), ' ', way.address ? el('span', { class: 'soft' }, way.address) : null)))),
      part('holdings', t('elders.holdings'),
        card.holdings.length === 0 ? el('p', { class: 'soft' }, t('elders.no_holdings')) : el('ul', {}, card.holdings.map(drawHolding)),
        card.total > card.holdings.length ? el('p', { class: 'note' }, t('elders.holdings_more',
          { count: `${card.total.toLocaleString()}${card.more ? '+' : ''}`, shown: card.holdings.length })) : null)),
  ];
}

function drawHolding(one) {
  const to = one.elder ? ['elder', one.elder] : one.home ? ['home', one.home] : null;
  const whom = one.name || one.elder || one.home || one.area;
  return el('li', {}, el('b', {}, one.text), ' ', to ? el('a', { href: addressOf('elders', to) }, whom) : whom, ' ',
    el('span', { class: 'soft' }, relationOf(one)), ' ',
    one.scheduled ? el('span', { class: 'badge' }, t(one.on_call ? 'elders.duty_now' : 'elders.duty_later')) : null);
}

export function drawDevice(card) {
  const line = (label, value) => (value ? [el('dt', {}, label), el('dd', {}, value)] : null);
  return [
    el('header', { class: 'elders-head' }, el('h2', {}, named(`elders.type.${card.type}`, card.type)), el('p', { class: 'soft' }, card.device)),
    part('device', t('elders.device'), el('dl', { class: 'lines' },
      line(t('elders.model'), card.model),
      line(t('elders.is'), card.state ? el('span', { class: card.protects ? 'good' : 'trouble' }, card.protects ? '✓ ' : '✕ ', t(`elders.state.${card.state}`)) : null),
      line(t('elders.at_home'), card.home ? el('a', { href: addressOf('elders', ['home', card.home]) }, card.address || card.home) : t('elders.no_home')),
      line(t('caller.elder'), card.elder ? el('a', { href: addressOf('elders', ['elder', card.elder]) }, card.elder_name || card.elder) : null),
      line(t('elders.hub'), card.hub ? el('a', { href: addressOf('elders', ['device', card.hub]) }, card.hub) : null),
      line(t('elders.children'), card.children.length === 0 ? null : card.children.map((id, i) => [i > 0 ? t('list') : null,
        el('a', { href: addressOf('elders', ['device', id]) }, id)])),
      line(t('elders.last_heard'), card.heard_at ? timeOf(card.heard_at) : null),
      line(t('elders.last_tested'), card.tested_at ? timeOf(card.tested_at) : null))),
  ];
}
