// What was just done, and for how long it can be taken back. One at a time: the latest.
import { el, say } from './dom.js';
import { tell } from './dialogs.js';
import { t } from './words.js';

let bar = null;

/** Offers to take something back for a while; undo() does it, and refuses in words. */
export function offer(text, ms, undo) {
  bar?.offer(text, Date.now() + ms, undo);
}

/** Takes back what the bar offers; nothing if it offers nothing. */
export function undoLast() {
  bar?.undo();
}

class UndoBar extends HTMLElement {
  #until = 0;
  #undo = null;

  connectedCallback() {
    bar = this;
    if (this.firstChild) return;
    this.text = el('span', { role: 'status' });
    this.left = el('span', { class: 'left', 'aria-hidden': 'true' });
    this.append(this.text, el('button', { type: 'button', 'aria-keyshortcuts': 'Z', onclick: () => this.undo() },
      t('undo.do'), el('kbd', { 'aria-hidden': 'true' }, 'Z')), this.left,
    el('button', { type: 'button', class: 'quiet', onclick: () => this.#end() }, t('undo.dismiss')));
    this.#end();
    setInterval(() => this.#tick(), 500);
  }

  offer(text, until, undo) {
    this.#until = until;
    this.#undo = undo;
    this.hidden = false;
    say(this.text, text);
    this.#tick();
  }

  #tick() {
    const left = Math.ceil((this.#until - Date.now()) / 1000);
    if (this.#undo && left <= 0) this.#end();
    else if (this.#undo) say(this.left, t('undo.left', { seconds: left }));
  }

  #end() {
    this.#undo = null;
    this.hidden = true;
    say(this.text, '');
  }

  async undo() {
    const undo = this.#undo;
    if (!undo) return;
    this.#end();
    try {
      await undo();
      tell(t('undo.done'));
    } catch (refusal) {
      tell(refusal.message, true);
    }
  }
}
customElements.define('undo-bar', UndoBar);
