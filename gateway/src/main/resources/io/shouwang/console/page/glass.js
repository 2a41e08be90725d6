// Breaking the glass: opening what lies outside one's area, for a reason that auditors read; and the mark that says it is open.
import { el, redraw } from './dom.js';
import { post } from './api.js';
import { now, timeOf } from './clock.js';
import { field, open } from './dialogs.js';
import { recognize } from './entrance.js';
import { can, hasAccount, me, session } from './session.js';
import { store } from './store.js';
import { t } from './words.js';

const REASON_MIN = 5;
const REASON_MAX = 500;

/** A button for whoever may break the glass before { alert } or { home }; null for others. */
export function offerGlass(what, done) {
  if (!can('dispatcher', 'supervisor') || !hasAccount()) return null;
  return el('div', { class: 'glass-offer' }, el('p', {}, t('glass.offer')),
    el('button', { type: 'button', class: 'danger', 'data-key': 'glass', onclick: () => askGlass(what, done) }, t('glass.button')));
}

export function askGlass({ alert, home }, done) {
  open({
    title: t('glass.title'),
    content: [
      el('p', {}, t('glass.what', { what: alert ?? home })),
      field(t('glass.reason'), el('textarea', { name: 'reason', rows: 3, required: true, minlength: REASON_MIN, maxlength: REASON_MAX, autofocus: true }), t('glass.hint')),
    ],
    label: t('glass.do'),
    danger: true,
    done: async (data) => {
      const reason = data.get('reason').trim();
      if (reason.length < REASON_MIN) throw new Error(t('glass.hint'));
      await post('/api/v1/break-glass', { ...(alert ? { alert } : { home }), reason });
      await recognize();
      store.insist();
      done();
    },
  });
}

/** In the header while glass is broken: what is open, and until when. */
class GlassMark extends HTMLElement {
  #draw = () => this.draw();

  connectedCallback() {
    session.addEventListener('changed', this.#draw);
    this.draw();
  }

  disconnectedCallback() {
    session.removeEventListener('changed', this.#draw);
  }

  /** Called each second too: it ends by itself. */
  draw() {
    const broken = (me()?.glass ?? []).filter(({ until }) => Date.parse(until) > now());
    this.hidden = broken.length === 0;
    redraw(this, broken, () => broken.map(({ alert, home, until }) => el('span', { class: 'glass' },
      el('span', { 'aria-hidden': 'true' }, '⚠ '), alert
        ? el('a', { href: `#/alert/${encodeURIComponent(alert)}` }, t('glass.alert_until', { at: timeOf(until) }))
        : t('glass.home_until', { home, at: timeOf(until) }))));
  }
}
customElements.define('glass-mark', GlassMark);
