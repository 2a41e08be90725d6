// One device: how it is, what it protects, its test mode, and what it said that nobody could read.
import { el, nodes } from '../dom.js';
import { del, get, path, post } from '../api.js';
import { now, span, timeOf } from '../clock.js';
import { field, tell } from '../dialogs.js';
import { can } from '../session.js';
import { t } from '../words.js';
import { kindOf, stateOf } from './room.js';

const MINUTES = [15, 30, 60, 120, 240];
const CLOCK_RIGHT_MS = 60_000;

class DevicePanel extends HTMLElement {
  #id = null;

  /** Shows a device, or nothing; back leads to the list alone. */
  show(id, back) {
    this.back = back;
    this.hidden = id === null;
    if (id === this.#id) return;
    this.#id = id;
    this.replaceChildren();
    if (id) this.load();
  }

  async load() {
    const id = this.#id;
    try {
      const device = await get(path`/api/v1/devices/${id}/health`);
      if (id === this.#id) this.#draw(device);
    } catch (refusal) {
      if (id === this.#id) this.replaceChildren(this.#head(id), el('p', { class: 'trouble', role: 'status' }, refusal.message));
    }
  }

  #head(id, more) {
    return el('header', {}, el('h3', { tabindex: '-1' }, id), more,
      el('a', { class: 'leave', href: this.back }, '✕ ', t('devices.close')));
  }

  #draw(device) {
    this.replaceChildren(...nodes([
      this.#head(device.device, stateOf(device.registered ? device.state ?? 'never_heard' : 'unregistered')),
      el('dl', { class: 'facts' }, facts(device).filter(([, value]) => value !== null && value !== undefined && value !== '')
        .map(([name, value]) => el('div', {}, el('dt', {}, t(`devices.${name}`)), el('dd', {}, value)))),
      device.registered && device.home ? this.#test(device) : null, drawUnread(device.unreadable)]));
  }

  #test(device) {
    const mode = device.test_mode;
    const may = can('dispatcher', 'administrator');
    const minutes = el('select', {}, MINUTES.map((count) => el('option', { value: count, selected: count === 30 },
      t('devices.test.minutes', { count }))));
    const act = (word, how) => async (event) => {
      event.target.disabled = true;
      try {
        await how();
        tell(t(word));
        await this.load();
        this.dispatchEvent(new Event('changed'));
      } catch (refusal) {
        tell(refusal.message, true);
        event.target.disabled = false;
      }
    };
    const url = path`/api/v1/devices/${device.device}/test-mode`;
    return el('section', {}, el('h4', {}, t('devices.test.title')),
      el('p', {}, mode ? t('devices.test.on', { until: timeOf(mode.until), by: mode.by }) : t('devices.test.off')),
      may ? el('div', { class: 'tools' }, field(t('devices.test.for'), minutes),
        el('button', { type: 'button', onclick: act('devices.test.begun', () => post(url, { minutes: Number(minutes.value) })) },
          t('devices.test.begin')),
        mode ? el('button', { type: 'button', onclick: act('devices.test.ended', () => del(url)) }, t('devices.test.end')) : null) : null);
  }
}

const yes = (value) => (value === undefined ? null : t(value ? 'devices.yes' : 'devices.no'));
const since = (text, at) => (text && at ? `${text} · ${t('devices.since', { at: timeOf(at) })}` : text);

function facts(device) {
  const { status = {} } = device;
  return [
    ['type', [device.type ? kindOf(device.type) : '', device.model].filter(Boolean).join(' · ')],
    ['home', device.home], ['area', device.area], ['hub', device.hub],
    ['elders', device.elders?.length > 0 ? device.elders.join(t('list')) : device.home ? t('devices.everybody') : null],
    ['heard', [device.heard_at ? `${timeOf(device.heard_at)} · ${t('devices.ago', { span: span(now() - Date.parse(device.heard_at)) })}`
      : t('devices.never'), device.silent_after_s
      ? el('small', { class: 'under' }, t('devices.silent_after', { span: span(device.silent_after_s * 1000) })) : null]],
    ['battery', device.battery_pct === undefined ? null : `${device.battery_pct} %`],
    ['signal', status.signal_dbm === undefined ? null : `${status.signal_dbm} dBm`], ['firmware', status.firmware],
    ['worn', since(yes(device.worn), device.worn_since)], ['charging', yes(device.charging)],
    ['online', device.online === undefined ? null
      : since(t(device.online ? 'devices.connected' : 'devices.gone'), device.online_since)],
    ['fault', device.tampered ? t('devices.tampered') : device.faulty ? t('devices.faulty') : null],
    ['clock', clockOf(device.clock_behind_ms)],
    ['tested', device.tested_at ? timeOf(device.tested_at) : device.registered ? t('devices.untested') : null],
  ];
}

function clockOf(behindMs) {
  if (behindMs === undefined) return null;
  const by = { span: span(Math.max(1_000, Math.abs(behindMs))) };
  if (Math.abs(behindMs) < CLOCK_RIGHT_MS) return t('devices.clock_right', by);
  return t(behindMs > 0 ? 'devices.clock_behind' : 'devices.clock_ahead', by);
}

function drawUnread(unreadable) {
  return el('section', {}, el('h4', {}, t('devices.unread.title')), unreadable.records === 0
    ? el('p', { class: 'soft' }, t('devices.unread.none'))
    : [el('p', { class: 'soft' }, t('devices.unread.since', { at: timeOf(unreadable.since), count: unreadable.records })),
      el('ol', { class: 'unread' }, unreadable.entries.map((entry) => el('li', {},
        el('p', {}, el('b', {}, entry.kind), ' · ', timeOf(entry.at), ' · ', t('devices.unread.bytes', { count: entry.bytes })),
        el('p', {}, entry.why ?? t('devices.unread.sender')),
        entry.hex ? el('pre', { tabindex: '0' }, spaced(entry.hex)) : null)))]);
}

/** Pairs of digits, with what of it can be printed beside. */
function spaced(hex) {
  const bytes = hex.match(/../g) ?? [];
  const lines = [];
  for (let i = 0; i < bytes.length; i += 16) {
    const line = bytes.slice(i, i + 16);
    const text = line.map((byte) => parseInt(byte, 16)).map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.'));
    lines.push(`${line.join(' ').padEnd(47)}  ${text.join('')}`);
  }
  return lines.join('\n');
}
customElements.define('device-panel', DevicePanel);
