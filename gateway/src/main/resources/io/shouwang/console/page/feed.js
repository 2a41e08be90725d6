// The live feed: comes back by itself, and says how long nothing was heard.
import { headers, refusalOf } from './api.js';
import { readEvents } from './events.js';
import { noteLocked, noteOver, sitting } from './session.js';
import { store } from './store.js';

const LOST_AFTER_MS = 20_000; // the gateway gives a sign of life every 15 s
const RETRY_MS = 2_000;

class Feed extends EventTarget {
  #run = 0; // rises when somebody leaves, so that an older loop stops
  #lastEventId = null;
  #heardAt = 0;
  #isLive = false;

  constructor() {
    super();
    setInterval(() => this.#look(), 1_000);
  }

  /** live, waiting (for less than 20 s) or lost. */
  get state() {
    if (this.#run === 0 || (this.#isLive && Date.now() - this.#heardAt <= LOST_AFTER_MS)) return 'live';
    return Date.now() - this.#heardAt > LOST_AFTER_MS ? 'lost' : 'waiting';
  }

  get silentMs() {
    return Date.now() - this.#heardAt;
  }

  stop() {
    this.#run = 0;
    this.#lastEventId = null;
  }

  /** Watches, unless it does. */
  async start() {
    if (this.#run !== 0) return;
    const mine = this.#run = Date.now() + Math.random();
    this.#heardAt = Date.now();
    while (mine === this.#run) {
      await this.#watch(mine);
      this.#isLive = false;
      if (mine !== this.#run) return;
      this.#look();
      await new Promise((done) => { setTimeout(done, RETRY_MS); });
    }
  }

  async #watch(mine) {
    const stop = new AbortController();
    const opened = Date.now();
    const asked = sitting();
    const guard = setInterval(() => {
      if (mine !== this.#run || Date.now() - Math.max(opened, this.#heardAt) > LOST_AFTER_MS) stop.abort();
    }, 1_000);
    try {
      const more = this.#lastEventId ? { 'Last-Event-ID': this.#lastEventId } : {};
      const response = await fetch('/api/v1/stream', { headers: headers(more), signal: stop.signal });
      if (response.status === 401 || response.status === 403) {
        const refusal = await refusalOf(response);
        if (mine === this.#run && asked === sitting()) this.#refused(refusal);
        return;
      }
      if (!response.ok) return;
      for await (const event of readEvents(response.body, () => this.#heard())) {
        if (mine !== this.#run) return;
        if (event.type === 'reset') await store.load();
        else if (event.type === 'alert') store.take(JSON.parse(event.data));
        else if (event.type === 'seat') noteLocked(JSON.parse(event.data).locked);
        if (event.id) this.#lastEventId = event.id; // only now: what failed is asked for again
      }
    } catch {
      // Whatever the cause, the page is no longer live, which #look tells.
    } finally {
      clearInterval(guard);
      stop.abort();
    }
  }

  #refused(refusal) {
    this.stop();
    if (refusal.status === 401) noteOver();
    else this.dispatchEvent(new CustomEvent('refused', { detail: refusal }));
  }

  #heard() {
    this.#heardAt = Date.now();
    this.#isLive = true;
    this.#look();
  }

  #look() {
    this.dispatchEvent(new Event('state'));
  }
}

export const feed = new Feed();
