// What happened, attempt by attempt, latest first; grows without being drawn anew.
import { arrange, el, say } from './dom.js';
import { timeOf } from './clock.js';
import { t } from './words.js';

const SHOWN_FIRST = 60;

export class Timeline extends HTMLElement {
  #all = false;
  #alert = null;

  connectedCallback() {
    if (this.firstChild) return;
    this.classList.add('part');
    this.list = el('ol', { class: 'timeline', tabindex: '0', 'aria-label': t('part.timeline') });
    this.omitted = el('p', { class: 'note', hidden: true });
    this.more = el('button', { type: 'button', hidden: true, 'data-key': 'more', onclick: () => {
      this.#all = true;
      this.show(this.#alert);
      this.list.focus();
    } });
    this.append(el('h3', {}, t('part.timeline')), this.list, this.more, this.omitted);
  }

  show(alert) {
    this.#alert = alert;
    const entries = [...(alert.timeline ?? [])].reverse();
    const shown = this.#all ? entries : entries.slice(0, SHOWN_FIRST);
    arrange(this.list, shown.map((entry, i) => ({ entry, key: `${entry.number}-${entries.length - i}` })),
      (one) => one.key, ({ entry }) => draw(entry), () => {});
    this.more.hidden = shown.length === entries.length;
    say(this.more, t('timeline.more', { count: entries.length - shown.length }));
    this.omitted.hidden = !alert.timeline_omitted;
    say(this.omitted, t('timeline.omitted', { count: alert.timeline_omitted ?? 0 }));
  }
}

function draw(entry) {
  return el('li', { class: entry.type },
    el('time', { datetime: entry.at }, timeOf(entry.at)),
    el('span', {}, entry.text, entry.note ? [' ', el('q', {}, entry.note)] : null));
}
customElements.define('alert-timeline', Timeline);
