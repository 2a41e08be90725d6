// Which part of one's area is searched: a tree whose branches are asked for when they are opened.
import { el, say } from '../dom.js';
import { get } from '../api.js';
import { t } from '../words.js';

export class AreaPicker {
  #changed;
  #isRead = false;
  chosen = null;

  /** changed() is called when another area is chosen. */
  constructor(changed) {
    this.#changed = changed;
    this.summary = el('summary', {}, t('elders.area', { name: t('elders.area_all') }));
    this.tree = el('div', { class: 'elders-tree' });
    this.element = el('details', { class: 'elders-area', ontoggle: () => this.#read(),
      onkeydown: (event) => { if (event.key === 'Escape' && this.element.open) this.#close(event); } }, this.summary, this.tree);
  }

  /** Narrows to an area, whose name is read first. */
  async choose(id) {
    if (id === this.chosen) return;
    try {
      const { area, path } = await get(`/api/v1/areas?${new URLSearchParams({ parent: id })}`);
      this.#take(path.length > 1 ? area : null);
    } catch {
      // Not theirs, or not there: all of their own area it is.
    }
  }

  #close(event) {
    event.stopPropagation();
    this.element.open = false;
    this.summary.focus();
  }

  #take(area) {
    this.chosen = area?.id ?? null;
    say(this.summary, t('elders.area', { name: area?.name ?? t('elders.area_all') }));
    this.element.open = false;
    this.#changed();
  }

  async #read() {
    if (!this.element.open || this.#isRead) return;
    this.#isRead = true;
    try {
      const { area, areas } = await get('/api/v1/areas');
      this.tree.replaceChildren(el('ul', {}, el('li', {}, this.#button(area, true),
        el('ul', {}, areas.map((one) => this.#branch(one))))));
    } catch (refusal) {
      this.#isRead = false;
      this.tree.replaceChildren(el('p', { class: 'trouble', role: 'status' }, refusal.message));
    }
  }

  #button(area, isTop = false) {
    return el('button', { type: 'button', class: 'quiet', onclick: () => { this.#take(isTop ? null : area); this.summary.focus(); } },
      area.name, ' ', el('span', { class: 'soft' }, t('elders.area_counts', { elders: area.elders.toLocaleString() })));
  }

  #branch(area) {
    if (area.areas === 0) return el('li', {}, el('span', { class: 'leaf' }), this.#button(area));
    const below = el('ul', { hidden: true });
    const opener = el('button', { type: 'button', class: 'quiet opener', 'aria-expanded': 'false',
      'aria-label': t('elders.area_open', { name: area.name }), onclick: () => this.#unfold(area, opener, below) }, '▸');
    return el('li', {}, opener, this.#button(area), below);
  }

  async #unfold(area, opener, below) {
    const isOpen = opener.getAttribute('aria-expanded') === 'true';
    opener.setAttribute('aria-expanded', String(!isOpen));
    say(opener, isOpen ? '▸' : '▾');
    below.hidden = isOpen;
    if (isOpen || below.firstChild) return;
    try {
      const { areas } = await get(`/api/v1/areas?${new URLSearchParams({ parent: area.id })}`);
      below.replaceChildren(...areas.map((one) => this.#branch(one)));
    } catch (refusal) {
      below.replaceChildren(el('li', { class: 'trouble' }, refusal.message));
    }
  }
}
