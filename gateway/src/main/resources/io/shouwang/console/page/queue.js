// The queue: unanswered first, then what is in hand, exercises apart. Only what changed is drawn.
import { arrange, el, say } from './dom.js';
import { tick } from './clock.js';
import { isUrgent, parts } from './order.js';
import { store } from './store.js';
import { sound } from './sound.js';
import { isLocked, session } from './session.js';
import { address, makeRow, updateRow, whom } from './row.js';
import { t } from './words.js';

const PARTS = ['unanswered', 'held', 'exercises'];
const SEVERITIES = ['critical', 'major', 'minor'];

class AlertQueue extends HTMLElement {
  #lists = {};
  #opened = null;
  #current = null;

  connectedCallback() {
    this.spoken = el('p', { class: 'unseen', role: 'alert' });
    this.status = el('p', { class: 'unseen', role: 'status' });
    this.count = el('span', { class: 'figure' });
    this.split = el('span', { class: 'split' });
    this.more = el('p', { class: 'note', hidden: true });
    this.none = el('p', { class: 'none', hidden: true }, el('span', { 'aria-hidden': 'true' }, '✓'), ' ', t('queue.none'));
    this.append(this.spoken, this.status, el('div', { class: 'count' }, this.count,
      el('span', { class: 'words' }, el('span', {}, t('queue.unanswered')), this.split)), el('flood-banner'), el('area-incidents'), this.none);
    for (const part of PARTS) {
      const title = el('h2', { id: `part-${part}` });
      const list = el('ol', { 'aria-labelledby': `part-${part}` });
      const section = el('section', { class: part, hidden: true }, title, list);
      this.#lists[part] = { section, title, list };
      this.append(section);
    }
    this.append(this.more);
    this.addEventListener('focusin', (event) => {
      const row = event.target.closest('.row');
      if (row) this.#rove(row);
    });
    store.addEventListener('change', () => this.draw());
    store.addEventListener('new', (event) => this.#speak(event.detail));
    sound.addEventListener('looked', () => this.draw());
    session.addEventListener('changed', () => { if (isLocked()) this.spoken.textContent = ''; });
    this.draw();
  }

  /** Marks the alert that the page shows. */
  open(id) {
    this.#opened = id;
    this.draw();
    const row = this.rows().find((one) => one.alertId === id);
    if (!row) return;
    this.#rove(row);
    row.scrollIntoView({ block: 'nearest' });
  }

  rows() {
    return [...this.querySelectorAll('.row')];
  }

  /** Moves to the next row, or the one before; opens nothing. */
  step(by) {
    const rows = this.rows();
    if (rows.length === 0) return;
    const from = rows.indexOf(this.#current);
    const to = from < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, from + by));
    rows[to].link.focus();
    rows[to].scrollIntoView({ block: 'nearest' });
  }

  #rove(row) {
    if (this.#current) this.#current.link.tabIndex = -1;
    row.link.tabIndex = 0;
    this.#current = row;
  }

  #speak(alert) {
    if (isUrgent(alert)) {
      this.spoken.textContent = t('queue.spoken', { kind: alert.text.kind, who: whom(alert), where: address(alert) });
    }
  }

  draw() {
    const groups = parts([...store.alerts.values()]);
    for (const part of PARTS) {
      const { section, title, list } = this.#lists[part];
      const items = groups[part];
      section.hidden = items.length === 0;
      say(title, t(`queue.part.${part}`, { count: items.length }));
      arrange(list, items, (alert) => alert.alert, makeRow, (row, alert) => updateRow(
        row, alert, alert.alert === this.#opened, sound.isLooked(alert)));
    }
    this.#drawCount(groups);
    this.none.hidden = !store.isLoaded || store.alerts.size > 0;
    this.more.hidden = store.total <= store.alerts.size;
    if (!this.more.hidden) say(this.more, t('queue.more', { count: store.total - store.alerts.size }));
    if (!this.#current?.isConnected) {
      this.#current = null;
      const first = this.rows()[0];
      if (first) this.#rove(first);
    }
    tick(this);
  }

  #drawCount(groups) {
    const unanswered = groups.unanswered.length;
    say(this.count, String(unanswered));
    this.count.parentNode.classList.toggle('some', unanswered > 0);
    say(this.split, unanswered === 0 ? '' : SEVERITIES.map((severity) => [severity,
      groups.unanswered.filter((alert) => alert.severity === severity).length])
      .filter(([, count]) => count > 0)
      .map(([severity, count]) => t(`severity.${severity}`, { count })).join(' · '));
    say(this.status, store.isLoaded ? t('queue.status', { unanswered, open: unanswered + groups.held.length }) : '');
    document.title = (unanswered > 0 ? `(${unanswered}) ` : '') + t('title');
  }
}
customElements.define('alert-queue', AlertQueue);
