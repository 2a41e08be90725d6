// Notes on an alert: what the next seat must know and no form asks for.
import { el } from './dom.js';
import { del, freshId, get, path, post } from './api.js';
import { now, timeOf } from './clock.js';
import { field, open, tell } from './dialogs.js';
import { offer } from './undo.js';
import { t } from './words.js';

const NOTE_MAX = 2000;
/** A note is taken back at the bar for so long; at the note itself as long as the gateway lets. */
const UNDO_MS = 60_000;

/** The notes of an alert; null while people's accounts don't answer. */
export async function notesOf(id) {
  try {
    return (await get(path`/api/v1/alerts/${id}/notes`)).notes;
  } catch (refusal) {
    if (refusal.status === 503) return null;
    throw refusal;
  }
}

export function askNote(alert, written) {
  const id = freshId();
  open({
    title: t('notes.title'),
    content: field(t('notes.text'), el('textarea', { name: 'text', rows: 5, maxlength: NOTE_MAX, required: true, autofocus: true }),
      t('notes.hint')),
    label: t('notes.do'),
    done: async (data) => {
      const text = data.get('text').trim();
      if (!text) throw new Error(t('notes.missing'));
      const note = await post(path`/api/v1/alerts/${alert.alert}/notes`, { id, text });
      written();
      offer(t('undo.noted'), UNDO_MS, () => del(path`/api/v1/alerts/${alert.alert}/notes/${note.note}`));
    },
  });
}

/** The notes as a list, the latest first. */
export function drawNotes(notes, changed) {
  if (notes === null) return el('p', { class: 'trouble' }, t('notes.unavailable'));
  if (notes.length === 0) return null;
  return el('ul', { class: 'jotted' }, [...notes].reverse().map((note) => el('li', { class: note.taken_back_at ? 'taken-back' : '' },
    el('p', { class: 'soft' }, el('time', { datetime: note.at }, timeOf(note.at)), ' ', note.name || note.by,
      note.taken_back_at ? el('strong', {}, ' ', t('notes.taken_back', { at: timeOf(note.taken_back_at) })) : null,
      note.own_until && Date.parse(note.own_until) > now() ? takeBack(note, changed) : null),
    el(note.taken_back_at ? 's' : 'p', { class: 'text' }, note.text))));
}

function takeBack(note, changed) {
  return el('button', { type: 'button', class: 'quiet', 'data-key': `back-${note.note}`, onclick: async () => {
    try {
      await del(path`/api/v1/alerts/${note.alert}/notes/${note.note}`);
      changed();
    } catch (refusal) {
      tell(refusal.message, true);
    }
  } }, t('notes.take_back'));
}
