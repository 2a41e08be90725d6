// What is done with one account: make it, change it, lock it, give out a new password.
import { el, say } from '../dom.js';
import { path, post } from '../api.js';
import { field, open, tell } from '../dialogs.js';
import { language, t } from '../words.js';
import { areaField } from './areas.js';

export const ROLES = ['dispatcher', 'supervisor', 'administrator', 'auditor', 'grid_worker', 'organization_worker'];

const roleField = (held) => el('fieldset', { class: 'roles' }, el('legend', {}, t('users.roles')), ROLES.map((role) => el('label', { class: 'choice' },
  el('input', { type: 'checkbox', name: 'roles', value: role, checked: held.includes(role) }),
  el('span', {}, t(`role.${role}`), el('small', {}, t(`users.role_hint.${role}`))))));

const nameField = (name = '') => field(t('users.name'), el('input', { name: 'name', required: true, maxlength: 100, value: name, autocomplete: 'off' }));

const languageField = (value) => field(t('users.language'), el('select', { name: 'language' },
  [['zh', '中文'], ['en', 'English']].map(([code, text]) => el('option', { value: code, selected: code === value, lang: code }, text))));

function said(data) {
  const roles = data.getAll('roles');
  if (roles.length === 0) throw new Error(t('users.roles_missing'));
  if (!data.get('area')) throw new Error(t('users.area_missing'));
  return { name: data.get('name').trim(), roles, area: data.get('area'), language: data.get('language') };
}

export function askMake(done) {
  open({
    title: t('users.make'),
    content: [
      field(t('users.user'), el('input', { name: 'user', required: true, maxlength: 64, pattern: '[A-Za-z0-9_\\-]{1,64}', autocomplete: 'off',
        spellcheck: 'false', autocapitalize: 'off', autofocus: true }), t('login.user_hint')),
      nameField(), roleField([]), areaField(null), languageField(language === 'en' ? 'en' : 'zh'), el('p', { class: 'soft' }, t('users.worker_hint')),
    ],
    label: t('users.make_do'),
    done: async (data) => {
      const made = await post('/api/v1/users', { user: data.get('user').trim(), ...said(data) });
      done();
      queueMicrotask(() => showPassword(made));
    },
  });
}

export function askChange(user, done) {
  open({
    title: t('users.change_of', { name: user.name }),
    content: [nameField(user.name), roleField(user.roles), areaField(user), languageField(user.language), el('p', { class: 'soft' }, t('users.change_hint'))],
    label: t('users.change_do'),
    done: async (data) => {
      const after = said(data);
      // Only what is another is sent: rights that were not touched end nobody's sessions.
      const change = Object.fromEntries(Object.entries(after).filter(([name, value]) => String([value].flat().sort()) !== String([user[name]].flat().sort())));
      if (Object.keys(change).length > 0) await post(path`/api/v1/users/${user.user}`, change);
      done();
    },
  });
}

/** Asks once more, then changes one thing of an account. */
export function askDo(what, user, change, done) {
  open({
    title: t(`users.do.${what}`),
    content: el('p', {}, t(`users.sure.${what}`, { name: user.name, user: user.user })),
    label: t(`users.do.${what}`),
    danger: what !== 'enable',
    done: async () => {
      const changed = await post(path`/api/v1/users/${user.user}`, change);
      done();
      if (changed.password) queueMicrotask(() => showPassword(changed));
      else tell(t(`users.done.${what}`, { name: user.name }));
    },
  });
}

/** A given password is said once. */
function showPassword({ name, user, password }) {
  const copied = el('span', { role: 'status' });
  open({
    title: t('users.password_of', { name }),
    content: [
      el('p', {}, t('users.password_hint')),
      el('dl', { class: 'given' }, el('dt', {}, t('users.user')), el('dd', {}, el('code', {}, user)),
        el('dt', {}, t('users.password')), el('dd', {}, el('code', { class: 'password' }, password))),
      el('div', { class: 'tools' }, el('button', { type: 'button', autofocus: true, onclick: async () => {
        try {
          await navigator.clipboard.writeText(password);
          say(copied, t('users.copied'));
        } catch {
          say(copied, t('users.not_copied')); // without TLS a browser gives no clipboard
        }
      } }, t('users.copy')), copied),
    ],
  });
}
