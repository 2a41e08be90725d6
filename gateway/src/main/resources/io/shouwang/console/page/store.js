// What is open, as the gateway last said. Tells "change" at once, but at most every 50 ms, however many come.
import { get } from './api.js';
import { setClock, now } from './clock.js';
import { isIncident } from './order.js';
import { isLocked } from './session.js';

const LIMIT = 500;
const GATHER_MS = 50;
const AGAIN_MS = 2_000;

class Store extends EventTarget {
  alerts = new Map();
  incidents = [];
  exchanges = [];
  total = 0;
  isLoaded = false;
  #known = new Set(); // told as new; what a locked seat isn't shown is no news when it is again
  #gathering = null;
  #asks = 0;
  #latest = null; // the latest asking for the list
  #since = null; // what the feed said of each alert while it was under way
  #insists = 0;
  #changedAt = -GATHER_MS;
  #counting = null;

  /** Asks for the whole list: at first, and when the feed can't say what was missed. An answer that a later asking overtook isn't taken. */
  load() {
    this.#since = new Map();
    this.#latest = this.#ask(++this.#asks);
    return this.#latest;
  }

  /** Asks until there is an answer: the feed doesn't tell again what was let go of. */
  async insist() {
    const mine = ++this.#insists;
    while (mine === this.#insists) {
      try {
        await this.load();
        return;
      } catch {
        await new Promise((done) => { setTimeout(done, AGAIN_MS); });
      }
    }
  }

  async #ask(mine) {
    const [list, calls] = await Promise.all([get(`/api/v1/alerts?state=open&limit=${LIMIT}`).catch((refusal) => {
      if (mine === this.#asks) this.#since = null;
      throw refusal;
    }), isLocked() ? null : get('/api/v1/calls').catch(() => null)]);
    if (mine !== this.#asks) {
      await this.#latest;
      return;
    }
    setClock(list.as_of, list.zone);
    this.exchanges = calls?.exchanges ?? [];
    const isFirst = !this.isLoaded;
    const before = this.alerts;
    this.alerts = new Map(list.alerts.map((alert) => [alert.alert, received(alert)]));
    this.total = list.total;
    this.isLoaded = true;
    for (const alert of this.#since.values()) this.#put(alert); // it may be later than the list; if not, the feed goes on to what is
    this.#since = null;
    for (const alert of this.alerts.values()) {
      if (!isFirst && !before.has(alert.alert) && !this.#known.has(alert.alert)) this.#tell('new', alert);
      this.#known.add(alert.alert);
    }
    if (isFirst) this.dispatchEvent(new Event('first'));
    for (const id of new Set([...before.keys(), ...this.alerts.keys()])) this.#tell('alert', { alert: id });
    this.#gather();
    this.count();
  }

  /** Takes one change of the feed. */
  take(told) {
    const alert = isLocked() ? bare(told) : told;
    this.#since?.set(alert.alert, alert);
    const isNew = this.#put(alert);
    if (alert.state === 'closed') this.#known.delete(alert.alert);
    else if (isNew) {
      if (!this.#known.has(alert.alert)) this.#tell('new', alert);
      this.#known.add(alert.alert);
    }
    this.#tell('alert', alert);
    this.#gather();
    if (this.incidents.length > 0 || isIncident(alert)) this.count();
  }

  /** Whether it is there now and was not before. */
  #put(alert) {
    if (alert.state === 'closed') {
      if (this.alerts.delete(alert.alert)) this.total--;
      return false;
    }
    const isNew = !this.alerts.has(alert.alert);
    this.alerts.set(alert.alert, received(alert));
    if (isNew) this.total++;
    return isNew;
  }

  /** Forgets what a locked seat may not show, and asks for what it may. */
  async mask() {
    this.alerts = new Map([...this.alerts].filter(([, alert]) => alert.severity === 'critical').map(([id, alert]) => [id, bare(alert)]));
    this.incidents = [];
    this.#gather();
    await this.insist();
  }

  clear() {
    this.#asks++;
    this.#insists++;
    this.#latest = null;
    this.alerts.clear();
    this.#known.clear();
    this.incidents = [];
    this.total = 0;
    this.isLoaded = false;
    this.#gather();
  }

  /** Asks for the head-counts a little later, once for all that ask meanwhile. */
  count() {
    this.#counting ??= setTimeout(async () => {
      this.#counting = null;
      if (isLocked()) return;
      try {
        this.incidents = (await get('/api/v1/incidents')).incidents;
        this.#gather();
      } catch {
        // The next change asks again; until then the last count stands with its time.
      }
    }, 1_000);
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  #gather() {
    this.#gathering ??= setTimeout(() => {
      this.#gathering = null;
      this.dispatchEvent(new Event('change'));
      this.#changedAt = performance.now(); // after it was drawn: a slow page must come to rest
    }, Math.max(0, this.#changedAt + GATHER_MS - performance.now()));
  }
}

/** Notes when a position was taken, for its age grows while it is shown. */
function received(alert) {
  if (alert.location) alert.location.taken_ms ??= now() - alert.location.age_s * 1000;
  return alert;
}

/** An alert without person, door and position. */
function bare({ elder, elders, location, why, ...rest }) {
  return { ...rest, why: '', home: { id: rest.home.id, area: rest.home.area } };
}

export { received };
export const store = new Store();
