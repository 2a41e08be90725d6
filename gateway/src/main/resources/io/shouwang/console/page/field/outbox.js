// What was tapped and isn't acknowledged yet, kept on the phone until it is. Ids only: no name, no note.
import { headers } from '../api.js';
import { me } from '../session.js';
import { t } from '../words.js';

const KEPT = 'shouwang-outbox';
const MOST = 50;
const SEND_MS = 20_000;
const REST_MS = [2_000, 4_000, 8_000, 15_000, 30_000];
const LOCKED = /:(seat-locked|password-not-yours)$/;

/** Tells one account of this phone from another without keeping its name. */
function owner() {
  const who = me();
  let sum = 2166136261;
  for (const letter of who && who.user ? who.user : '') sum = Math.imul(sum ^ letter.codePointAt(0), 16777619) >>> 0;
  return sum.toString(16);
}

class Outbox extends EventTarget {
  constructor() {
    super();
    this.memory = []; // what stands in for the phone's own memory where that may not be used
    this.notes = new Map();
    this.refused = new Map();
    this.done = new Map();
    this.rests = 0;
    this.isSending = false;
    this.timer = null;
    addEventListener('online', () => this.hurry());
    document.addEventListener('visibilitychange', () => { if (!document.hidden) this.hurry(); });
  }

  /** All that waits, oldest first, whoever tapped it. */
  all() {
    try {
      const kept = JSON.parse(localStorage.getItem(KEPT) || '[]');
      return Array.isArray(kept) ? kept.filter((one) => one && one.id && one.url).slice(0, MOST) : [];
    } catch {
      return this.memory;
    }
  }

  keep(entries) {
    this.memory = entries;
    try {
      localStorage.setItem(KEPT, JSON.stringify(entries));
    } catch {
      // The page itself remembers, until it is closed.
    }
    this.dispatchEvent(new Event('change'));
  }

  mine() {
    const own = owner();
    return this.all().filter((one) => one.owner === own);
  }

  /** What somebody else tapped on this phone, and nobody sent. */
  foreign() {
    return this.all().length - this.mine().length;
  }

  /**
   * Takes a tap: { id, url, body, note, about, what, holdMs }. False when too much waits already; then
   * somebody must be told by telephone.
   */
  put(tap) {
    const all = this.all();
    if (all.length >= MOST) return false;
    const { note, holdMs = 0, ...rest } = tap;
    if (note) this.notes.set(tap.id, note);
    this.done.delete(tap.about);
    this.keep([...all, { ...rest, noted: Boolean(note), owner: owner(), tapped: Date.now(), hold: Date.now() + holdMs }]);
    this.hurry();
    return true;
  }

  /** Takes a tap back; false when it is on its way already. */
  undo(id) {
    const all = this.all();
    const one = all.find((each) => each.id === id);
    if (!one || one.hold <= Date.now()) return false;
    this.notes.delete(id);
    this.keep(all.filter((each) => each !== one));
    return true;
  }

  drop(id) {
    this.notes.delete(id);
    this.refused.delete(id);
    this.keep(this.all().filter((each) => each.id !== id));
  }

  dropForeign() {
    this.keep(this.mine());
  }

  /** How it stands with what was last tapped about an alert or an elder; null when nothing was. */
  standing(about) {
    const one = this.mine().reverse().find((each) => each.about === about);
    if (!one) return this.done.get(about) || null;
    const reason = this.refused.get(one.id);
    if (reason) return { state: 'refused', what: one.what, id: one.id, reason };
    return { state: one.hold > Date.now() ? 'held' : 'waiting', what: one.what, id: one.id, tapped: one.tapped };
  }

  hurry() {
    this.rests = 0;
    this.pump();
  }

  async pump() {
    clearTimeout(this.timer);
    if (this.isSending) return;
    this.isSending = true;
    try {
      for (let one = this.next(); one; one = this.next()) {
        if (!await this.send(one)) {
          this.later(REST_MS[Math.min(this.rests, REST_MS.length - 1)]);
          this.rests += 1;
          return;
        }
        this.rests = 0;
      }
      const held = this.mine().filter((one) => !this.refused.has(one.id)).map((one) => one.hold - Date.now());
      if (held.length > 0) this.later(Math.max(50, Math.min(...held) + 20));
    } finally {
      this.isSending = false;
    }
  }

  later(ms) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.pump(), ms);
  }

  /** Answers to alerts before all else. */
  next() {
    const ready = this.mine().filter((one) => one.hold <= Date.now() && !this.refused.has(one.id));
    return ready.find((one) => one.body.reply || one.body.home) || ready[0];
  }

  /** Whether the next may be sent; false to try this one again a little later, under its own name. */
  async send(one) {
    const note = this.notes.get(one.id);
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), SEND_MS);
    let response;
    let problem = null;
    try {
      response = await fetch(one.url, { method: 'POST', headers: headers({ 'Content-Type': 'application/json' }),
        body: JSON.stringify({ ...sent(one), id: one.id, ...(note ? { note } : {}) }), signal: stop.signal });
      if (!response.ok) problem = await response.json().catch(() => ({}));
    } catch {
      return false;
    } finally {
      clearTimeout(timer);
    }
    const { status } = response;
    if (response.ok) {
      this.done.set(one.about, { state: 'done', what: one.what, at: Date.now(), lacksNote: one.noted && !note, body: one.body });
      this.drop(one.id);
      this.dispatchEvent(new Event('sent'));
      return true;
    }
    const isHopeless = status >= 400 && status < 500 && ![401, 408, 425, 429].includes(status)
      && !LOCKED.test(problem.type || '');
    if (!isHopeless) return false;
    this.refused.set(one.id, [problem.title, problem.detail].filter(Boolean).join(t('colon')) || t('api.status', { status }));
    this.dispatchEvent(new Event('change'));
    return true;
  }
}

/** Who said "ten minutes" four minutes ago comes in six. */
function sent({ body, tapped }) {
  if (!body.eta_min) return body;
  return { ...body, eta_min: Math.max(1, body.eta_min - Math.floor((Date.now() - tapped) / 60_000)) };
}

export const outbox = new Outbox();
