// How many alerts nobody has answered, above every room: whoever looks something up still sees it.
import { el, say } from './dom.js';
import { now, span } from './clock.js';
import { parts } from './order.js';
import { store } from './store.js';
import { t } from './words.js';

class UnansweredTally extends HTMLElement {
  #change = () => this.draw();

  connectedCallback() {
    this.link = el('a', { href: '#/' });
    this.append(this.link);
    store.addEventListener('change', this.#change);
    this.draw();
  }

  disconnectedCallback() {
    store.removeEventListener('change', this.#change);
  }

  /** Called each second too: the oldest grows older. */
  draw() {
    const { unanswered } = parts([...store.alerts.values()]);
    const oldest = Math.min(...unanswered.map((alert) => Date.parse(alert.raised_at)));
    this.classList.toggle('some', unanswered.length > 0);
    say(this.link, unanswered.length === 0 ? t('tally.none')
      : t('tally.some', { count: unanswered.length, age: span(now() - oldest) }));
  }
}
customElements.define('unanswered-tally', UnansweredTally);
