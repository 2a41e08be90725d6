// My account: who I am here, my password, my second factor, and where I am logged in.
import { el, redraw } from '../dom.js';
import { del, get, path, post } from '../api.js';
import { momentOf } from '../clock.js';
import { field, open, tell } from '../dialogs.js';
import { recognize } from '../entrance.js';
import { newPassword, ownCode, ownPassword } from '../proof.js';
import { me, session } from '../session.js';
import { learn, t, word } from '../words.js';
import { drawSecret } from './factor.js';
import { en, zh } from './words.js';

learn({ zh, en });

class RoomMe extends HTMLElement {
  #changed = () => this.#draw();
  #parts = {};

  connectedCallback() {
    if (!this.firstChild) {
      for (const name of ['who', 'password', 'factor', 'codes', 'seats']) this.#parts[name] = el('section', { class: `card ${name}` });
      this.#parts.codes.hidden = true;
      this.append(el('h2', {}, t('me.title')), el('div', { class: 'cards' },
        el('div', {}, this.#parts.who, this.#parts.password), el('div', {}, this.#parts.factor, this.#parts.codes, this.#parts.seats)));
    }
    session.addEventListener('changed', this.#changed);
  }

  disconnectedCallback() {
    session.removeEventListener('changed', this.#changed);
  }

  open() {
    this.#draw();
    this.#askSeats();
  }

  #draw() {
    const mine = me();
    if (!mine) return;
    const { who, password, factor } = this.#parts;
    redraw(who, [mine.user, mine.name, mine.roles, mine.area_names], () => [el('h3', {}, t('me.who')), el('dl', { class: 'facts' },
      el('dt', {}, t('me.name')), el('dd', {}, mine.name), el('dt', {}, t('me.user')), el('dd', {}, mine.user),
      el('dt', {}, t('me.roles')), el('dd', {}, mine.roles.map((role) => word('role', role)).join(t('list'))),
      el('dt', {}, t('me.area')), el('dd', {}, mine.area_names.join(' › ') || mine.area)), el('p', { class: 'soft' }, t('me.who_hint'))]);
    redraw(password, mine.user, () => [el('h3', {}, t('me.password')), el('p', {}, t('me.password_hint')),
      el('button', { type: 'button', 'data-key': 'password', onclick: () => this.#changePassword() }, t('me.password_change'))]);
    redraw(factor, mine.second_factor, () => [el('h3', {}, t('me.factor')),
      el('p', { class: mine.second_factor ? 'good' : 'trouble' }, t(mine.second_factor ? 'me.factor_on' : 'me.factor_off')),
      el('p', {}, t('me.factor_hint')),
      el('div', { class: 'tools' },
        el('button', { type: 'button', class: mine.second_factor ? '' : 'primary', 'data-key': 'factor', onclick: () => this.#beginFactor() },
          t(mine.second_factor ? 'me.factor_renew' : 'me.factor_set')),
        mine.second_factor ? el('button', { type: 'button', class: 'danger', onclick: () => this.#removeFactor() }, t('me.factor_remove')) : null)]);
  }

  /** What shows that it is really me: the password, and a code where one is asked for. */
  #proof() {
    return [field(t('login.password'), ownPassword({ autofocus: true })),
      me().second_factor ? field(t('login.code'), ownCode({ required: true }), t('login.code_hint')) : null];
  }

  #proved = (data) => ({ password: data.get('password'), ...(data.get('code') ? { code: data.get('code').trim() } : {}) });

  #changePassword() {
    const own = newPassword();
    open({
      title: t('me.password_change'),
      content: [this.#proof(), own.fields],
      label: t('me.password_do'),
      done: async (data) => {
        await post('/api/v1/me/password', { ...this.#proved(data), new_password: own.read(me().user) });
        tell(t('me.password_done'));
        await this.#askSeats();
      },
    });
  }

  #beginFactor() {
    open({
      title: t('me.factor_set'),
      content: [el('p', {}, t('me.factor_proof')), this.#proof()],
      label: t('me.factor_next'),
      done: async (data) => {
        const begun = await post('/api/v1/me/totp', this.#proved(data));
        queueMicrotask(() => this.#confirmFactor(begun));
      },
    });
  }

  #confirmFactor(begun) {
    open({
      title: t('me.factor_set'),
      content: [drawSecret(begun), field(t('me.factor_code'), ownCode({ required: true, inputmode: 'numeric', autofocus: true }), t('me.factor_code_hint'))],
      label: t('me.factor_confirm'),
      done: async (data) => {
        const { recovery_codes: codes } = await post('/api/v1/me/totp/confirmation', { code: data.get('code').trim() });
        await recognize();
        this.#showCodes(codes);
      },
    });
  }

  /** Recovery codes are said once: they stay on the page until they were put away somewhere. */
  #showCodes(codes) {
    const { codes: place } = this.#parts;
    place.hidden = false;
    place.replaceChildren(el('h3', {}, t('me.codes')), el('p', {}, t('me.codes_hint', { user: me().user })),
      el('ol', {}, codes.map((code) => el('li', {}, el('code', {}, code)))),
      el('div', { class: 'tools' }, el('button', { type: 'button', class: 'primary', onclick: () => print() }, t('me.codes_print')),
        el('button', { type: 'button', onclick: () => { place.hidden = true; place.replaceChildren(); } }, t('me.codes_kept'))));
    place.scrollIntoView({ block: 'nearest' });
  }

  #removeFactor() {
    open({
      title: t('me.factor_remove'),
      content: [el('p', {}, t('me.factor_remove_hint')), this.#proof()],
      label: t('me.factor_remove'),
      danger: true,
      done: async (data) => {
        await post('/api/v1/me/totp/removal', this.#proved(data));
        await recognize();
        tell(t('me.factor_removed'));
      },
    });
  }

  async #askSeats() {
    const { seats } = this.#parts;
    try {
      const { sessions } = await get('/api/v1/sessions');
      redraw(seats, sessions, () => [el('h3', {}, t('me.seats')), el('p', {}, t('me.seats_hint')), el('ul', {}, sessions.map((one) => this.#drawSeat(one)))]);
    } catch (refusal) {
      seats.shows = null;
      seats.replaceChildren(el('h3', {}, t('me.seats')), el('p', { class: 'trouble', role: 'status' }, refusal.message));
    }
  }

  #drawSeat(seat) {
    return el('li', {},
      el('span', {}, el('strong', {}, seat.address), ' ', seat.own ? el('span', { class: 'badge' }, t('me.seat_own')) : null,
        seat.locked ? el('span', { class: 'badge' }, t('me.seat_locked')) : null,
        el('span', { class: 'soft' }, t('me.seat_times', { made: momentOf(seat.made_at), seen: momentOf(seat.seen_at) }))),
      seat.own ? null : el('button', { type: 'button', class: 'danger', 'data-key': `end-${seat.session}`,
        'aria-label': t('me.seat_end_of', { address: seat.address }), onclick: async () => {
          try {
            await del(path`/api/v1/sessions/${seat.session}`);
          } catch (refusal) {
            tell(refusal.message, true);
          }
          this.#askSeats();
        } }, t('me.seat_end')));
  }
}
customElements.define('room-me', RoomMe);
