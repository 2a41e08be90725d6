// Choosing a password: twice the same, and what the gateway asks of it said before it is sent.
import { el } from './dom.js';
import { field } from './dialogs.js';
import { t } from './words.js';

const LENGTH_MIN = 12;
const DIFFERENT_MIN = 5;

/** A field for the password one has. */
export const ownPassword = (attributes = {}) => el('input', { name: 'password', type: 'password', required: true,
  autocomplete: 'current-password', maxlength: 256, ...attributes });

/** A field for a code of the second factor, or a recovery code. */
export const ownCode = (attributes = {}) => el('input', { name: 'code', autocomplete: 'one-time-code', spellcheck: 'false',
  autocapitalize: 'off', maxlength: 32, ...attributes });

/** Two fields for a new password; read(user) gives it, or says what is wrong with it. */
export function newPassword() {
  const input = () => el('input', { type: 'password', required: true, autocomplete: 'new-password', maxlength: 256 });
  const first = input();
  const again = input();
  return {
    fields: [field(t('password.new'), first, t('password.rules', { least: LENGTH_MIN, different: DIFFERENT_MIN })),
      field(t('password.again'), again)],
    first,
    read(user) {
      const text = first.value;
      const signs = [...text];
      let wrong = '';
      if (signs.length < LENGTH_MIN) wrong = 'password.short';
      else if (new Set(signs).size < DIFFERENT_MIN) wrong = 'password.same_signs';
      else if (text.toLowerCase().includes(user.toLowerCase())) wrong = 'password.has_user';
      if (wrong) {
        first.focus();
        throw new Error(t(wrong, { least: LENGTH_MIN, different: DIFFERENT_MIN }));
      }
      if (text !== again.value) {
        again.focus();
        throw new Error(t('password.differ'));
      }
      return text;
    },
  };
}

/** A form that says below what became of it, and sends nothing twice. */
export function formOf({ title, lead, content, label, done, more, level = 'h1' }) {
  const trouble = el('p', { class: 'trouble', role: 'status' });
  const submit = el('button', { class: 'primary', type: 'submit' }, label);
  return Object.assign(el('form', { class: 'login', novalidate: false, onsubmit: async (event) => {
    event.preventDefault();
    if (submit.disabled) return;
    submit.disabled = true;
    trouble.textContent = '';
    try {
      await done(new FormData(event.target));
    } catch (refusal) {
      trouble.textContent = refusal.message;
    } finally {
      submit.disabled = false;
    }
  } }, el(level, {}, title), lead ? el('p', {}, lead) : null, content, submit, trouble, more), { trouble });
}
