// What hangs on the wall: read from five metres, touched by nobody, on for weeks. Areas and buildings, no names, no doors.
import { arrange, el, say } from '../dom.js';
import { get } from '../api.js';
import { now, setClock, span, timeOf } from '../clock.js';
import { learn, t } from '../words.js';
import { en, zh } from './words.js';

learn({ zh, en });

const ASK_MS = 3_000;
const LOST_MS = 15_000;
const SHOWN = 10;

class RoomWall extends HTMLElement {
  #timer = null;
  #heardAt = Date.now();
  #asking = false;
  #wall = null;
  #refusal = '';
  #awake = null;

  connectedCallback() {
    this.#timer ??= setInterval(() => this.#tick(), 1_000);
    if (this.firstChild) return;
    this.clock = el('p', { class: 'wall-clock' });
    this.count = el('p', { class: 'wall-count' });
    this.oldest = el('p', { class: 'wall-oldest' });
    this.rest = el('p', { class: 'wall-rest' });
    this.flood = el('p', { class: 'wall-flood' });
    this.heading = el('h1', {});
    this.list = el('ol', { class: 'wall-alarms' });
    this.more = el('p', { class: 'wall-more' });
    this.lost = el('div', { class: 'wall-lost', role: 'alert', hidden: true }, el('p', {}), el('p', {}));
    this.append(this.lost, el('header', {}, this.clock, this.flood, el('a', { class: 'wall-leave', href: '#/' }, t('wall.leave'))),
      el('div', { class: 'wall-halves' }, el('section', { class: 'wall-left', role: 'status' }, this.count, el('p', { class: 'wall-word' }, t('wall.unanswered')), this.oldest, this.rest),
        el('section', { class: 'wall-right' }, this.heading, this.list, this.more)));
  }

  disconnectedCallback() {
    clearInterval(this.#timer);
    this.#timer = null;
    this.#awake?.release?.().catch(() => {});
    this.#awake = null;
  }

  open(parts, query) {
    this.classList.toggle('light', query.get('light') === '1');
    this.area = query.get('area');
    this.#heardAt = Date.now();
    this.#stayAwake();
    this.#ask();
  }

  /** A screen that sleeps shows nothing; where the browser can't be asked, the machine's settings must do. */
  async #stayAwake() {
    try {
      this.#awake = await navigator.wakeLock?.request('screen');
    } catch {
      this.#awake = null;
    }
  }

  #beat = 0;

  #tick() {
    this.#beat++;
    if (this.#beat % (ASK_MS / 1_000) === 0) this.#ask();
    if (!this.#awake && this.#beat % 60 === 0 && !document.hidden) this.#stayAwake();
    this.#draw();
  }

  async #ask() {
    if (this.#asking) return;
    this.#asking = true;
    try {
      const wall = await get(`/api/v1/wall${this.area ? `?area=${encodeURIComponent(this.area)}` : ''}`);
      setClock(wall.as_of, wall.zone);
      this.#wall = wall;
      this.#refusal = '';
      this.#heardAt = Date.now();
    } catch (refusal) {
      this.#refusal = refusal.status === 401 || refusal.status === 403 ? refusal.message : '';
    } finally {
      this.#asking = false;
    }
    this.#draw();
  }

  #draw() {
    say(this.clock, timeOf(now()));
    const silentMs = Date.now() - this.#heardAt;
    const isLost = silentMs > LOST_MS;
    this.lost.hidden = !isLost;
    if (isLost) {
      say(this.lost.firstChild, t(this.#refusal ? 'wall.refused' : 'wall.lost'));
      say(this.lost.lastChild, this.#refusal || t('wall.lost_since', { at: timeOf(now() - silentMs) }));
    }
    if (this.#wall) this.#drawWall(this.#wall);
  }

  #drawWall(wall) {
    this.classList.toggle('some', wall.unanswered > 0);
    say(this.count, String(wall.unanswered));
    say(this.oldest, wall.oldest_at ? `${t('wall.oldest')} ${span(now() - Date.parse(wall.oldest_at))}` : t('wall.none'));
    say(this.rest, [t('wall.in_hand', { count: wall.in_hand }), wall.exercises > 0 ? t('wall.exercises', { count: wall.exercises }) : '']
      .filter(Boolean).join(' · '));
    this.flood.classList.toggle('on', wall.flood.on);
    say(this.flood, wall.flood.on ? `≋ ${t('wall.flood', { count: wall.flood.in_10_min, at: timeOf(wall.flood.since) })}`
      : t('wall.calm', { count: wall.flood.in_10_min }));
    say(this.heading, wall.alarms > 0 ? t('wall.alarms', { count: wall.alarms }) : t('wall.no_alarms'));
    const shown = wall.shown.slice(0, SHOWN).map((one, i) => ({ ...one, row: i }));
    arrange(this.list, shown, (one) => one.row, makeRow, drawRow); // rows are kept: nothing is left behind in weeks
    const more = wall.alarms - shown.length;
    this.more.hidden = more <= 0;
    if (more > 0) say(this.more, t('wall.more', { count: more }));
  }
}

function makeRow() {
  const row = el('li', {});
  row.cells = ['kind', 'where', 'state', 'age'].map((name) => el('span', { class: `wall-${name}` }));
  row.append(...row.cells);
  return row;
}

function drawRow(row, one) {
  row.className = one.state;
  const [kind, where, state, age] = row.cells;
  say(kind, `${one.state === 'ringing' ? '▲' : '◇'} ${one.text}`);
  say(where, [one.building, one.area_name].filter(Boolean).join(' · ') || t('wall.somewhere'));
  say(state, one.state === 'ringing' ? '' : one.state_text); // ringing is what the sign and the colour say
  say(age, span(now() - Date.parse(one.raised_at)));
}
customElements.define('room-wall', RoomWall);
