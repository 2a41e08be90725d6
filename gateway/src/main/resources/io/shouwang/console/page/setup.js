// The first start: whoever can read the one-time token on the gateway's machine makes the first administrator.
import { el } from './dom.js';
import { post } from './api.js';
import { field } from './dialogs.js';
import { login } from './entrance.js';
import { formOf, newPassword } from './proof.js';
import { language, t } from './words.js';

/** The form; come() once the administrator is made and logged in. */
export function setupForm({ areas = [] }, given, come) {
  if (areas.length === 0) return formOf({ title: t('setup.title'), lead: t('setup.no_area'), content: [], label: t('setup.look_again'),
    done: async () => { location.reload(); } });
  const token = el('input', { name: 'token', type: 'password', required: true, autocomplete: 'off', spellcheck: 'false', value: given, maxlength: 256 });
  const user = el('input', { name: 'user', required: true, autocomplete: 'username', spellcheck: 'false', autocapitalize: 'off',
    pattern: '[A-Za-z0-9_\\-]{1,64}', maxlength: 64, title: t('login.user_hint') });
  const own = newPassword();
  return formOf({
    title: t('setup.title'),
    lead: t('setup.lead'),
    content: [
      field(t('setup.token'), token, t('setup.where')),
      field(t('setup.user'), user, t('login.user_hint')),
      field(t('setup.name'), el('input', { name: 'name', required: true, maxlength: 100, autocomplete: 'name' })),
      areas.length === 1 ? null : field(t('setup.area'), el('select', { name: 'area' },
        areas.map(({ area, name }) => el('option', { value: area }, name || area)))),
      own.fields,
    ],
    label: t('setup.do'),
    done: async (data) => {
      const name = data.get('user').trim();
      const password = own.read(name);
      await post('/api/v1/setup', { token: data.get('token').trim(), user: name, name: data.get('name').trim(), password,
        area: data.get('area') ?? areas[0].area, language: language === 'en' ? 'en' : 'zh' });
      await login(name, password, '');
      come();
    },
  });
}
