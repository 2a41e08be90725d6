// Whether the record is as it was written: what the last look along its chain found, and a button to look again.
import { el, redraw } from '../dom.js';
import { get, post } from '../api.js';
import { momentOf } from '../clock.js';
import { t } from '../words.js';

const AGAIN_MS = 1_000;

export class ChainLine extends HTMLElement {
  connectedCallback() {
    this.setAttribute('role', 'status');
  }

  /** Asks how it stands, and goes on asking while a walk is under way. */
  async ask() {
    try {
      const chain = await get('/api/v1/audit/chain');
      this.className = chain.state;
      redraw(this, chain, () => [el('p', {}, this.#words(chain)), chain.hash ? el('p', { class: 'soft' }, t('audit.chain_keep'), ' ',
        el('code', {}, `${chain.entries}:${chain.hash}`)) : null,
      chain.state === 'walking' ? null : el('button', { type: 'button', 'data-key': 'check', onclick: () => this.#check() }, t('audit.chain_check'))]);
      if (chain.state === 'walking' && this.isConnected) setTimeout(() => this.ask(), AGAIN_MS);
    } catch (refusal) {
      redraw(this, refusal.message, () => el('p', { class: 'trouble' }, refusal.message));
    }
  }

  async #check() {
    try {
      await post('/api/v1/audit/chain');
    } finally {
      this.ask();
    }
  }

  #words(chain) {
    const at = chain.at ? momentOf(chain.at) : '';
    switch (chain.state) {
      case 'whole': return el('span', { class: 'good' }, '✓ ', t('audit.chain_whole', { at, entries: chain.entries }));
      case 'broken': return el('span', { class: 'trouble' }, '✕ ', t('audit.chain_broken', { at, number: chain.number }), ' ', chain.why);
      case 'walking': return t('audit.chain_walking', { entries: chain.entries });
      case 'failed': return el('span', { class: 'trouble' }, t('audit.chain_failed', { at }), ' ', chain.why);
      default: return t('audit.chain_never');
    }
  }
}
customElements.define('chain-line', ChainLine);
