// The duty seat: who sits here, the queue, the alert that is looked at, and whether all of it is live.
import { el, say } from './dom.js';
import { now, skewSeconds, span, tick, timeOf } from './clock.js';
import { feed } from './feed.js';
import { store } from './store.js';
import { sound } from './sound.js';
import { logout, lock, recognize, takeSetupToken } from './entrance.js';
import { drawLock } from './lock.js';
import { hasAccount, hasToken, hears, leave, me, session } from './session.js';
import { askCaller } from './caller.js';
import { tell, tellerLine } from './dialogs.js';
import { areOn, askKeys, hearKeys } from './keys.js';
import { placeOf } from './place.js';
import { enter } from './rooms.js';
import { firstRoom, markRoom, ownMenu, roomLinks } from './links.js';
import { language, otherLanguage, t } from './words.js';
import './queue.js';
import './tally.js';
import './incidents.js';
import './flood.js';
import './alert-page.js';
import './glass.js';
import './handing.js';
import './login.js';
import { undoLast } from './undo.js';

const SKEW_SHOWN_S = 10;
const AGAIN_MS = 3_000;

class DutySeat extends HTMLElement {
  connectedCallback() {
    document.documentElement.lang = language;
    document.title = t('title');
    this.addEventListener('entered', () => this.#sit());
    feed.addEventListener('refused', (event) => this.#stand(event.detail.message));
    session.addEventListener('over', () => this.#stand(t('login.refused')));
    session.addEventListener('changed', () => { if (this.page) drawLock(this); });
    feed.addEventListener('state', () => this.#drawFeed());
    addEventListener('hashchange', () => this.#route());
    setInterval(() => this.#tick(), 1_000);
    this.#hearKeys();
    this.#begin();
  }

  /** Whoever came before sits down again; the gateway is asked until it says who they are. */
  async #begin() {
    try {
      await recognize();
      this.#sit();
    } catch (refusal) {
      if (refusal.status !== 0 && refusal.status !== 503) {
        this.#stand(hasToken() ? t('login.refused') : '');
        return;
      }
      this.replaceChildren(el('main', {}, el('p', { class: 'none', role: 'status' }, refusal.message)));
      setTimeout(() => this.#begin(), AGAIN_MS);
    }
  }

  /** Nobody sits here, or somebody who must choose a password first. */
  #stand(refusal = '', choosing = false) {
    feed.stop();
    if (!choosing) leave();
    store.clear();
    this.queue = this.page = this.room = this.locking = this.rights = null;
    this.classList.remove('locked', 'over', 'bare');
    const login = document.createElement('duty-login');
    this.replaceChildren(el('header', { class: 'bar' }, el('span', { class: 'brand' }, t('brand')), this.#languageButton()),
      el('main', {}, login));
    if (choosing) login.choose();
    else login.refuse(refusal);
  }

  /** Goes, and says so when the gateway didn't hear of it. */
  async #leave() {
    try {
      await logout();
      history.replaceState(null, '', '#/'); // where the next one begins
      this.#stand();
    } catch (refusal) {
      this.#stand(refusal.message + t('login.still_in'));
    }
  }

  #languageButton() {
    return el('button', { type: 'button', class: 'quiet', lang: language === 'en' ? 'zh-CN' : 'en',
      onclick: otherLanguage }, t('language.other'));
  }

  #sit() {
    if (me().must_change_password) {
      this.#stand('', true);
      return;
    }
    this.classList.toggle('unhearing', !hears());
    const button = (key, word, act) => el('button', { type: 'button', class: 'quiet', 'aria-keyshortcuts': key, onclick: act },
      t(word), el('kbd', { 'aria-hidden': 'true' }, key));
    this.clock = el('span', { class: 'clock' });
    this.skew = el('span', { class: 'skew' });
    this.live = el('span', { class: 'live' });
    this.lost = el('p', { class: 'lost', role: 'status' });
    this.tally = document.createElement('unanswered-tally');
    this.links = roomLinks();
    this.queue = document.createElement('alert-queue');
    this.page = document.createElement('alert-page');
    this.glass = document.createElement('glass-mark');
    this.roomPlace = el('div', { class: 'room', hidden: true });
    this.replaceChildren(
      el('header', { class: 'bar' }, el('h1', { class: 'brand' }, t('brand')), this.tally, this.links,
        this.clock, this.skew, this.live, this.glass, el('span', { class: 'tools' },
          hears() ? button('N', 'caller.button', askCaller) : null,
          ownMenu(hears() ? button('?', 'keys.button', () => this.#askKeys()) : null, this.#languageButton(),
            hasAccount() ? button('L', 'lock.button', () => this.#lock()) : null,
            el('button', { type: 'button', class: 'quiet', onclick: () => this.#leave() }, t('login.leave'))))),
      this.lost, ...(hears() ? [document.createElement('sound-gate'), document.createElement('handed-bar')] : []),
      el('main', {}, el('nav', { 'aria-label': t('queue.title') }, this.queue),
        el('div', { class: 'looked-at' }, this.page), this.roomPlace),
      document.createElement('undo-bar'),
      tellerLine());
    this.classList.toggle('no-keys', !areOn());
    if (hears()) feed.start();
    this.#route();
    this.#tick();
    drawLock(this);
  }

  async #lock() {
    try {
      await lock();
    } catch (refusal) {
      tell(refusal.message, true);
    }
  }

  #askKeys() {
    askKeys(() => this.classList.toggle('no-keys', !areOn()));
  }

  /** #/alert/ID shows that alert, #/ROOM a room, all else the queue alone. */
  #route() {
    if (!this.page) return;
    takeSetupToken();
    const { name, parts, query } = placeOf(location.hash);
    if (!hears() && (name === '' || name === 'alert') && firstRoom()) {
      location.replace(`#/${firstRoom()}`);
      return;
    }
    const id = name === 'alert' && parts.length === 1 ? parts[0] : null;
    const isRoom = name !== '' && name !== 'alert';
    tell('');
    this.classList.toggle('looking', id !== null);
    this.classList.toggle('in-room', isRoom);
    this.roomPlace.hidden = !isRoom;
    markRoom(this.querySelector(':scope > .bar'), isRoom ? name : '');
    this.page.open(id);
    this.queue.open(id);
    this.page.parentNode.scrollTop = 0;
    if (isRoom) this.#enter(name, parts, query);
    else this.#leaveRoom();
  }

  #leaveRoom() {
    this.room = null;
    this.classList.remove('bare');
    this.roomPlace.replaceChildren();
  }

  /** A room that is open already is told where to go; another takes its place. */
  async #enter(name, parts, query) {
    if (this.room?.name !== name) {
      this.#leaveRoom();
      const mine = this.room = { name, element: null };
      let room = null;
      try {
        room = await enter(name);
      } catch {
        if (this.room === mine) {
          this.room = null; // the next try loads it anew
          tell(t('api.unreachable'), true);
        }
        return;
      }
      if (this.room !== mine) return;
      this.classList.toggle('bare', Boolean(room?.bare));
      mine.element = room?.element ?? el('p', { class: 'none' }, t('rooms.none'));
      this.roomPlace.replaceChildren(mine.element);
      ({ parts, query } = placeOf(location.hash)); // it may have moved on meanwhile
    }
    this.room.element?.open?.(parts, query);
  }

  #hearKeys() {
    const act = (name) => () => this.page?.querySelector('alert-actions')?.act(name);
    hearKeys({
      next: () => this.queue?.step(1),
      previous: () => this.queue?.step(-1),
      back: () => {
        if (!this.page || (!this.page.shown && !this.room)) return;
        location.hash = '#/';
        this.queue.step(0);
      },
      accept: act('accept'), on_the_way: act('on_the_way'), arrived: act('arrived'), spoke: act('spoke'),
      close: act('close'), reopen: act('reopen'), merge: act('merge'),
      ring_next: act('ring_next'), hand_over: act('hand_over'), note: act('note'),
      undo: () => { if (this.page) undoLast(); },
      dial: () => (this.page?.querySelector('[data-key="dial-home-phone"]')
        ?? this.page?.querySelector('[data-key="tel-home-phone"]'))?.click(),
      copy: () => this.page?.querySelector('alert-handover')?.copy(),
      caller: () => { if (this.page) askCaller(); },
      silence: () => { if (this.page) sound.silence(); },
      map: () => { if (this.page) this.#askKeys(); },
      lock: () => { if (this.page && hasAccount()) this.#lock(); },
    });
  }

  #tick() {
    if (!this.page) return;
    tick(this);
    this.tally.draw();
    this.glass.draw();
    say(this.clock, timeOf(now()));
    const ahead = skewSeconds();
    say(this.skew, Math.abs(ahead) < SKEW_SHOWN_S ? ''
      : t(ahead > 0 ? 'clock.ahead' : 'clock.behind', { by: span(Math.abs(ahead) * 1000) }));
    this.#drawFeed();
  }

  #drawFeed() {
    if (!this.page) return;
    const { state } = feed;
    this.live.className = `live ${state}`;
    say(this.live, t(`feed.${state}`));
    this.lost.hidden = state !== 'lost';
    if (state !== 'lost') say(this.lost, '');
    else if (this.lost.textContent === '') say(this.lost, t('feed.lost_bar', { at: timeOf(now() - feed.silentMs) }));
  }
}
customElements.define('duty-seat', DutySeat);
