// A seat that is locked: the queue and the sound go on, and whoever sits here shows again who they are, in place. Nothing that was begun is lost.
import { el } from './dom.js';
import { field, putAway } from './dialogs.js';
import { login, logout, unlock } from './entrance.js';
import { formOf, ownCode, ownPassword } from './proof.js';
import { feed } from './feed.js';
import { hears, isLocked, isOver, me } from './session.js';
import { store } from './store.js';
import { t } from './words.js';

class SeatLock extends HTMLElement {
  #back = () => {};

  connectedCallback() {
    if (!this.firstChild) this.#back = putAway();
    this.draw();
  }

  /** The form: to unlock the seat, or to log in anew when it ended from elsewhere. */
  draw() {
    if (this.form && this.over === isOver()) return;
    this.over = isOver();
    const { user, name, second_factor: hasFactor } = me();
    const { over } = this;
    const password = ownPassword();
    const code = ownCode({ required: hasFactor });
    const coded = el('div', { hidden: !hasFactor }, field(t('login.code'), code, t('login.code_hint')));
    this.form = formOf({
      level: 'h2',
      title: t(over ? 'lock.over' : 'lock.title'),
      lead: [el('strong', {}, t('lock.who', { name, user })), ' ', t(over ? 'lock.over_why' : hears() ? 'lock.why' : 'lock.why_quiet')],
      content: [el('input', { type: 'text', autocomplete: 'username', value: user, hidden: true }),
        field(t('login.password'), password), coded],
      label: t(over ? 'lock.again' : 'lock.open'),
      done: async (data) => {
        try {
          if (over) await login(user, data.get('password'), data.get('code').trim());
          else await unlock(data.get('password'), data.get('code').trim());
        } catch (refusal) {
          if (refusal.type === 'code-needed') coded.hidden = false;
          code.value = '';
          if (refusal.type === 'code-needed') code.focus();
          else if (refusal.status === 403) {
            password.value = '';
            password.focus();
          }
          throw refusal;
        }
      },
      more: el('p', {}, el('button', { type: 'button', class: 'quiet', onclick: () => this.#leave() }, t('lock.other'))),
    });
    this.replaceChildren(this.form);
    password.focus();
  }

  /** Shows again what was put away. */
  reopen() {
    this.remove();
    this.#back();
  }

  async #leave() {
    try {
      await logout();
      location.reload();
    } catch (refusal) {
      this.form.trouble.textContent = refusal.message;
    }
  }
}
customElements.define('seat-lock', SeatLock);

/** What decides which parts of the page somebody is shown. */
const rightsOf = () => JSON.stringify([me().user, me().roles, me().area]);

/** Locks a page with its seat, and unlocks it; what was begun in it stays. */
export function drawLock(page) {
  const locked = isLocked();
  page.classList.toggle('locked', locked);
  page.classList.toggle('over', isOver());
  page.queue.toggleAttribute('inert', locked);
  if (!locked && page.rights && page.rights !== rightsOf()) {
    location.reload();
    return;
  }
  page.rights = rightsOf();
  if (locked === Boolean(page.locking)) page.locking?.draw();
  else if (locked) {
    page.locking = document.createElement('seat-lock');
    page.querySelector('main').append(page.locking);
  } else open(page);
  if (isOver()) {
    feed.stop();
    store.clear();
  } else if (locked && hears()) store.mask();
}

function open(page) {
  const { locking } = page;
  page.locking = null;
  if (hears()) {
    feed.start();
    store.insist();
  }
  locking.reopen();
}
