// What can be done about an alert. Nothing changes here: the view does when the feed says so.
import { el, say } from './dom.js';
import { freshId, path, post } from './api.js';
import { askClose, askMerge, askReopen } from './close.js';
import { askHandOver } from './handing.js';
import { askNote } from './notes.js';
import { can } from './session.js';
import { offer } from './undo.js';
import { t } from './words.js';

const UNDO_MS = 60_000;
const ETAS = ['', '5', '10', '15', '20', '30', '45', '60'];

export class AlertActions extends HTMLElement {
  #page;
  #buttons = {};
  #shown = null;

  constructor(page) {
    super();
    this.#page = page;
  }

  connectedCallback() {
    if (this.firstChild) return;
    const button = (name, key, style = '') => {
      this.#buttons[name] = el('button', { type: 'button', class: style, 'data-action': name,
        'aria-keyshortcuts': key, onclick: () => this.act(name) }, t(`action.${name}`), el('kbd', { 'aria-hidden': 'true' }, key));
      return this.#buttons[name];
    };
    this.eta = el('select', { 'aria-label': t('action.eta') },
      ETAS.map((eta) => el('option', { value: eta }, eta ? t('action.eta_min', { minutes: eta }) : t('action.eta_none'))));
    this.accepting = el('span', { class: 'pair' }, button('accept', 'A', 'primary'), this.eta);
    this.trouble = el('p', { class: 'said', role: 'status' });
    this.final = el('p', { class: 'final soft' }, t('action.final'));
    this.append(el('div', { class: 'tools', role: 'group', 'aria-label': t('action.group') }, this.accepting,
      button('on_the_way', 'W'), button('arrived', 'P'), button('spoke', 'S'), button('ring_next', 'E'),
      button('hand_over', 'H'), button('note', 'B'), button('merge', 'M'), button('close', 'C', 'danger'), button('reopen', 'R')),
    this.final, this.trouble);
  }

  show(alert) {
    const acts = can('dispatcher'); // others look on, and may write a note
    const isOpen = acts && alert.state !== 'closed';
    const focused = this.contains(document.activeElement) ? document.activeElement : null;
    this.accepting.hidden = !isOpen;
    for (const name of ['on_the_way', 'arrived', 'spoke', 'ring_next', 'close']) this.#buttons[name].hidden = !isOpen;
    this.#buttons.merge.hidden = !isOpen || this.#page.mergeable.length === 0;
    this.#buttons.hand_over.hidden = !isOpen || !alert.mine;
    this.#buttons.reopen.hidden = !acts || isOpen;
    this.final.hidden = !isOpen;
    const next = this.#buttons.ring_next;
    const whom = alert.ring_next ? t('action.ring_next_whom', { whom: alert.ring_next.text }) : t('action.ring_next_desk');
    if (next.firstChild.data !== whom) next.firstChild.data = whom;
    if (focused && focused.closest('[hidden]')) this.#page.querySelector('h2')?.focus();
    const last = alert.timeline?.at(-1)?.number;
    if (this.#shown !== null && this.#shown !== last && !this.trouble.classList.contains('trouble')) say(this.trouble, '');
    this.#shown = last ?? null;
  }

  say(text, isTrouble = true) {
    this.trouble.classList.toggle('trouble', isTrouble);
    say(this.trouble, text);
  }

  act(name) {
    const { alert } = this.#page;
    const button = this.#buttons[name];
    if (!alert || !button || button.closest('[hidden]')) return;
    switch (name) {
      case 'close': askClose(alert); break;
      case 'reopen': askReopen(alert); break;
      case 'hand_over': askHandOver(alert); break;
      case 'note': askNote(alert, () => this.#page.load()); break;
      case 'ring_next': this.#send(button, 'rings', {}); break;
      case 'merge': askMerge(alert, this.#page.mergeable); break;
      case 'accept': this.#accept(button, alert); break;
      default: this.#send(button, 'replies', { reply: name });
    }
  }

  /** Taken back, it rings on: what was one's already is given back by handing it over. */
  async #accept(button, alert) {
    const eta = this.eta.value;
    const isTaken = await this.#send(button, 'replies', eta ? { reply: 'accept', eta_min: Number(eta) } : { reply: 'accept' });
    if (!isTaken || alert.mine) return;
    const id = freshId();
    offer(t('undo.accepted', { kind: alert.text.kind }), UNDO_MS,
      () => post(path`/api/v1/alerts/${alert.alert}/replies`, { id, reply: 'decline' }));
  }

  async #send(button, where, what) {
    if (button.getAttribute('aria-disabled') === 'true') return false;
    button.setAttribute('aria-disabled', 'true'); // not disabled: that would lose the focus
    this.say(t('action.sending'), false);
    try {
      await post(`${path`/api/v1/alerts/${this.#page.alert.alert}`}/${where}`, { id: freshId(), ...what });
      this.say(t('action.taken'), false);
      return true;
    } catch (refusal) {
      this.say(refusal.message);
      return false;
    } finally {
      button.removeAttribute('aria-disabled');
    }
  }
}
customElements.define('alert-actions', AlertActions);
