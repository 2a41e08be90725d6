// Requests to the gateway. A refusal says in words what is wrong and what to do (RFC 9457).
import { credentials } from './session.js';
import { language, t } from './words.js';

export class Refusal extends Error {
  constructor(text, status) {
    super(text);
    this.status = status;
  }
}

export const headers = (more = {}) => ({ ...credentials(), 'Accept-Language': language, ...more });

/** A path whose parts come from outside: path`/api/v1/alerts/${id}`. */
export function path(texts, ...parts) {
  return texts.reduce((whole, text, i) => whole + encodeURIComponent(parts[i - 1]) + text);
}

export async function refusalOf(response) {
  let text;
  let problem = null;
  try {
    problem = await response.json();
    text = [problem.title, problem.detail].filter(Boolean).join(t('colon'));
  } catch {
    text = '';
  }
  return Object.assign(new Refusal(text || t('api.status', { status: response.status }), response.status), { problem });
}

async function ask(url, options) {
  let response;
  try {
    response = await fetch(url, { ...options, signal: AbortSignal.timeout(30_000) });
  } catch {
    throw new Refusal(t('api.unreachable'), 0);
  }
  if (!response.ok) throw await refusalOf(response);
  return response.json();
}

export const get = (url) => ask(url, { headers: headers() });

/** What if-match names must still be so; an absent body takes the thing away. */
export const change = (url, match, body) => ask(url, {
  method: body ? 'POST' : 'DELETE', headers: headers({ ...match, ...(body ? { 'Content-Type': 'application/json' } : {}) }),
  body: body && JSON.stringify(body) });

export const post = (url, body) => ask(url, {
  method: 'POST', headers: headers({ 'Content-Type': 'application/json' }), body: JSON.stringify(body) });

/** A name of our own for what we send: sent twice, it is done once. */
export function freshId() {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
