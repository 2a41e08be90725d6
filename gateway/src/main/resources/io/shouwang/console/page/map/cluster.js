// Many alerts at one place become one mark: those whose marks would cover one another on the screen.
import { byUrgency } from '../order.js';
import { distance } from './geo.js';

const WIDE_PX = 88;
const HIGH_PX = 40;
const FRESH_MS = 30 * 60_000;
const HOME_M = 150;

/** Where an alert is drawn: at the last fix when that is fresh and not the home, else at the home; null when nobody knows. */
export function placeOf(alert, time) {
  const { home_at: home, location: fix } = alert;
  const isFresh = fix && time - fix.taken_ms < FRESH_MS;
  if (fix && (!home || (isFresh && distance(home, fix) > Math.max(HOME_M, fix.accuracy_m ?? 0)))) {
    return { lat: fix.lat, lon: fix.lon, byFix: true };
  }
  return home ? { lat: home.lat, lon: home.lon, byFix: false } : null;
}

/**
 * Gathers placed alerts, { alert, at }, by their points on the screen, project(at). The most urgent
 * gets its own place and takes in its neighbours, so that marks stay where they are while lesser ones come and go.
 */
export function gather(placed, project) {
  const cells = new Map();
  const clusters = [];
  for (const one of [...placed].sort((a, b) => byUrgency(a.alert, b.alert))) {
    const point = project(one.at);
    const near = neighbours(cells, point).find(({ point: { x, y } }) => Math.abs(x - point.x) < WIDE_PX && Math.abs(y - point.y) < HIGH_PX);
    if (near) {
      near.members.push(one);
      continue;
    }
    const cluster = { point, at: one.at, members: [one] };
    clusters.push(cluster);
    const key = keyOf(Math.floor(point.x / WIDE_PX), Math.floor(point.y / HIGH_PX));
    cells.set(key, [...cells.get(key) ?? [], cluster]);
  }
  return clusters;
}

const keyOf = (column, row) => `${column}:${row}`;

function neighbours(cells, { x, y }) {
  const found = [];
  for (let column = -1; column <= 1; column++) {
    for (let row = -1; row <= 1; row++) {
      found.push(...cells.get(keyOf(Math.floor(x / WIDE_PX) + column, Math.floor(y / HIGH_PX) + row)) ?? []);
    }
  }
  return found;
}
