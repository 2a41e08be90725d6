// The registry, entry by entry, for administrators: open, change, add, take away; who changed what.
import { change, get, path, post } from '../api.js';
import { open as ask, field, tell } from '../dialogs.js';
import { el } from '../dom.js';
import { language, learn, t } from '../words.js';
import './import.js';
import { en, zh } from './words.js';

learn({ en, zh });

const FIELDS = {
  areas: 'name parent level', homes: 'address area phone access lat lon building',
  elders: 'home name birth_year phone category ability notes', devices: 'type home elder hub model',
  responders: 'name phone language quiet zone', ways: 'channel address after verified',
  schedules: 'people start turn_days handover zone hours weekdays days', exceptions: 'from to people reason',
  'elder-contacts': 'responder role relation', 'home-contacts': 'responder role relation', 'area-contacts': 'responder role relation',
};
const SINGLE = ['areas', 'homes', 'elders', 'devices', 'responders'];
const AGAIN_MS = 1_500;
const LONG = ['access', 'notes', 'address'];
const key = (section) => section.replace('-', '_');
const at = (section, id) => path`/api/v1/registry/entries/${section}/${id}`;

class RegistryRoom extends HTMLElement {
  async open([section, id]) {
    const isImport = section === 'import';
    this.ways = el('nav', { class: 'ways', hidden: true, 'aria-label': t('registry.title') },
      el('a', { href: '#/registry', 'aria-current': isImport ? null : 'page' }, t('registry.entries')),
      el('a', { href: '#/registry/import', 'aria-current': isImport ? 'page' : null }, t('registry.import')));
    this.place = el('div', {});
    this.log = el('section', {});
    this.head = el('p', { class: 'soft' });
    this.replaceChildren(...[el('h2', {}, t('registry.title')), this.head, this.ways,
      isImport ? el('registry-import', { ontaken: () => this.#overview() }) : [this.#finder(section, id), this.place, this.log]].flat());
    this.#overview();
    if (section in FIELDS && id) await this.#load(section, id);
  }

  async #overview() {
    try {
      const { counts, waiting, topmost } = await get('/api/v1/registry/edits');
      this.head.textContent = t('registry.counts', counts) + (waiting > 0 ? ` · ${t('registry.waiting', { count: waiting })}` : '');
      this.ways.hidden = !topmost; // a whole registry is for the topmost areas
      const { changes } = await get('/api/v1/registry/changes');
      const when = new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'short' });
      this.log.replaceChildren(el('h3', {}, t('registry.changes')), changes.length === 0
        ? el('p', { class: 'soft' }, t('registry.nochanges')) : el('ol', { class: 'changes' }, changes.map((one) => el('li', {},
          `${when.format(new Date(one.at))} ${one.by} ${t(`registry.kind.${one.kind}`)} ${t(`registry.section.${key(one.section)}`)} `,
          el('a', { href: `#/registry/${one.section}/${one.id}` }, one.id),
          ` ${one.fields.map((name) => t(`registry.field.${name}`)).join('、')}`))));
    } catch (refusal) {
      tell(refusal.message, true);
    }
  }

  #finder(section, id) {
    const go = (isNew) => (event) => {
      event.preventDefault();
      const form = new FormData(event.target.closest('form'));
      const name = form.get('entry').trim();
      if (!name) return;
      if (isNew) this.#draw(form.get('section'), name, { rows: [{}], version: null });
      else location.hash = `#/registry/${form.get('section')}/${encodeURIComponent(name)}`;
    };
    return el('form', { class: 'finder', 'aria-label': t('registry.find'), onsubmit: go(false) },
      field(t('registry.section'), el('select', { name: 'section' }, Object.keys(FIELDS).map((one) =>
        el('option', { value: one, selected: one === section }, t(`registry.section.${key(one)}`))))),
      field(t('registry.entry'), el('input', { name: 'entry', value: id ?? '', required: true, maxlength: 64, autocomplete: 'off' })),
      el('button', { class: 'primary', type: 'submit' }, t('registry.open')),
      el('button', { type: 'button', onclick: go(true) }, t('registry.new')));
  }

  async #load(section, id) {
    try {
      const entry = await get(at(section, id));
      this.#draw(section, id, entry.rows.length === 0 ? { ...entry, rows: [{}] } : entry);
    } catch (refusal) {
      this.place.replaceChildren(el('p', { class: 'trouble', role: 'status' }, refusal.message));
    }
  }

  #draw(section, id, entry) {
    const isSingle = SINGLE.includes(section);
    const rows = el('div', {}, entry.rows.map((row, i) => this.#row(section, row, i + 1)));
    const trouble = el('div', { role: 'status' });
    const form = el('form', { class: 'entry', novalidate: true, onsubmit: (event) => {
      event.preventDefault();
      this.#save(section, id, entry, form, trouble);
    } }, el('h3', {}, `${t(`registry.section.${key(section)}`)} ${id}`), rows, trouble,
    el('div', { class: 'tools' }, el('button', { class: 'primary', type: 'submit' }, t('registry.save')),
      isSingle ? null : el('button', { type: 'button', onclick: () =>
        rows.append(this.#row(section, {}, rows.children.length + 1)) }, t('registry.addrow')),
      entry.version && ['devices', 'responders'].includes(section)
        ? el('button', { type: 'button', onclick: () => this.#secret(id) }, t('registry.secret')) : null,
      entry.version ? el('button', { type: 'button', class: 'danger', onclick: () => this.#remove(section, id, entry) }, t('registry.remove')) : null));
    this.place.replaceChildren(form);
  }

  #row(section, row, number) {
    const made = el('fieldset', { class: 'entry-row' }, SINGLE.includes(section) ? null : el('legend', {}, t('registry.row', { number })),
      FIELDS[section].split(' ').map((name) => el('label', { class: 'field' }, el('span', {}, t(`registry.field.${name}`)),
        LONG.includes(name) ? el('textarea', { name, rows: 2 }, row[name] ?? '') : el('input', { name, value: row[name] ?? '', autocomplete: 'off' }),
        el('small', { class: 'trouble', 'data-field': name }))),
      SINGLE.includes(section) ? null : el('button', { type: 'button', onclick: () => made.remove() }, t('registry.droprow')));
    return made;
  }

  async #save(section, id, entry, form, trouble) {
    const sets = [...form.querySelectorAll('.entry-row')];
    const rows = sets.map((set) => Object.fromEntries([...set.querySelectorAll('[name]')].map((input) => [input.name, input.value])));
    form.querySelectorAll('[data-field]').forEach((place) => place.replaceChildren());
    form.querySelectorAll('[aria-invalid]').forEach((input) => input.removeAttribute('aria-invalid'));
    trouble.replaceChildren();
    if (rows.length === 0) return this.#remove(section, id, entry);
    try {
      const match = entry.version ? { 'If-Match': `"${entry.version}"` } : { 'If-None-Match': '*' };
      await this.#settled(await change(at(section, id), match, { rows }), trouble);
      tell(t('registry.saved'));
      await this.#load(section, id);
      this.#overview();
    } catch (refusal) {
      this.#complain(section, id, refusal, sets, trouble);
    }
  }

  /** Follows an edit that waits for its turn until it holds; throws why it doesn't. */
  async #settled(answer, place) {
    while (answer.state === 'waiting') {
      place.replaceChildren(el('p', { class: 'soft' }, t('registry.waits')));
      await new Promise((done) => { setTimeout(done, AGAIN_MS); });
      answer = await get(path`/api/v1/registry/edits/${answer.edit}`);
    }
  }

  /** Each complaint at its field; what was written stays. */
  #complain(section, id, refusal, sets, trouble) {
    trouble.replaceChildren(el('p', { class: 'trouble' }, refusal.message));
    for (const one of refusal.problem?.problems ?? []) {
      const set = one.id === id && one.section === section ? sets[Math.max(0, one.row - 1)] : null;
      const place = set?.querySelector(`[data-field="${CSS.escape(one.field)}"]`);
      if (place) {
        place.append(`${one.what}; ${one.remedy} `);
        set.querySelector(`[name="${CSS.escape(one.field)}"]`).setAttribute('aria-invalid', 'true');
      } else trouble.append(el('p', { class: 'trouble' }, `${one.section} ${one.id} ${one.field} ${one.what}; ${one.remedy}`));
    }
    const now = refusal.problem?.now;
    if (now) {
      trouble.append(el('p', {}, t('registry.now')), el('pre', {}, now.rows.map((row) => Object.values(row).join(' · ')).join('\n')),
        el('button', { type: 'button', onclick: () => this.#load(section, id) }, t('registry.take')));
    }
  }

  #remove(section, id, entry) {
    ask({ title: t('registry.remove.sure', { id }), content: null, label: t('registry.remove'), danger: true, done: async () => {
      await this.#settled(await change(at(section, id), { 'If-Match': `"${entry.version}"` }), el('p', {}));
      tell(t('registry.removed'));
      this.place.replaceChildren();
      this.#overview();
    } });
  }

  #secret(id) {
    ask({ title: t('registry.secret'), content: el('p', {}, t('registry.secret.sure')), label: t('registry.secret'), danger: true, done: async () => {
      const { secret } = await post(path`/api/v1/registry/secrets/${id}`, {});
      this.place.append(el('div', { class: 'secret', role: 'status' }, el('p', {}, t('registry.secret.once')), el('code', {}, secret)));
    } });
  }
}

customElements.define('room-registry', RegistryRoom);
