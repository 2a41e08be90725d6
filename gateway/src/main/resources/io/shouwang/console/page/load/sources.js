// Where most alerts come from: devices, models, vendors.
import { el } from '../dom.js';
import { timeOf } from '../clock.js';
import { addressOf } from '../place.js';
import { t } from '../words.js';
import { percent } from './room.js';

export function drawSources(sources) {
  const { days, alerts, devices, models, vendors } = sources;
  if (devices.length === 0) {
    return el('section', {}, el('h3', {}, t('load.worst', { days })), el('p', { class: 'soft' }, t('load.worst.none', { days })));
  }
  return el('section', {}, el('h3', {}, t('load.worst', { days })),
    el('p', { class: 'share' }, t('load.worst.devices', { count: devices.length, share: percent(sources.devices_share), alerts })),
    el('p', { class: 'soft' }, t('load.worst.target')),
    table('name', devices, (one) => [el('a', { href: addressOf('devices', [one.name]) }, one.name), ' ',
      el('small', {}, [one.model, one.home].filter(Boolean).join(' · '))]),
    models.length + vendors.length === 0 ? el('p', { class: 'soft' }, t('load.no_model'))
      : el('div', { class: 'pair' },
        el('div', {}, el('h4', {}, t('load.models')), table('model', models, (one) => el('a', { href: addressOf('devices', [], { model: one.name }) }, one.name))),
        el('div', {}, el('h4', {}, t('load.vendors')), table('vendor', vendors, (one) => el('a', { href: addressOf('devices', [], { vendor: one.name }) }, one.name)))));
}

function table(first, rows, name) {
  const columns = [first, 'alerts', 'false', 'chatters', 'share', 'last'];
  return el('div', { class: 'wide' }, el('table', { class: 'plain' },
    el('thead', {}, el('tr', {}, columns.map((column) => el('th', { scope: 'col' }, t(`load.col.${column}`))))),
    el('tbody', {}, rows.map((one) => el('tr', {}, el('th', { scope: 'row' }, name(one)), el('td', {}, one.alerts),
      el('td', {}, one.false_alarms), el('td', {}, one.chatters),
      el('td', { class: 'bar-of' }, el('progress', { max: 1, value: one.share, 'aria-hidden': 'true' }), percent(one.share)),
      el('td', {}, timeOf(one.last_at)))))));
}
