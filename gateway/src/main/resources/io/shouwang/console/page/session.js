// Who sits here: somebody with an account, whose cookie no script can read, or whoever came with a token, kept for this tab alone.
const TOKEN = 'shouwang-token';
const HAND_MS = 60_000;
let token = sessionStorage.getItem(TOKEN);
let known = null;
let ended = false;
let sittings = 0;
let handAt = 0; // when a hand was last at this page

for (const type of ['pointerdown', 'keydown', 'wheel', 'touchmove']) {
  addEventListener(type, () => { handAt = Date.now(); }, { capture: true, passive: true });
}

/** Tells "changed": another sits here, or the seat was locked or unlocked; and "over" when it ended. */
export const session = new EventTarget();

/** { user, name, roles, area, area_names, source: 'account' or 'token', locked, … }; null while nobody sits here. */
export const me = () => known;

/** Whether whoever sits here has one of these roles; with none named, whether anybody does. */
export const can = (...roles) => known !== null && (roles.length === 0 || roles.some((role) => known.roles.includes(role)));

/** Whether the alerts of an area are theirs to see: only then is there a queue, and a sound. */
export const hears = () => can('dispatcher', 'supervisor');

export const hasAccount = () => known?.source === 'account';
export const hasToken = () => token !== null;
export const isLocked = () => ended || known?.locked === true;

/** Whether the seat was ended from elsewhere: whoever sits here must log in anew. */
export const isOver = () => ended;

export const isByHand = () => Date.now() - handAt < HAND_MS;

/** Rises when another sits here, or the same one anew: an answer to what was asked before says nothing of this seat. */
export const sitting = () => sittings;

/** What a request carries to say who asks; a cookie goes by itself, and wants to know whether a hand is here. */
export function credentials() {
  return token === null ? { 'X-Shouwang': isByHand() ? 'hand' : 'page' } : { Authorization: `Bearer ${token}` };
}

/** Takes the gateway's word for who sits here. */
export function take(who) {
  const before = shown();
  if (ended || (known && (known.user !== who.user || (known.locked && !who.locked)))) sittings++;
  known = { locked: false, glass: [], ...who };
  ended = false;
  if (shown() !== before) session.dispatchEvent(new Event('changed'));
}

/** What a change of is worth telling; the times change all the while. */
const shown = () => JSON.stringify({ ...known, as_of: '', locks_at: '', ended });

/** Comes with a token; false for a text that no header can carry. */
export function useToken(text) {
  if (!/^[\x21-\x7e]+$/.test(text)) return false;
  token = text;
  sessionStorage.setItem(TOKEN, text);
  return true;
}

/** Notes what an answer or the live feed said of this seat. */
export function noteLocked(locked) {
  if (known === null || known.locked === locked) return;
  if (!locked) sittings++;
  known = { ...known, locked };
  session.dispatchEvent(new Event('changed'));
}

/** The gateway knows nobody here any more. */
export function noteOver() {
  if (known === null || ended) return;
  ended = hasAccount();
  session.dispatchEvent(new Event(ended ? 'changed' : 'over'));
}

/** Nobody sits here. */
export function leave() {
  sittings++;
  token = known = null;
  ended = false;
  sessionStorage.removeItem(TOKEN);
}
