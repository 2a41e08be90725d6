// Who was asked and how it stands with each; and what the ladder does next.
import { el } from './dom.js';
import { timeOf } from './clock.js';
import { telephone } from './caller.js';
import { relationOf } from './relation.js';
import { t } from './words.js';

const SIGNS = {
  accepted: '✓', on_the_way: '✓', arrived: '✓', done: '✓', spoke: '✓', well: '✓',
  declined: '✕', no_answer: '✕', lapsed: '✕',
};

export function drawResponders(alert) {
  const asked = alert.asked ?? [];
  const known = new Set(asked.map((one) => one.responder));
  const desk = (alert.holds ?? []).filter((hold) => !known.has(hold.by));
  if (asked.length + desk.length === 0) return el('p', { class: 'soft' }, t('responders.none'));
  return el('ul', { class: 'responders' },
    desk.map((hold) => el('li', { class: 'accepted' },
      el('span', { class: 'standing' }, el('span', { 'aria-hidden': 'true' }, '✓ '), t('responders.has_it')),
      el('span', {}, el('strong', {}, hold.name), ' ', el('span', { class: 'soft' }, hold.role_text), ' ', until(hold)))),
    asked.map((one) => {
      const hold = (alert.holds ?? []).find((each) => each.by === one.responder);
      return el('li', { class: one.standing },
        el('span', { class: 'standing' },
          el('span', { 'aria-hidden': 'true' }, `${SIGNS[one.standing] ?? '…'} `), one.standing_text),
        el('span', {}, el('strong', {}, one.name), ' ',
          el('span', { class: 'soft' }, [relationOf(one), one.role_text].filter(Boolean).join(' · ')), ' ',
          hold ? until(hold) : null),
        one.phone ? telephone(one.phone, { alert: alert.alert, responder: one.responder, key: `responder-${one.responder}` }) : null);
    }));
}

function until(hold) {
  return el('span', { class: 'good' }, hold.eta_at
    ? t('responders.eta', { at: timeOf(hold.eta_at) }) : t('responders.until', { at: timeOf(hold.until) }));
}

export function drawLadder(alert) {
  if (alert.state === 'closed') return null;
  const lines = [];
  if (alert.lapses_at) lines.push([t('ladder.lapses'), alert.lapses_at, '']);
  if (alert.next_rung) {
    lines.push([t('ladder.rung', { number: alert.next_rung.number }), alert.next_rung.at, alert.next_rung.text]);
  }
  if (alert.desk) lines.push([t('ladder.desk', { level: alert.desk.level }), alert.desk.at, alert.desk.text]);
  if (alert.next_ring_at && lines.every(([, at]) => at !== alert.next_ring_at)) {
    lines.unshift([t('ladder.next'), alert.next_ring_at, '']);
  }
  if (lines.length === 0) return el('p', { class: 'soft' }, t('ladder.none'));
  return el('ul', { class: 'ladder' }, lines.map(([what, at, whom]) => el('li', {},
    el('span', { class: 'left', 'data-due': Date.parse(at) }),
    el('span', {}, what, whom ? t('colon') : '', whom), ' ', el('span', { class: 'soft' }, timeOf(at)))));
}
