// Dialogs that ask for something, and the one line that says what became of it.
import { el, say } from './dom.js';
import { t } from './words.js';

let told = null;

/** The line at the foot of the page. */
export function tellerLine() {
  told = el('p', { class: 'told', role: 'status' });
  return told;
}

/** Says what became of something that has no place of its own on the page. */
export function tell(text, isTrouble = false) {
  if (!told) return;
  told.classList.toggle('trouble', isTrouble);
  say(told, text);
}

export const isAsking = () => document.querySelector('dialog[open]') !== null;

/** Puts open dialogs out of sight, with all that was written in them; gives back how to show them again. */
export function putAway() {
  const away = [...document.querySelectorAll('dialog[open]')];
  const focused = document.activeElement;
  for (const dialog of away) {
    dialog.away = true;
    dialog.close();
  }
  return () => {
    for (const dialog of away) {
      dialog.away = false;
      if (dialog.isConnected) dialog.showModal();
    }
    if (focused?.isConnected) focused.focus({ preventScroll: true });
  };
}

/** A labelled field of a dialog. */
export function field(label, control, hint) {
  return el('label', { class: 'field' }, el('span', {}, label), control, hint ? el('small', {}, hint) : null);
}

/** A set of choices of which one is made; worst choice is none. */
export function choices(legend, name, options) {
  return el('fieldset', {}, el('legend', {}, legend), options.map(([value, text], i) => el('label', { class: 'choice' },
    el('input', { type: 'radio', name, value, required: i === 0 }), ' ', text)));
}

/**
 * Opens a dialog. What its form holds goes to done(data); when that refuses, the dialog says why
 * and stays open with all that was written.
 */
export function open({ title, content, label, danger, done }) {
  const trouble = el('p', { class: 'trouble', role: 'status' });
  const submit = done ? el('button', { class: danger ? 'danger' : 'primary', type: 'submit' }, label) : null;
  const dialog = el('dialog', { 'aria-labelledby': 'dialog-title' }, el('form', {
    onsubmit: async (event) => {
      event.preventDefault();
      if (!done || submit.disabled) return;
      submit.disabled = true;
      say(trouble, '');
      try {
        await done(new FormData(event.target));
        dialog.close();
      } catch (refusal) {
        say(trouble, refusal.message);
      } finally {
        submit.disabled = false;
      }
    } },
  el('h2', { id: 'dialog-title' }, title), content, trouble,
  el('div', { class: 'tools' }, submit,
    el('button', { type: 'button', onclick: () => dialog.close() }, t(done ? 'dialog.cancel' : 'dialog.close')))));
  dialog.addEventListener('close', () => { if (!dialog.away) dialog.remove(); });
  document.body.append(dialog);
  dialog.showModal();
  dialog.querySelector('[autofocus]')?.focus();
  return dialog;
}
