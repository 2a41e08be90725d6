// One elder who is owed a visit or a call: why, and one tap to say that it was made.
import { el } from '../dom.js';
import { freshId, path } from '../api.js';
import { now } from '../clock.js';
import { choices, field, open } from '../dialogs.js';
import { t, word } from '../words.js';
import { outbox } from './outbox.js';
import { drawLinks, drawStanding, minuteOf } from './parts.js';

const UNDO_MS = 6_000;
const MET = ['well', 'unwell', 'reached'];
const NOT_MET = { visit: 'not_home', call: 'no_answer' };

/** The duties of one elder together, in the order of the most urgent. */
export function byElder(duties) {
  const visits = new Map();
  for (const duty of duties) {
    const visit = visits.get(duty.elder.id) || { ...duty, duties: [] };
    visit.duties.push(duty);
    visits.set(duty.elder.id, visit);
  }
  return [...visits.values()];
}

function record(visit, means, result, note) {
  const isTaken = outbox.put({
    id: freshId(), url: path`/api/v1/elders/${visit.elder.id}/contacts`, about: visit.elder.id, what: means, note, holdMs: UNDO_MS,
    body: { means, result, at: new Date(now()).toISOString() } });
  if (!isTaken) throw new Error(t('field.full'));
  if (result === 'unwell') askAlarm(visit);
}

/** Whoever isn't well may need others: the desk and the relatives are rung. */
function askAlarm(visit) {
  const id = freshId();
  open({
    title: t('field.alarm_title', { name: visit.elder.name }),
    content: [el('p', {}, t('field.alarm_hint')),
      el('p', { class: 'links' }, el('a', { class: 'button', href: 'tel:120' }, t('field.call'), ' ', el('b', {}, '120'))),
      field(t('field.note'), el('textarea', { name: 'note', rows: 2, maxlength: 500 }))],
    label: t('field.alarm'),
    danger: true,
    done: (data) => {
      const isTaken = outbox.put({ id, url: '/api/v1/alerts', body: { home: visit.home, elder: visit.elder.id },
        about: visit.elder.id, what: 'alarm', note: data.get('note').trim() });
      if (!isTaken) throw new Error(t('field.full'));
    },
  });
}

function askOther(visit) {
  open({
    title: t('field.record', { name: visit.elder.name }),
    content: [choices(t('field.how'), 'means', [['visit', t('field.visit')], ['call', t('field.phone')]]),
      choices(t('field.result'), 'result', [...MET, 'not_met', 'other'].map((value) => [value, t(`field.result.${value}`)])),
      field(t('field.note'), el('textarea', { name: 'note', rows: 3, maxlength: 500 }))],
    label: t('field.send'),
    done: (data) => {
      const means = data.get('means');
      const result = data.get('result');
      const note = data.get('note').trim();
      if (!means || !result) throw new Error(t('field.choose'));
      if (result === 'other' && !note) throw new Error(t('field.note_missing'));
      record(visit, means, result === 'not_met' ? NOT_MET[means] : result, note);
    },
  });
}

function drawRecord(visit) {
  const button = (means, result, label, style = '') => el('button', { type: 'button', class: style,
    'data-key': `${visit.elder.id}-${means}-${result}`, onclick: () => {
      try {
        record(visit, means, result);
      } catch (trouble) {
        open({ title: t('field.trouble'), content: el('p', {}, trouble.message) });
      }
    } }, label);
  return el('div', { class: 'answers', role: 'group', 'aria-label': t('field.record', { name: visit.elder.name }) },
    button('visit', 'well', t('field.visit_well'), 'primary'),
    button('call', 'well', t('field.call_well'), 'primary'),
    button('visit', 'not_home', t('field.visit_not')),
    button('call', 'no_answer', t('field.call_not')),
    el('button', { type: 'button', class: 'wide', 'data-key': `${visit.elder.id}-other`, onclick: () => askOther(visit) }, t('field.other')));
}

function drawDuty(duty) {
  const due = duty.state === 'overdue' ? t('field.missed', { period: duty.period, done: duty.done, count: duty.count })
    : t('field.due', { at: minuteOf(duty.due_at), done: duty.done, count: duty.count });
  return el('li', { class: duty.state }, el('b', {}, t(`field.state.${duty.state}`)), ' ', duty.text, t('colon'), due);
}

export function drawVisit(visit, standing, mayRecord) {
  const { elder } = visit;
  const last = visit.duties.map((duty) => duty.last_at).filter(Boolean).sort().pop();
  const isOverdue = visit.duties.some((duty) => duty.state === 'overdue');
  return el('article', { class: `card visit ${isOverdue ? 'overdue' : 'due'}`, 'aria-label': elder.name },
    el('p', { class: 'head' }, el('strong', { class: 'kind' }, elder.name), elder.age === undefined ? null : t('who.age', { age: elder.age }),
      elder.ability ? el('span', { class: 'badge' }, word('ability', elder.ability)) : null),
    el('p', { class: 'address' }, visit.address),
    visit.access ? el('p', { class: 'access' }, el('b', {}, t('where.access'), t('colon')), visit.access) : null,
    el('ul', { class: 'owed' }, visit.duties.map(drawDuty)),
    el('p', { class: 'soft' }, last ? t('field.last', { at: minuteOf(last) }) : t('field.last_none')),
    drawLinks([visit.home_phone, elder.phone], visit.place, visit.address, null),
    mayRecord ? drawRecord(visit) : null,
    drawStanding(standing));
}
