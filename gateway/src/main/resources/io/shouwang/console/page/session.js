// Who sits here: today a token, kept for this tab only. What else logs in one day replaces this file.
import { t } from './words.js';
import { el, say } from './dom.js';

const TOKEN = 'shouwang-token';
let token = sessionStorage.getItem(TOKEN);

export const isKnown = () => Boolean(token);

/** What a request carries to say who asks. */
export function credentials() {
  return { Authorization: `Bearer ${token}` };
}

/** Who sits here; null while only a token says so. */
export const me = () => null;

/** Whether whoever sits here has one of these roles. A token's roles only the gateway knows. */
export const can = (...roles) => me() === null || me().roles.some((role) => roles.includes(role));

export function leave() {
  token = null;
  sessionStorage.removeItem(TOKEN);
}

/** The form to enter by; sends "entered" once somebody tried. */
class DutyLogin extends HTMLElement {
  connectedCallback() {
    const field = el('input', { id: 'token', type: 'password', autocomplete: 'off', spellcheck: 'false', required: true });
    const refusal = el('p', { class: 'trouble', role: 'status' });
    this.refusal = refusal;
    this.append(el('form', { class: 'login', onsubmit: (event) => {
      event.preventDefault();
      token = field.value.trim();
      field.value = '';
      if (!/^[\x21-\x7e]+$/.test(token)) { // anything else no header can carry
        token = null;
        say(refusal, t('login.refused'));
        return;
      }
      sessionStorage.setItem(TOKEN, token);
      this.dispatchEvent(new Event('entered', { bubbles: true }));
    } },
    el('h1', {}, t('title')), el('p', {}, t('login.hint')),
    el('label', { for: 'token' }, t('login.token')), field,
    el('button', { class: 'primary', type: 'submit' }, t('login.enter')), refusal));
    field.focus();
  }

  refuse(text) {
    say(this.refusal, text);
  }
}
customElements.define('duty-login', DutyLogin);
