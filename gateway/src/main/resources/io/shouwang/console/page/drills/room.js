// Drills: real people are rung, as an exercise; who answered, and after how long.
import { el, redraw, say } from '../dom.js';
import { del, freshId, get, path, post } from '../api.js';
import { tick, timeOf } from '../clock.js';
import { field, open } from '../dialogs.js';
import { can, me } from '../session.js';
import { learn, t } from '../words.js';
import { en, zh } from './words.js';

learn({ en, zh });

const AGAIN_MS = 3_000;
const KINDS = ['sos', 'fall', 'smoke'];

class RoomDrills extends HTMLElement {
  #again = null;
  #drills = null;

  connectedCallback() {
    this.trouble = el('p', { class: 'trouble', role: 'status' });
    this.list = el('div', { class: 'drills' });
    this.append(el('header', {}, el('h2', {}, t('drills.title')), can('supervisor', 'administrator')
      ? el('button', { type: 'button', class: 'primary', onclick: () => this.#ask() }, t('drills.begin')) : ''),
    el('p', { class: 'soft' }, t('drills.hint')), this.trouble, this.list);
    this.#again = setInterval(() => this.load(), AGAIN_MS);
  }

  disconnectedCallback() {
    clearInterval(this.#again);
  }

  open() {
    this.load();
  }

  async load() {
    try {
      this.#drills = (await get('/api/v1/drills?state=all')).drills;
      say(this.trouble, '');
    } catch (refusal) {
      say(this.trouble, refusal.message);
    }
    if (this.#drills) this.#draw();
  }

  #draw() {
    redraw(this.list, this.#drills, () => this.#drills.length === 0 ? el('p', { class: 'none' }, t('drills.none'))
      : this.#drills.map((drill) => this.#card(drill)));
    tick(this);
  }

  #card(drill) {
    return el('article', { class: `drill ${drill.running ? 'running' : 'over'}` },
      el('header', {}, el('h3', {}, drill.running ? t('drills.running') : t('drills.over'), ' ', el('code', {}, drill.drill)),
        el('span', {}, t('drills.from', { at: timeOf(drill.started_at), by: drill.by })),
        drill.running ? el('span', {}, t('drills.left'), ' ', el('b', { 'data-due': Date.parse(drill.ends_at) })) : null,
        el('span', {}, t('drills.messages', { count: drill.messages }), drill.held_back > 0 ? el('b', { class: 'trouble' }, ' ', t('drills.held_back', { count: drill.held_back })) : null),
        drill.running && can('supervisor', 'administrator') ? el('button', { type: 'button', 'data-key': `end-${drill.drill}`, onclick: () => this.#end(drill) }, t('drills.end')) : null),
      drill.homes.map((home) => this.#home(home)));
  }

  #home(home) {
    const answered = home.accepted_after_s;
    return el('section', {}, el('h4', {}, can('dispatcher', 'supervisor') ? el('a', { href: `#/alert/${encodeURIComponent(home.alert)}` }, home.address || home.home) : home.address || home.home, ' ',
      answered === undefined ? el('span', { class: 'trouble' }, t('drills.nobody')) : el('span', { class: 'good' }, t('drills.accepted', { seconds: Math.round(answered) }))),
    home.people.length === 0 ? el('p', { class: 'soft' }, t('drills.nobody_rung')) : el('table', {}, el('thead', {}, el('tr', {}, ['who', 'role', 'channels', 'rung', 'reached', 'answer']
      .map((key) => el('th', { scope: 'col' }, t(`drills.head.${key}`))))), el('tbody', {}, home.people.map((person) => el('tr', {},
      el('th', { scope: 'row' }, person.name), el('td', {}, person.role_text ?? person.role), el('td', {}, person.channels.join(' ')),
      el('td', {}, person.rung_after_s === undefined ? '' : t('drills.after', { seconds: Math.round(person.rung_after_s) })),
      el('td', { class: person.reached }, t(`drills.reached.${person.reached}`)),
      el('td', { class: person.answer ? 'good' : null }, person.answer ? t('drills.answered', { answer: t(`drills.answer.${person.answer}`), seconds: Math.round(person.answered_after_s ?? 0) }) : t('drills.no_answer')))))));
  }

  #ask() {
    const id = `drill-${freshId().slice(0, 12)}`;
    const area = el('input', { name: 'area', required: true, maxlength: 64, autocomplete: 'off', value: me()?.area ?? '' });
    const body = (data, isDry) => ({ id, area: data.get('area').trim(), kind: data.get('kind'), homes: Number(data.get('homes')), minutes: Number(data.get('minutes')), dry_run: isDry,
      ...(data.get('home').trim() ? { home: data.get('home').trim() } : {}) });
    const plan = el('p', { role: 'status' });
    const dialog = open({
      title: t('drills.begin'),
      content: [el('p', { class: 'warn' }, t('drills.begin_hint')), field(t('drills.area'), area), field(t('drills.home'), el('input', { name: 'home', maxlength: 64, autocomplete: 'off' })),
        field(t('drills.kind'), el('select', { name: 'kind' }, KINDS.map((kind) => el('option', { value: kind }, t(`kind.${kind}`))))),
        field(t('drills.homes'), el('input', { type: 'number', name: 'homes', min: 1, max: 50, value: 1, required: true })),
        field(t('drills.minutes'), el('input', { type: 'number', name: 'minutes', min: 5, max: 240, value: 30, required: true })),
        el('p', {}, el('button', { type: 'button', onclick: async () => {
          try {
            const planned = await post('/api/v1/drills', body(new FormData(dialog.querySelector('form')), true));
            say(plan, t('drills.planned', { homes: planned.homes.join(t('list')), messages: planned.messages_max }));
          } catch (refusal) {
            say(plan, refusal.message);
          }
        } }, t('drills.plan'))), plan],
      label: t('drills.begin'),
      danger: true,
      done: async (data) => {
        await post('/api/v1/drills', body(data, false));
        await this.load();
      },
    });
  }

  async #end(drill) {
    try {
      await del(path`/api/v1/drills/${drill.drill}`);
    } catch (refusal) {
      say(this.trouble, refusal.message);
    }
    await this.load();
  }
}
customElements.define('room-drills', RoomDrills);
