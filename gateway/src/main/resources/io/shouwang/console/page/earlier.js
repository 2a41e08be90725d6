// What was in this home before, and how each ended.
import { el } from './dom.js';
import { get, path } from './api.js';
import { dateOf, timeOf } from './clock.js';
import { MARKS } from './order.js';
import { t } from './words.js';

const SHOWN = 8;

/** The earlier alerts of a home; null for one that isn't in the registry. */
export async function earlierOf(home) {
  if (!home.area) return null;
  try {
    return await get(`${path`/api/v1/homes/${home.id}/alerts`}?limit=${SHOWN + 1}`);
  } catch (refusal) {
    if (refusal.status === 404 || refusal.status === 403) return null;
    throw refusal;
  }
}

export function drawEarlier(earlier, than) {
  if (!earlier) return null;
  const others = earlier.earlier.filter((one) => one.alert !== than).slice(0, SHOWN);
  const since = earlier.known_since ? t('earlier.since', { date: dateOf(earlier.known_since) }) : '';
  if (others.length === 0) return el('p', { class: 'soft' }, since ? t('earlier.none_since', { date: dateOf(earlier.known_since) }) : t('earlier.none'));
  return [el('ul', { class: 'others' }, others.map((one) => el('li', {},
    el('a', { href: `#/alert/${encodeURIComponent(one.alert)}` }, `${MARKS[one.severity] ?? ''} ${one.text.kind}`), ' ',
    el('span', { class: 'soft' }, [dateOf(one.raised_at), timeOf(one.raised_at), one.closed?.text, one.closed?.name].filter(Boolean).join(' · '))))),
  since ? el('p', { class: 'soft' }, since) : null];
}
