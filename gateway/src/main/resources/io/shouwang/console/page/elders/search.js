// The search box and what it found: as one types, by keyboard or touch.
import { el, redraw, say } from '../dom.js';
import { get } from '../api.js';
import { t } from '../words.js';
import { AreaPicker } from './areas.js';
import { drawRow } from './rows.js';

const WAIT_MS = 180;
const LIMIT = 30;
const KINDS = ['elders', 'homes', 'responders'];
const CARD_OF = { elders: 'elder', homes: 'home', responders: 'responder' };

/** Two letters or digits, or one sign that is neither: less finds everybody. */
const isEnough = (typed) => typed.split(/\s+/).some((word) => word.length > 1 || /[^\x00-\x7f]/.test(word));

export class SearchBox {
  #pick;
  #kind = 'elders';
  #rows = [];
  #active = -1;
  #timer = null;
  #asked = null;
  #marked = null;

  /** pick(kind, id) is called for whom somebody chose. */
  constructor(pick) {
    this.#pick = pick;
    this.input = el('input', { type: 'search', id: 'elders-q', role: 'combobox', 'aria-expanded': 'false', 'aria-controls': 'elders-list',
      'aria-autocomplete': 'list', 'aria-describedby': 'elders-hint', autocomplete: 'off', spellcheck: 'false', maxlength: 100,
      placeholder: t('elders.placeholder'), oninput: () => this.#soon(), onkeydown: (event) => this.#key(event) });
    this.kinds = el('div', { class: 'elders-kinds', role: 'group', 'aria-label': t('elders.kinds') },
      KINDS.map((kind) => el('button', { type: 'button', 'aria-pressed': String(kind === this.#kind), 'data-kind': kind,
        onclick: () => this.#choose(kind) }, t(`elders.kind.${kind}`))));
    this.areas = new AreaPicker(() => this.#ask());
    this.told = el('p', { class: 'elders-told', role: 'status' });
    this.list = el('ul', { id: 'elders-list', class: 'elders-list', role: 'listbox', 'aria-label': t('elders.found'),
      onclick: (event) => this.#clicked(event) });
    this.hint = el('p', { id: 'elders-hint', class: 'soft' }, t('elders.hint'));
    this.element = el('div', { class: 'elders-box' },
      el('label', { for: 'elders-q', class: 'elders-label' }, t('elders.label')), this.input,
      el('div', { class: 'elders-narrow' }, this.kinds, this.areas.element), this.hint, this.told, this.list);
  }

  focus() {
    if (!matchMedia('(pointer: coarse)').matches) this.input.focus({ preventScroll: true });
  }

  stop() {
    clearTimeout(this.#timer);
    this.#asked?.abort();
  }

  narrow(area) {
    this.areas.choose(area);
  }

  /** Marks the row whose card is shown. */
  mark(id) {
    this.#marked = id;
    for (const option of this.list.children) option.classList.toggle('marked', option.dataset.id === id);
  }

  #soon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), WAIT_MS);
  }

  #choose(kind) {
    this.#kind = kind;
    for (const button of this.kinds.children) button.setAttribute('aria-pressed', String(button.dataset.kind === kind));
    this.#ask();
  }

  async #ask() {
    this.stop();
    const typed = this.input.value.trim();
    if (!isEnough(typed)) {
      this.#show([], typed ? t('elders.more_signs') : '');
      return;
    }
    const mine = this.#asked = new AbortController();
    const kind = this.#kind;
    const slow = setTimeout(() => say(this.told, t('elders.searching')), 400);
    const query = new URLSearchParams({ q: typed, limit: LIMIT, ...(this.areas.chosen ? { area: this.areas.chosen } : {}) });
    try {
      const found = await get(`/api/v1/${kind}?${query}`, mine.signal);
      if (mine.signal.aborted) return;
      this.#show(found[kind].map((row) => ({ kind, row })), counted(kind, found));
    } catch (refusal) {
      if (!mine.signal.aborted) this.#show([], refusal.message, true);
    } finally {
      clearTimeout(slow);
    }
  }

  #show(rows, text, isTrouble = false) {
    this.#rows = rows;
    this.#active = -1;
    this.hint.hidden = rows.length > 0 || text !== '';
    this.told.classList.toggle('trouble', isTrouble);
    say(this.told, text);
    this.input.setAttribute('aria-expanded', String(rows.length > 0));
    this.input.removeAttribute('aria-activedescendant');
    redraw(this.list, rows, () => rows.map(({ kind, row }, i) => el('li', { role: 'option', id: `elders-row-${i}`,
      'aria-selected': 'false', 'data-id': row.id, 'data-at': i, class: row.id === this.#marked ? 'marked' : null }, drawRow(kind, row))));
    for (const option of this.list.children) option.setAttribute('aria-selected', 'false');
  }

  #key(event) {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      this.#move(Math.min(this.#rows.length - 1, Math.max(0, this.#active + step)));
    } else if (event.key === 'Enter' && this.#rows.length > 0) {
      event.preventDefault();
      this.#open(Math.max(0, this.#active));
    } else if (event.key === 'Escape' && this.input.value) {
      event.stopPropagation(); // the first Escape empties the box, the next one leaves
      event.preventDefault();
      this.input.value = '';
      this.#ask();
    }
  }

  #move(to) {
    if (to < 0 || this.#rows.length === 0) return;
    this.list.children[this.#active]?.setAttribute('aria-selected', 'false');
    this.#active = to;
    const option = this.list.children[to];
    option.setAttribute('aria-selected', 'true');
    option.scrollIntoView({ block: 'nearest' });
    this.input.setAttribute('aria-activedescendant', option.id);
  }

  #clicked(event) {
    const option = event.target.closest('[role=option]');
    if (option && !event.target.closest('a')) this.#open(Number(option.dataset.at));
  }

  #open(at) {
    const { kind, row } = this.#rows[at];
    this.#move(at);
    this.#pick(CARD_OF[kind], row.id);
  }
}

function counted(kind, { total, more, [kind]: rows }) {
  if (total === 0) return t(`elders.nobody.${kind}`);
  if (more) return t('elders.count_more', { count: total.toLocaleString(), shown: rows.length });
  return total > rows.length ? t('elders.count_some', { count: total, shown: rows.length }) : t('elders.count', { count: total });
}
