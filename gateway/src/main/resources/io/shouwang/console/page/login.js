// Where people come in: name and password, a code when one is asked for, or a program's token. First of all a set-up, where nobody has an account.
import { el, say } from './dom.js';
import { get, post } from './api.js';
import { field } from './dialogs.js';
import { login, recognize, takeSetupToken } from './entrance.js';
import { formOf, newPassword, ownCode, ownPassword } from './proof.js';
import { leave, me, useToken } from './session.js';
import { setupForm } from './setup.js';
import { t } from './words.js';

/** Sends "entered" once somebody may sit. */
class DutyLogin extends HTMLElement {
  #route = () => this.#show();
  #setup = { open: false, first: false };
  #given = '';

  connectedCallback() {
    addEventListener('hashchange', this.#route);
    this.#show();
    this.#askSetup();
  }

  disconnectedCallback() {
    removeEventListener('hashchange', this.#route);
  }

  /** Says why nobody sits here. */
  refuse(text) {
    say(this.form.trouble, text);
  }

  /** Whoever has a password from somebody else chooses one first; given when it was typed just now. */
  choose(given = '') {
    const { user, second_factor: hasFactor } = me();
    const own = newPassword();
    this.#put(formOf({
      title: t('login.choose'), lead: t('login.choose_why', { user }),
      content: [given ? null : field(t('login.given'), ownPassword()), hasFactor ? field(t('login.code'), ownCode({ required: true }), t('login.code_hint')) : null,
        el('input', { type: 'text', autocomplete: 'username', value: user, hidden: true }), own.fields],
      label: t('login.choose_do'),
      done: async (data) => {
        await post('/api/v1/me/password', { password: given || data.get('password'), new_password: own.read(user),
          ...(data.get('code') ? { code: data.get('code') } : {}) });
        await recognize();
        this.#enter();
      },
    }));
    own.first.focus();
  }

  #show() {
    this.#given = takeSetupToken() || this.#given;
    const isSetup = location.hash === '#/setup';
    if (isSetup && this.#setup.open) this.#put(setupForm(this.#setup, this.#given, () => this.#come()));
    else if (!isSetup || !this.form) this.#enterForm();
    this.querySelector('input:not([hidden])')?.focus();
  }

  async #askSetup() {
    try {
      this.#setup = await get('/api/v1/setup');
    } catch {
      return; // whoever can't be asked can't be logged in to either: the form says so
    }
    const isSetup = location.hash === '#/setup';
    if (isSetup && !this.#setup.open) this.refuse(t('setup.closed'));
    else if (isSetup) this.#show();
    else if (this.#setup.first) this.note.hidden = false;
  }

  #put(form) {
    this.form = form;
    this.replaceChildren(form);
  }

  #enterForm() {
    const user = el('input', { name: 'user', required: true, autocomplete: 'username', spellcheck: 'false', autocapitalize: 'off', maxlength: 64 });
    const password = ownPassword();
    const code = ownCode();
    const coded = el('div', { hidden: true }, field(t('login.code'), code, t('login.code_hint')));
    this.note = el('span', { class: 'first', hidden: !this.#setup.first }, t('login.first'), ' ', el('a', { href: '#/setup' }, t('login.to_setup')));
    this.#put(formOf({
      title: t('title'), lead: this.note,
      content: [field(t('login.user'), user), field(t('login.password'), password), coded],
      label: t('login.enter'),
      done: async (data) => {
        leave();
        try {
          await login(data.get('user').trim(), data.get('password'), data.get('code').trim());
        } catch (refusal) {
          const isAsked = refusal.type === 'code-needed';
          if (isAsked) coded.hidden = false;
          code.required = !coded.hidden;
          code.value = '';
          (isAsked || !coded.hidden ? code : password).focus();
          if (!isAsked && coded.hidden) password.value = '';
          throw refusal;
        }
        this.#come(data.get('password'));
      },
      more: this.#tokenForm(),
    }));
  }

  /** A program's token is good here too. */
  #tokenForm() {
    const token = el('input', { id: 'token', type: 'password', autocomplete: 'off', spellcheck: 'false' });
    const enter = async () => {
      const text = token.value.trim();
      token.value = '';
      if (!text) return;
      this.refuse('');
      try {
        if (!useToken(text)) throw new Error(t('login.refused'));
        await recognize();
        this.#enter();
      } catch (refusal) {
        leave();
        this.refuse(refusal.status === 401 ? t('login.refused') : refusal.message);
      }
    };
    token.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter') return;
      event.preventDefault();
      enter();
    });
    return el('details', { class: 'token' }, el('summary', {}, t('login.with_token')), el('p', { class: 'soft' }, t('login.hint')),
      field(t('login.token'), token), el('button', { type: 'button', onclick: enter }, t('login.enter')));
  }

  #come(password) {
    if (me().must_change_password) this.choose(password);
    else this.#enter();
  }

  #enter() {
    if (location.hash.startsWith('#/setup')) history.replaceState(null, '', '#/');
    this.dispatchEvent(new Event('entered', { bubbles: true }));
  }
}
customElements.define('duty-login', DutyLogin);
