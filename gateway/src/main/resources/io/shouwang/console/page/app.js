// The duty seat: who sits here, the queue, the alert that is looked at, and whether all of it is live.
import { el, say } from './dom.js';
import { now, skewSeconds, span, tick, timeOf } from './clock.js';
import { feed } from './feed.js';
import { store } from './store.js';
import { sound } from './sound.js';
import { isKnown, leave } from './session.js';
import { askCaller } from './caller.js';
import { tell, tellerLine } from './dialogs.js';
import { areOn, askKeys, hearKeys } from './keys.js';
import { placeOf } from './place.js';
import { enter, rooms } from './rooms.js';
import { language, otherLanguage, t } from './words.js';
import './queue.js';
import './tally.js';
import './incidents.js';
import './alert-page.js';

const SKEW_SHOWN_S = 10;

class DutySeat extends HTMLElement {
  connectedCallback() {
    document.documentElement.lang = language;
    document.title = t('title');
    this.addEventListener('entered', () => this.#sit());
    feed.addEventListener('refused', (event) => this.#stand(
      event.detail.status === 401 ? t('login.refused') : event.detail.message));
    feed.addEventListener('state', () => this.#drawFeed());
    addEventListener('hashchange', () => this.#route());
    setInterval(() => this.#tick(), 1_000);
    this.#hearKeys();
    if (isKnown()) this.#sit();
    else this.#stand();
  }

  /** Nobody sits here. */
  #stand(refusal = '') {
    feed.stop();
    leave();
    store.clear();
    this.queue = this.page = this.room = null;
    const login = document.createElement('duty-login');
    this.replaceChildren(el('header', { class: 'bar' }, el('span', { class: 'brand' }, t('brand')), this.#languageButton()),
      el('main', {}, login));
    login.refuse(refusal);
  }

  #languageButton() {
    return el('button', { type: 'button', class: 'quiet', lang: language === 'en' ? 'zh-CN' : 'en',
      onclick: otherLanguage }, t('language.other'));
  }

  #sit() {
    const button = (key, word, act) => el('button', { type: 'button', class: 'quiet', 'aria-keyshortcuts': key, onclick: act },
      t(word), el('kbd', { 'aria-hidden': 'true' }, key));
    this.clock = el('span', { class: 'clock' });
    this.skew = el('span', { class: 'skew' });
    this.live = el('span', { class: 'live' });
    this.lost = el('p', { class: 'lost', role: 'status' });
    this.tally = document.createElement('unanswered-tally');
    this.links = el('nav', { class: 'rooms', 'aria-label': t('rooms.title'), hidden: rooms().length === 0 },
      [['', t('room.queue')], ...rooms().map(({ name }) => [name, t(`room.${name}`)])]
        .map(([name, label]) => el('a', { href: `#/${name}`, 'data-room': name }, label)));
    this.queue = document.createElement('alert-queue');
    this.page = document.createElement('alert-page');
    this.roomPlace = el('div', { class: 'room', hidden: true });
    this.replaceChildren(
      el('header', { class: 'bar' }, el('h1', { class: 'brand' }, t('brand')), this.tally, this.links,
        this.clock, this.skew, this.live, el('span', { class: 'tools' }, button('N', 'caller.button', askCaller),
          button('?', 'keys.button', () => this.#askKeys()), this.#languageButton(),
          el('button', { type: 'button', class: 'quiet', onclick: () => this.#stand() }, t('login.leave')))),
      this.lost, document.createElement('sound-gate'),
      el('main', {}, el('nav', { 'aria-label': t('queue.title') }, this.queue),
        el('div', { class: 'looked-at' }, this.page), this.roomPlace),
      tellerLine());
    this.classList.toggle('no-keys', !areOn());
    feed.start();
    this.#route();
    this.#tick();
  }

  #askKeys() {
    askKeys(() => this.classList.toggle('no-keys', !areOn()));
  }

  /** #/alert/ID shows that alert, #/ROOM a room, all else the queue alone. */
  #route() {
    if (!this.page) return;
    const { name, parts, query } = placeOf(location.hash);
    const id = name === 'alert' && parts.length === 1 ? parts[0] : null;
    const isRoom = name !== '' && name !== 'alert';
    tell('');
    this.classList.toggle('looking', id !== null);
    this.classList.toggle('in-room', isRoom);
    this.roomPlace.hidden = !isRoom;
    for (const link of this.links.children) {
      const isHere = link.dataset.room === (isRoom ? name : '');
      if (isHere) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
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
      dial: () => (this.page?.querySelector('[data-key="dial-home-phone"]')
        ?? this.page?.querySelector('[data-key="tel-home-phone"]'))?.click(),
      copy: () => this.page?.querySelector('alert-handover')?.copy(),
      caller: () => { if (this.page) askCaller(); },
      silence: () => { if (this.page) sound.silence(); },
      map: () => { if (this.page) this.#askKeys(); },
    });
  }

  #tick() {
    if (!this.page) return;
    tick(this);
    this.tally.draw();
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
