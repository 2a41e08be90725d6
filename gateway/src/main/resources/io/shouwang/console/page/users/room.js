// People's accounts of an administrator's area: found, made, changed, locked.
import { el, redraw, say } from '../dom.js';
import { get } from '../api.js';
import { field } from '../dialogs.js';
import { me } from '../session.js';
import { addressOf } from '../place.js';
import { learn, t, word } from '../words.js';
import { ROLES, askChange, askDo, askMake } from './account.js';
import { en, zh } from './words.js';

learn({ zh, en });

const PAGE = 100;
const PAUSE_MS = 250;

class RoomUsers extends HTMLElement {
  #users = [];
  #after = null;
  #asked = 0;
  #waiting = null;

  connectedCallback() {
    if (this.firstChild) return;
    const select = (name, options) => el('select', { name }, options.map(([value, text]) => el('option', { value }, text)));
    this.search = el('form', { class: 'search', role: 'search', onsubmit: (event) => event.preventDefault(),
      oninput: () => { clearTimeout(this.#waiting); this.#waiting = setTimeout(() => this.#go(), PAUSE_MS); } },
    field(t('users.search'), el('input', { name: 'q', type: 'search', maxlength: 100, autocomplete: 'off' })),
    field(t('users.role'), select('role', [['', t('users.any')], ...ROLES.map((role) => [role, t(`role.${role}`)])])),
    field(t('users.state'), select('disabled', [['', t('users.any')], ['false', t('users.enabled')], ['true', t('users.disabled')]])));
    this.count = el('p', { class: 'soft', role: 'status' });
    this.list = el('div', { class: 'list' });
    this.more = el('button', { type: 'button', hidden: true, onclick: () => this.#ask(true) }, t('users.more'));
    this.append(el('header', { class: 'top' }, el('h2', {}, t('users.title')),
      el('button', { type: 'button', class: 'primary', 'data-key': 'make', onclick: () => askMake(() => this.#ask()) }, t('users.make'))),
    this.search, this.count, this.list, this.more);
  }

  open(parts, query) {
    for (const control of this.search.elements) if (control.name) control.value = query.get(control.name) ?? '';
    this.#ask();
  }

  /** The search stands in the address, so that Back and Reload keep it. */
  #go() {
    const address = addressOf('users', [], Object.fromEntries(new FormData(this.search)));
    if (address !== location.hash) history.replaceState(null, '', address);
    this.#ask();
  }

  async #ask(isMore = false) {
    const mine = ++this.#asked;
    const asked = new URLSearchParams([...new FormData(this.search)].filter(([, value]) => value !== ''));
    asked.set('limit', PAGE);
    if (isMore) asked.set('after', this.#after);
    try {
      const { users, total, after } = await get(`/api/v1/users?${asked}`);
      if (mine !== this.#asked) return;
      this.#users = isMore ? [...this.#users, ...users] : users;
      this.#after = after ?? null;
      say(this.count, t('users.count', { shown: this.#users.length, total }));
      this.more.hidden = this.#after === null;
      redraw(this.list, this.#users, () => (this.#users.length === 0 ? el('p', { class: 'none' }, t('users.none')) : this.#table()));
    } catch (refusal) {
      if (mine === this.#asked) say(this.count, refusal.message);
    }
  }

  #table() {
    const head = ['users.name', 'users.roles', 'users.area', 'users.state', 'users.what'];
    return el('table', {}, el('thead', {}, el('tr', {}, head.map((key) => el('th', { scope: 'col' }, t(key))))),
      el('tbody', {}, this.#users.map((user) => this.#row(user))));
  }

  #row(user) {
    const isOwn = user.user === me()?.user;
    const cell = (label, ...content) => el('td', { 'data-label': t(label) }, content);
    return el('tr', { class: user.disabled ? 'disabled' : '' },
      el('th', { scope: 'row' }, user.name, el('small', {}, user.user)),
      cell('users.roles', user.roles.map((role) => el('span', { class: 'badge' }, word('role', role))).flatMap((badge) => [badge, ' '])),
      cell('users.area', el('span', { title: user.area }, user.area_names.join(' › ') || t('users.area_gone', { area: user.area }))),
      cell('users.state', el('span', { class: user.disabled ? 'trouble' : 'good' }, t(user.disabled ? 'users.disabled' : 'users.enabled')),
        user.must_change_password ? el('small', {}, t('users.must_change')) : null,
        el('small', {}, t(user.second_factor ? 'users.factor_on' : 'users.factor_off'))),
      cell('users.what', isOwn ? el('a', { href: '#/me' }, t('users.own')) : this.#buttons(user)));
  }

  #buttons(user) {
    const again = () => this.#ask();
    const button = (key, label, act) => el('button', { type: 'button', 'data-key': `${key}-${user.user}`, 'aria-label': t('users.button_of', { label, name: user.name }), onclick: act }, label);
    const does = (what, change) => button(what, t(`users.short.${what}`), () => askDo(what, user, change, again));
    return el('div', { class: 'tools' }, button('change', t('users.change'), () => askChange(user, again)),
      user.disabled ? does('enable', { disabled: false }) : does('disable', { disabled: true }),
      does('password', { reset_password: true }), user.second_factor ? does('factor', { reset_second_factor: true }) : null);
  }
}
customElements.define('room-users', RoomUsers);
