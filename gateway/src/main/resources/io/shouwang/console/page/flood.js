// Above the queue: more comes in than a person can answer. What kinds it is of, and since when; every alarm stays in its row.
import { el, redraw } from './dom.js';
import { get } from './api.js';
import { timeOf } from './clock.js';
import { hears } from './session.js';
import { store } from './store.js';
import { t } from './words.js';

const ASK_MS = 15_000;
const KINDS_SHOWN = 4;

class FloodBanner extends HTMLElement {
  #timer = null;
  #flood = { on: false, in_10_min: 0 };
  #change = () => this.#draw();

  connectedCallback() {
    this.hidden = true;
    this.setAttribute('role', 'status');
    this.#timer = setInterval(() => { if (!document.hidden) this.#ask(); }, ASK_MS);
    store.addEventListener('change', this.#change);
    this.#ask();
  }

  disconnectedCallback() {
    clearInterval(this.#timer);
    store.removeEventListener('change', this.#change);
  }

  async #ask() {
    if (!hears()) return; // they see no queue; a refusal would stand in the record
    try {
      this.#flood = (await get('/api/v1/load/now')).flood;
    } catch {
      return; // a lost gateway has a bar of its own
    }
    this.#draw();
  }

  #draw() {
    const { on, since, in_10_min: count } = this.#flood;
    this.hidden = !on;
    const kinds = on ? byKind() : [];
    redraw(this, [on, since, count, kinds], () => (on ? [
      el('p', {}, el('strong', {}, el('span', { 'aria-hidden': 'true' }, '≋ '), t('flood.title')), ' ',
        t('flood.since', { at: timeOf(since), count })),
      el('p', {}, kinds.slice(0, KINDS_SHOWN).map(([kind, many]) => el('span', { class: 'tally' }, `${kind} ${many}`))),
      el('p', { class: 'soft' }, t('flood.advice'), ' ', el('a', { href: '#/load' }, t('flood.more')))] : []));
  }
}

/** What is open and nobody has in hand, the commonest kind first. */
function byKind() {
  const counts = new Map();
  for (const alert of store.alerts.values()) {
    if (!alert.exercise && alert.state === 'ringing') counts.set(alert.text.kind, (counts.get(alert.text.kind) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]);
}
customElements.define('flood-banner', FloodBanner);
