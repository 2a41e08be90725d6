// How an alert ends, begins again, or goes on in another.
import { el } from './dom.js';
import { freshId, path, post } from './api.js';
import { minuteNow, lastAt, timeOf } from './clock.js';
import { choices, field, open } from './dialogs.js';
import { offer } from './undo.js';
import { t } from './words.js';

const NOTE_MAX = 2000;
/** The gateway takes back for two minutes; a bar that stands too long is overlooked. */
const UNDO_MS = 60_000;
const DISPOSITIONS = ['real', 'false_alarm', 'test', 'device_fault', 'passed_120', 'passed_119', 'passed_110', 'other'];

const note = (hint) => el('textarea', { name: 'note', rows: 4, maxlength: NOTE_MAX, required: true, placeholder: hint });

/** Closes with a disposition and a note; passed on, with the time at which it was. */
export function askClose(alert) {
  const at = el('input', { type: 'time', name: 'at', value: minuteNow() });
  const passed = el('div', { class: 'passed', hidden: true }, field(t('close.passed_at'), at));
  const how = choices(t('close.how'), 'how', DISPOSITIONS.map((value) => [value, t(`disposition.${value}`)]));
  how.addEventListener('change', (event) => {
    passed.hidden = !event.target.value.startsWith('passed_');
    at.required = !passed.hidden;
  });
  const id = freshId();
  open({
    title: t('close.title', { kind: alert.text.kind }),
    content: [how, passed, field(t('close.note'), note(''), t('close.note_hint')), el('p', { class: 'soft' }, t('close.told'))],
    label: t('close.do'),
    danger: true,
    done: async (data) => {
      const disposition = data.get('how');
      const text = data.get('note').trim();
      if (!disposition) throw new Error(t('close.how'));
      if (!text) throw new Error(t('close.note_missing'));
      const isPassed = disposition.startsWith('passed_');
      await post(path`/api/v1/alerts/${alert.alert}/replies`, { id, reply: 'done', disposition, note: text,
        ...(isPassed ? { passed_at: lastAt(data.get('at')) } : {}) });
      offer(t('undo.closed', { kind: alert.text.kind }), UNDO_MS, takeBack(alert.alert));
    },
  });
}

/** It goes on in our hands, as if nothing had been; by whoever ended it, and only just. */
function takeBack(alert) {
  const id = freshId();
  return async () => {
    await post(path`/api/v1/alerts/${alert}/reopenings`, { id, undo: true });
    location.hash = `#/alert/${encodeURIComponent(alert)}`;
  };
}

export function askReopen(alert) {
  const id = freshId();
  open({
    title: t('reopen.title'),
    content: field(t('reopen.why'), note('')),
    label: t('reopen.do'),
    done: (data) => post(path`/api/v1/alerts/${alert.alert}/reopenings`, { id, note: data.get('note').trim() }),
  });
}

/** Lets another open alert of this home go on in this one. */
export function askMerge(alert, others) {
  const id = freshId();
  open({
    title: t('merge.title'),
    content: [el('p', {}, t('merge.hint')), choices(t('merge.which'), 'from', others.map((one) => [one.alert,
      [one.text.kind, one.text.state, timeOf(one.raised_at)].join(' · ')]))],
    label: t('merge.do'),
    done: async (data) => {
      if (!data.get('from')) throw new Error(t('merge.which'));
      await post(path`/api/v1/alerts/${alert.alert}/merges`, { id, from: data.get('from') });
      offer(t('undo.merged'), UNDO_MS, takeBack(data.get('from')));
    },
  });
}
