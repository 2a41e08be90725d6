// The modes that hold in the area, the soonest to end first; ended by a click, begun for a home that is found by its telephone.
import { el, redraw, say } from '../dom.js';
import { get, path } from '../api.js';
import { setClock, tick, timeOf } from '../clock.js';
import { field } from '../dialogs.js';
import { addressOf } from '../place.js';
import { can } from '../session.js';
import { learn, t } from '../words.js';
import { askMode, endMode, mayChange } from '../home-modes.js';
import { en, zh } from './words.js';

learn({ en, zh });

const AGAIN_MS = 30_000;
const KINDS = ['away', 'hospital', 'visitor', 'maintenance', 'drill', 'test'];

class RoomModes extends HTMLElement {
  #kind = '';
  #list = null;
  #again = null;

  connectedCallback() {
    this.trouble = el('p', { class: 'trouble', role: 'status' });
    this.filter = el('p', { class: 'tools filter' });
    this.table = el('div', {});
    this.number = el('input', { type: 'tel', name: 'number', required: true, autocomplete: 'off' });
    this.found = el('div', { class: 'found' });
    this.append(el('h2', {}, t('modes.title')), this.trouble, this.filter, this.table,
      can('dispatcher') ? el('section', { class: 'begin' }, el('h3', {}, t('modes.begin')), el('form', { class: 'tools', onsubmit: (event) => this.#find(event) },
        field(t('modes.number'), this.number), el('button', { type: 'submit' }, t('modes.find'))), this.found) : '');
    this.#again = setInterval(() => this.load(), AGAIN_MS);
  }

  disconnectedCallback() {
    clearInterval(this.#again);
  }

  open(_, query) {
    this.#kind = query.get('kind') ?? '';
    this.load();
  }

  async load() {
    try {
      const list = await get('/api/v1/modes?limit=500');
      setClock(list.as_of);
      this.#list = list;
      say(this.trouble, '');
    } catch (refusal) {
      say(this.trouble, refusal.message);
    }
    if (this.#list) this.#draw();
  }

  #draw() {
    const { modes, total } = this.#list;
    const count = (kind) => modes.filter((mode) => mode.mode === kind).length;
    redraw(this.filter, [this.#kind, modes.length, ...KINDS.map(count)], () => [['', t('modes.all', { count: modes.length })],
      ...KINDS.map((kind) => [kind, t(`modes.of.${kind}`, { count: count(kind) })])]
      .map(([kind, label]) => el('a', { href: addressOf('modes', [], { kind }), 'data-key': `kind-${kind}`,
        'aria-current': kind === this.#kind ? 'true' : null, class: 'chip' }, label)));
    const shown = modes.filter((mode) => !this.#kind || mode.mode === this.#kind);
    redraw(this.table, [shown, total], () => shown.length === 0 ? el('p', { class: 'none' }, t('modes.none')) : [
      el('table', {}, el('thead', {}, el('tr', {}, ['mode', 'home', 'elders', 'since', 'until', 'by'].map((key) => el('th', { scope: 'col' }, t(`modes.head.${key}`))),
        el('th', { scope: 'col' }, el('span', { class: 'unseen' }, t('modes.head.end'))))),
      el('tbody', {}, shown.map((mode) => this.#row(mode)))),
      total > modes.length ? el('p', { class: 'note' }, t('modes.more', { count: total - modes.length })) : null]);
    tick(this);
  }

  #row(mode) {
    return el('tr', {}, el('td', {}, el('span', { class: `badge mode ${mode.mode}` }, mode.text), mode.device ? el('small', {}, ` ${mode.device}`) : null),
      el('td', {}, mode.address || mode.home, ' ', el('small', {}, mode.area_name)), el('td', {}, mode.elders.join(t('list'))),
      el('td', {}, timeOf(mode.since)), el('td', {}, timeOf(mode.until), ' ', el('small', {}, t('modes.left'), ' ', el('span', { 'data-due': Date.parse(mode.until) }))),
      el('td', {}, mode.by_name), el('td', {}, mayChange() ? el('button', { type: 'button', 'data-key': `end-${mode.home}-${mode.mode}-${mode.device ?? ''}`,
        onclick: () => this.#end(mode) }, t('home_mode.end')) : null));
  }

  async #end(mode) {
    try {
      await endMode(mode);
      say(this.trouble, '');
    } catch (refusal) {
      say(this.trouble, refusal.message);
    }
    await this.load();
  }

  async #find(event) {
    event.preventDefault();
    try {
      const { homes = [] } = await get(path`/api/v1/callers/${this.number.value.trim()}`);
      this.found.replaceChildren(...(homes.length === 0 ? [el('p', { class: 'soft' }, t('modes.unknown'))] : homes.map((card) => el('p', { class: 'home' },
        el('strong', {}, card.home.address || card.home.id), ' ', (card.elders ?? []).map((elder) => elder.name).join(t('list')), ' ',
        el('button', { type: 'button', class: 'primary', onclick: () => askMode(card.home.id, card.devices ?? [], () => this.load()) }, t('home_mode.begin'))))));
    } catch (refusal) {
      this.found.replaceChildren(el('p', { class: 'trouble', role: 'status' }, refusal.message));
    }
  }
}
customElements.define('room-modes', RoomModes);
