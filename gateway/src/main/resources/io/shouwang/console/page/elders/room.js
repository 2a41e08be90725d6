// Elders, homes and responders: found by what is remembered of them, and the card of each.
import { el, redraw, say } from '../dom.js';
import { get, path } from '../api.js';
import { timeOf } from '../clock.js';
import { addressOf } from '../place.js';
import { learn, t } from '../words.js';
import { drawCard } from './card.js';
import { drawDevice, drawResponder } from './others.js';
import { SearchBox } from './search.js';
import * as words from './words.js';

learn(words);

/** Which card a path shows, where it is asked for, and how it is drawn. */
const CARDS = {
  elder: { url: (id) => path`/api/v1/elders/${id}`, draw: drawCard },
  home: { url: (id) => path`/api/v1/homes/${id}`, draw: drawCard },
  responder: { url: (id) => path`/api/v1/responders/${id}`, draw: drawResponder },
  device: { url: (id) => path`/api/v1/devices/${id}`, draw: drawDevice },
};

class RoomElders extends HTMLElement {
  #shown = '';
  #asked = null;

  connectedCallback() {
    if (this.box) return;
    this.box = new SearchBox((kind, id) => { location.hash = addressOf('elders', [kind, id]); });
    this.card = el('div', { class: 'elders-card' });
    this.foot = el('p', { class: 'elders-foot soft' });
    this.append(el('section', { class: 'elders-search', 'aria-label': t('elders.search') }, this.box.element, this.foot),
      el('section', { class: 'elders-shown', 'aria-label': t('elders.card') },
        el('a', { class: 'elders-back', href: '#/elders' }, t('elders.back')), this.card));
    this.#standing();
  }

  disconnectedCallback() {
    this.#asked?.abort();
    this.box.stop();
  }

  /** #/elders to search, #/elders/KIND/ID a card beside it; ?area=ID narrows the search. */
  open(parts, query) {
    const [kind, id] = parts;
    const isCard = parts.length === 2 && kind in CARDS;
    this.classList.toggle('has-card', isCard);
    if (query.get('area')) this.box.narrow(query.get('area'));
    this.box.mark(isCard ? id : null);
    if (isCard) this.#show(kind, id);
    else {
      this.#shown = '';
      this.#asked?.abort();
      redraw(this.card, ['none'], () => el('p', { class: 'none' }, t('elders.none_shown')));
      this.box.focus();
    }
  }

  async #show(kind, id) {
    const name = `${kind}/${id}`;
    if (name !== this.#shown) redraw(this.card, ['reading'], () => el('p', { class: 'none', role: 'status' }, t('elders.reading')));
    this.#shown = name;
    this.#asked?.abort();
    const mine = this.#asked = new AbortController();
    try {
      const card = await get(CARDS[kind].url(id), mine.signal);
      redraw(this.card, card, () => CARDS[kind].draw(card, () => this.#show(kind, id)));
    } catch (refusal) {
      if (mine.signal.aborted) return;
      redraw(this.card, [refusal.message], () => el('p', { class: 'none trouble', role: 'status' },
        refusal.status === 404 ? t('elders.not_yours') : refusal.message));
    }
  }

  /** Which generation of the registry this is, small. */
  async #standing() {
    try {
      const { counts, hash, since, since_start: sinceStart } = await get('/api/v1/registry');
      const gaps = { elders: counts.elders.toLocaleString(), homes: counts.homes.toLocaleString(),
        hash: hash.slice(0, 8), at: timeOf(since) };
      say(this.foot, t(sinceStart ? 'elders.standing_start' : 'elders.standing', gaps));
    } catch {
      // It is only told: the search says what is wrong.
    }
  }
}
customElements.define('room-elders', RoomElders);
