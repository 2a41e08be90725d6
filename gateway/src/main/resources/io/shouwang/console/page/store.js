// What is open, as the gateway last said. Tells "change" at once, but at most every 50 ms, however many come.
import { get } from './api.js';
import { setClock, now } from './clock.js';
import { isIncident } from './order.js';
import { isLocked } from './session.js';

const LIMIT = 500;
const GATHER_MS = 50;

class Store extends EventTarget {
  alerts = new Map();
  incidents = [];
  exchanges = [];
  total = 0;
  isLoaded = false;
  #known = new Set(); // told as new; what a locked seat isn't shown is no news when it is again
  #gathering = null;
  #changedAt = -GATHER_MS;
  #counting = null;

  /** Asks for the whole list: at first, and when the feed can't say what was missed. */
  async load() {
    const [list, calls] = await Promise.all([
      get(`/api/v1/alerts?state=open&limit=${LIMIT}`), isLocked() ? null : get('/api/v1/calls').catch(() => null)]);
    setClock(list.as_of, list.zone);
    this.exchanges = calls?.exchanges ?? [];
    const isFirst = !this.isLoaded;
    const before = this.alerts;
    this.alerts = new Map(list.alerts.map((alert) => [alert.alert, received(alert)]));
    this.total = list.total;
    this.isLoaded = true;
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
  take(alert) {
    const isNew = !this.alerts.has(alert.alert);
    if (alert.state === 'closed') {
      this.#known.delete(alert.alert);
      if (this.alerts.delete(alert.alert)) this.total--;
    } else {
      this.alerts.set(alert.alert, received(alert));
      if (isNew) {
        this.total++;
        if (!this.#known.has(alert.alert)) this.#tell('new', alert);
        this.#known.add(alert.alert);
      }
    }
    this.#tell('alert', alert);
    this.#gather();
    if (this.incidents.length > 0 || isIncident(alert)) this.count();
  }

  /** Forgets what a locked seat may not show, and asks for what it may. */
  async mask() {
    this.alerts = new Map([...this.alerts].filter(([, alert]) => alert.severity === 'critical').map(([id, alert]) => [id, bare(alert)]));
    this.incidents = [];
    this.#gather();
    await this.load();
  }

  clear() {
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
      this.#changedAt = performance.now();
      this.dispatchEvent(new Event('change'));
    }, Math.max(0, this.#changedAt + GATHER_MS - performance.now()));
  }
}

/** Notes when a position was taken, for its age grows while it is shown. */
function received(alert) {
  if (alert.location) alert.location.taken_ms = now() - alert.location.age_s * 1000;
  return alert;
}

/** An alert without person, door and position. */
function bare({ elder, elders, location, why, ...rest }) {
  return { ...rest, why: '', home: { id: rest.home.id, area: rest.home.area } };
}

export { received };
export const store = new Store();
