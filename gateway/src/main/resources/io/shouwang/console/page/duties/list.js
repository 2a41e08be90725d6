// The list of what is owed, and what can be done about a line: record a contact for somebody, see the history.
import { el } from '../dom.js';
import { freshId, get, path, post } from '../api.js';
import { now, timeOf } from '../clock.js';
import { choices, field, open } from '../dialogs.js';
import { can } from '../session.js';
import { t, word } from '../words.js';

const minuteOf = (instant) => timeOf(instant).replace(/:\d\d$/, '');

const RESULTS = ['well', 'unwell', 'reached', 'not_home', 'no_answer', 'other'];
const NOTE_MAX = 2000;

/** For whoever made it and can't write it down themselves, by telephone say. */
function askRecord(line, done) {
  const id = freshId();
  const at = el('input', { type: 'datetime-local', name: 'at' });
  open({
    title: t('duties.record_title', { name: line.elder.name || line.elder.id }),
    content: [choices(t('duties.how'), 'means', [['visit', t('duties.visit')], ['call', t('duties.call')]]),
      choices(t('duties.result'), 'result', RESULTS.map((value) => [value, t(`duties.result.${value}`)])),
      field(t('duties.at'), at, t('duties.at_hint')),
      field(t('duties.note'), el('textarea', { name: 'note', rows: 3, maxlength: NOTE_MAX }), t('duties.note_hint'))],
    label: t('duties.record'),
    done: async (data) => {
      const note = data.get('note').trim();
      if (!data.get('means') || !data.get('result')) throw new Error(t('duties.choose'));
      if (data.get('result') === 'other' && !note) throw new Error(t('duties.note_missing'));
      await post(path`/api/v1/elders/${line.elder.id}/contacts`, { id, means: data.get('means'), result: data.get('result'),
        at: new Date(data.get('at') ? data.get('at') : now()).toISOString(), ...(note ? { note } : {}) });
      done();
    },
  });
}

async function showHistory(line) {
  const place = el('div', {}, el('p', { class: 'soft' }, t('duties.loading')));
  open({ title: t('duties.history_title', { name: line.elder.name || line.elder.id }), content: place });
  try {
    const { contacts } = await get(path`/api/v1/elders/${line.elder.id}/contacts`);
    place.replaceChildren(contacts.length === 0 ? el('p', { class: 'soft' }, t('duties.history_none'))
      : el('ol', { class: 'history' }, contacts.map((one) => el('li', {}, el('b', {}, minuteOf(one.at)), ' ', t(`duties.means.${one.means}`), ' · ',
        word('duties.result', one.result), ' · ', one.by, one.note ? el('q', {}, one.note) : null))));
  } catch (refusal) {
    place.replaceChildren(el('p', { class: 'trouble' }, refusal.message));
  }
}

function drawRow(line, again) {
  const { elder } = line;
  return el('tr', { class: line.state },
    el('td', {}, el('strong', {}, elder.name || elder.id), ' ', elder.age === undefined ? null : t('who.age', { age: elder.age }),
      elder.ability ? el('small', {}, ` ${word('ability', elder.ability)}`) : null,
      el('div', { class: 'soft' }, line.address || line.home)),
    el('td', {}, line.text, el('div', { class: 'soft' }, line.period)),
    el('td', {}, el('b', { class: 'standing' }, t(`duties.state.${line.state}`)), ' ', t('duties.progress', { done: line.done, count: line.count }),
      el('div', { class: 'soft' }, line.missed_at ? t('duties.since', { at: minuteOf(line.missed_at) }) : t('duties.until', { at: minuteOf(line.due_at) }))),
    el('td', {}, line.last_at ? minuteOf(line.last_at) : t('duties.never')),
    el('td', {}, line.worker_name ?? t('duties.nobody'), el('div', { class: 'soft' }, line.area_name)),
    el('td', { class: 'acts' }, can('dispatcher') ? el('button', { type: 'button', 'data-key': `record-${elder.id}-${line.duty}`, onclick: () => askRecord(line, again) }, t('duties.record')) : null,
      el('button', { type: 'button', 'data-key': `history-${elder.id}-${line.duty}`, onclick: () => showHistory(line) }, t('duties.history'))));
}

export function drawList(list, again) {
  if (list.duties.length === 0) return el('p', { class: 'none' }, t('duties.none'));
  return el('table', {}, el('thead', {}, el('tr', {}, ['elder', 'duty', 'state', 'last', 'worker'].map((key) => el('th', { scope: 'col' }, t(`duties.head.${key}`))),
    el('th', { scope: 'col' }, el('span', { class: 'unseen' }, t('duties.head.acts'))))),
  el('tbody', {}, list.duties.map((line) => drawRow(line, again))));
}
