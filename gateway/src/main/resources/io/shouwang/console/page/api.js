// Requests to the gateway. A refusal says in words what is wrong and what to do (RFC 9457).
import { credentials, noteLocked, noteOver, sitting } from './session.js';
import { language, t, word } from './words.js';
import { inSeconds } from './clock.js';

export class Refusal extends Error {
  /** type: the problem's one word. */
  constructor(text, status, type = '') {
    super(text);
    this.status = status;
    this.type = type;
  }
}

export const headers = (more = {}) => ({ ...credentials(), 'Accept-Language': language, ...more });

/** A path whose parts come from outside: path`/api/v1/alerts/${id}`. */
export function path(texts, ...parts) {
  return texts.reduce((whole, text, i) => whole + encodeURIComponent(parts[i - 1]) + text);
}

export async function refusalOf(response) {
  let problem;
  try {
    problem = await response.json();
  } catch {
    problem = {};
  }
  const type = String(problem.type ?? '').split(':').at(-1);
  const restS = Number(response.headers.get('Retry-After'));
  let text = word('problem', type.replaceAll('-', '_'));
  if (type === 'too-many-failures' && restS > 0) text = t('api.rest', { at: inSeconds(restS), seconds: restS });
  else if (text === type.replaceAll('-', '_')) text = [problem.title, problem.detail].filter(Boolean).join(t('colon'));
  return Object.assign(new Refusal(text || t('api.status', { status: response.status }), response.status, type), { problem });
}

async function ask(url, options) {
  const asked = sitting();
  let response;
  try {
    const late = AbortSignal.timeout(30_000);
    response = await fetch(url, { ...options, signal: options.signal ? AbortSignal.any([options.signal, late]) : late });
  } catch {
    throw new Refusal(t('api.unreachable'), 0);
  }
  if (!response.ok) {
    const refusal = await refusalOf(response);
    if (asked === sitting()) {
      if (refusal.type === 'seat-locked') noteLocked(true);
      if (refusal.status === 401) noteOver();
    }
    throw refusal;
  }
  return response.headers.get('Content-Type')?.includes('json') ? response.json() : null;
}

/** Asks; whoever doesn't want the answer any more says so by the signal. */
export const get = (url, signal) => ask(url, { headers: headers(), signal });

/** What if-match names must still be so; an absent body takes the thing away. */
export const change = (url, match, body) => ask(url, {
  method: body ? 'POST' : 'DELETE', headers: headers({ ...match, ...(body ? { 'Content-Type': 'application/json' } : {}) }),
  body: body && JSON.stringify(body) });

export const post = (url, body = {}) => ask(url, {
  method: 'POST', headers: headers({ 'Content-Type': 'application/json' }), body: JSON.stringify(body) });

export const del = (url) => ask(url, { method: 'DELETE', headers: headers() });

/** A name of our own for what we send: sent twice, it is done once. */
export function freshId() {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
