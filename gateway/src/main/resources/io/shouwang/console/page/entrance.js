// Coming in, going out, and keeping one's seat: what is asked of the gateway about who sits here.
import { del, get, post } from './api.js';
import { now, setClock } from './clock.js';
import { hasAccount, hasToken, isByHand, isLocked, leave, me, noteLocked, take } from './session.js';

const KEEP_MS = 30_000;

/** Asks who sits here; a refusal when nobody does. */
export async function recognize() {
  const who = await get('/api/v1/session');
  setClock(who.as_of, who.zone);
  take(who);
}

/** Logs in; the password that somebody else gave out is good for choosing another only. */
export async function login(user, password, code) {
  const who = await post('/api/v1/session', { user, password, ...(code ? { code } : {}) });
  setClock(who.as_of, who.zone);
  take(who);
}

export async function unlock(password, code) {
  await post('/api/v1/session/reauthenticate', { password, ...(code ? { code } : {}) });
  await recognize();
}

export async function lock() {
  await post('/api/v1/session/lock');
  noteLocked(true);
}

/** Goes. A refusal when the gateway didn't hear of it: then this browser is logged in still. */
export async function logout() {
  try {
    if (hasAccount() && !hasToken()) await del('/api/v1/session');
  } catch (refusal) {
    if (refusal.status !== 401) throw refusal;
  } finally {
    leave();
  }
}

/** A one-time token in the address, taken out of it at once; empty when there is none. */
export function takeSetupToken() {
  const given = location.hash.match(/^#\/setup\/(.+)$/)?.[1] ?? '';
  if (given) history.replaceState(null, '', '#/setup');
  return given.trim();
}

/** Who works at the page keeps the seat; and a seat that locks by itself says so when its time has come. */
setInterval(() => {
  if (!hasAccount() || isLocked()) return;
  if (isByHand() || now() >= Date.parse(me().locks_at)) recognize().catch(() => {}); // what is wrong, the live feed tells
}, KEEP_MS);
