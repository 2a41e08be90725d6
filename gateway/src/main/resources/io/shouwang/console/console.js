// The live page of open alerts. Text from outside only ever becomes a text node.
import { readEvents } from '/events.js';
import { words } from '/words.js';

const LOST_AFTER_MS = 20_000;
const RETRY_MS = 2_000;
const TOKEN = 'shouwang-token';
const SEVERITIES = ['critical', 'major', 'minor'];
const MARKS = { critical: '▲', major: '◆', minor: '●' };

const byId = (id) => document.getElementById(id);
const alerts = new Map(); // open alerts, as last told
const opened = new Map(); // alert id -> its timeline, while shown
const said = new Map(); // alert id -> what went wrong with the last reply
let token = sessionStorage.getItem(TOKEN);
let lastEventId = null;
let lastHeardAt = 0;
let clockAheadMs = 0; // ours, compared with the gateway's
let run = 0; // rises when the token changes, so that an older feed stops

function node(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'class') made.className = value;
    else if (name.startsWith('on')) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null).map(
    (child) => (child instanceof Node ? child : document.createTextNode(String(child)))));
  return made;
}

function headers(more = {}) {
  return { Authorization: `Bearer ${token}`, 'Accept-Language': words.language, ...more };
}

async function problemOf(response) {
  try {
    const problem = await response.json();
    return problem.detail || problem.title;
  } catch {
    return `HTTP ${response.status}`;
  }
}

// --- entering and leaving

function showEntry(refusal) {
  run++;
  token = null;
  sessionStorage.removeItem(TOKEN);
  alerts.clear();
  opened.clear();
  said.clear();
  lastEventId = null;
  byId('queue').replaceChildren();
  for (const id of ['queue', 'none', 'lost', 'leave']) byId(id).hidden = true;
  byId('counts').textContent = '';
  byId('enter').hidden = false;
  byId('refused').textContent = refusal || '';
  byId('token').focus();
}

byId('enter').addEventListener('submit', (event) => {
  event.preventDefault();
  token = byId('token').value.trim();
  byId('token').value = '';
  sessionStorage.setItem(TOKEN, token);
  watch();
});
byId('leave').addEventListener('click', () => showEntry());

// --- the feed

async function loadList() {
  const response = await fetch('/api/v1/alerts?state=open&limit=500', { headers: headers() });
  if (!response.ok) throw Object.assign(new Error(), { response });
  const list = await response.json();
  clockAheadMs = Date.now() - Date.parse(list.as_of);
  timeOfDay = clockFace(list.zone);
  alerts.clear();
  for (const alert of list.alerts) alerts.set(alert.alert, alert);
  for (const id of [...opened.keys()]) {
    if (alerts.has(id)) await loadTimeline(id);
    else opened.delete(id);
  }
  draw();
}

async function take(event) {
  if (event.id) lastEventId = event.id;
  if (event.type === 'reset') {
    await loadList();
  } else if (event.type === 'alert') {
    const alert = JSON.parse(event.data);
    if (alert.state === 'closed') {
      alerts.delete(alert.alert);
      opened.delete(alert.alert);
      said.delete(alert.alert);
    } else {
      alerts.set(alert.alert, alert);
      if (opened.has(alert.alert)) await loadTimeline(alert.alert);
    }
    draw();
  }
}

function heard() {
  lastHeardAt = Date.now();
  byId('lost').hidden = true;
}

async function watch() {
  const mine = ++run;
  byId('enter').hidden = true;
  byId('leave').hidden = false;
  byId('queue').hidden = false;
  while (mine === run) {
    const stop = new AbortController();
    const guard = setInterval(() => {
      if (mine !== run || Date.now() - lastHeardAt > LOST_AFTER_MS) stop.abort();
    }, 1_000);
    try {
      lastHeardAt = Date.now();
      const more = lastEventId ? { 'Last-Event-ID': lastEventId } : {};
      const response = await fetch('/api/v1/stream', { headers: headers(more), signal: stop.signal });
      if (response.status === 401 || response.status === 403) {
        if (mine === run) showEntry(response.status === 401 ? words.refused : words.noRole);
        return;
      }
      if (!response.ok) throw new Error(await problemOf(response));
      for await (const event of readEvents(response.body, heard)) {
        if (mine !== run) break;
        await take(event);
      }
    } catch {
      // Told below: whatever the cause, the page is no longer live.
    } finally {
      clearInterval(guard);
      stop.abort();
    }
    if (mine !== run) return;
    showLost();
    await new Promise((done) => setTimeout(done, RETRY_MS));
  }
}

function showLost() {
  byId('lost').textContent = words.lost;
  byId('lost').hidden = false;
}

// --- what is seen

const now = () => Date.now() - clockAheadMs;

function span(ms) {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const two = (n) => String(n).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

// The gateway's civil time, in which its texts are worded too.
const clockFace = (timeZone) => new Intl.DateTimeFormat(words.language, {
  hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23', timeZone });
let timeOfDay = clockFace();

function order(a, b) {
  return SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity)
    || (a.state === 'ringing' ? 0 : 1) - (b.state === 'ringing' ? 0 : 1)
    || Date.parse(a.raised_at) - Date.parse(b.raised_at);
}

function draw() {
  const focused = document.activeElement?.dataset?.key;
  const chosen = new Map([...document.querySelectorAll('select[data-key]')]
    .map((select) => [select.dataset.key, select.value]));
  const queue = [...alerts.values()].sort(order);
  byId('queue').replaceChildren(...queue.map(card));
  byId('none').hidden = queue.length > 0;
  byId('none').textContent = words.none;
  const ringing = queue.filter((alert) => alert.state === 'ringing').length;
  byId('counts').textContent = words.counts(ringing, queue.length);
  document.title = (ringing > 0 ? `(${ringing}) ` : '') + '守望 Shouwang';
  for (const select of document.querySelectorAll('select[data-key]')) {
    if (chosen.has(select.dataset.key)) select.value = chosen.get(select.dataset.key);
  }
  if (focused) document.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
  tick();
}

function who(alert) {
  const people = alert.elder ? [alert.elder] : alert.elders || [];
  const named = people.map((one) => (one.name || one.id)
    + (one.age === undefined ? '' : words.age(one.age)));
  return named.length > 0 ? named.join(words.and) : words.unknown;
}

function where(alert) {
  const home = alert.home || {};
  return [home.address || words.unregistered(home.id), home.phone, home.access]
    .filter(Boolean).join(' · ');
}

function coming(alert) {
  return (alert.coming || []).map((one) => {
    const name = one.relation && one.relation !== one.role ? `${one.by} (${one.relation})` : one.by;
    if (one.phase === 'present') return words.present(name);
    return one.eta_at ? words.coming(name, timeOfDay.format(new Date(one.eta_at))) : words.holds(name);
  }).join(words.and);
}

function card(alert) {
  const id = alert.alert;
  const is = coming(alert);
  const rows = [
    [words.who, who(alert)],
    [words.where, where(alert)],
    [words.why, alert.why],
    [words.comingLabel, is || words.nobody, is ? 'good' : ''],
  ];
  const list = node('dl', {});
  for (const [label, value, style] of rows) {
    list.append(node('dt', {}, label), node('dd', style ? { class: style } : {}, value));
  }
  const due = alert.next_ring_at || alert.lapses_at;
  if (due) {
    const rung = [alert.next_rung, alert.desk].filter((one) => one && one.at === due);
    const next = rung.map((one) => ` · ${one.text}`).join('');
    list.append(
      node('dt', {}, alert.lapses_at ? words.lapses : words.nextRing),
      node('dd', { class: 'next' }, node('span', { 'data-due': due }), next));
  }
  if (alert.location) {
    const { lat, lon, datum, source, age_s: age } = alert.location;
    list.append(node('dt', {}, words.position), node('dd', {},
      `${lat}, ${lon} (${datum}${source ? `, ${source}` : ''}, ${words.old(span(age * 1000))})`));
  }
  return node('article', { class: `${alert.severity} ${alert.state}` },
    node('div', { class: 'head' },
      node('span', { class: 'mark' }, `${MARKS[alert.severity] || ''} ${alert.text.severity}`),
      node('h2', {}, alert.text.kind),
      node('span', { class: 'state' }, alert.text.state),
      node('span', { class: 'age', 'data-since': alert.raised_at, title: words.since })),
    list, actions(alert), node('p', { class: 'said', id: `said-${id}`, role: 'alert' }, said.get(id) || ''), timeline(id));
}

function actions(alert) {
  const id = alert.alert;
  const select = node('select', { 'aria-label': words.disposition, 'data-key': `how-${id}` },
    node('option', { value: '' }, words.disposition),
    ...Object.entries(words.dispositions).map(([value, text]) => node('option', { value }, text)));
  return node('div', { class: 'actions' },
    node('button', { class: 'primary', type: 'button', 'data-key': `accept-${id}`,
      onclick: () => reply(id, { reply: 'accept' }) }, words.accept),
    select,
    node('button', { class: 'danger', type: 'button', 'data-key': `close-${id}`, onclick: () => {
      if (select.value) reply(id, { reply: 'done', disposition: select.value });
      else say(id, words.disposition);
    } }, words.close),
    node('button', { type: 'button', 'data-key': `more-${id}`,
      'aria-expanded': String(opened.has(id)), onclick: () => toggle(id) },
      opened.has(id) ? words.less : words.more));
}

function timeline(id) {
  const entries = opened.get(id);
  if (!entries) return null;
  return node('ol', { class: 'timeline' }, ...entries.map((entry) => node('li', {},
    node('time', { datetime: entry.at }, timeOfDay.format(new Date(entry.at))),
    node('span', {}, entry.text), ...(entry.note ? [node('q', {}, entry.note)] : []))));
}

function say(id, text) {
  said.set(id, text);
  const place = byId(`said-${id}`);
  if (place) place.textContent = text;
}

function tick() {
  for (const place of document.querySelectorAll('[data-since]')) {
    place.textContent = span(now() - Date.parse(place.dataset.since));
  }
  for (const place of document.querySelectorAll('[data-due]')) {
    place.textContent = span(Date.parse(place.dataset.due) - now());
  }
}

// --- what is done

async function toggle(id) {
  if (opened.has(id)) opened.delete(id);
  else await loadTimeline(id);
  draw();
}

async function loadTimeline(id) {
  try {
    const response = await fetch(`/api/v1/alerts/${encodeURIComponent(id)}`, { headers: headers() });
    if (!response.ok) throw new Error(await problemOf(response));
    opened.set(id, (await response.json()).timeline || []);
  } catch (error) {
    say(id, error.message);
  }
}

async function reply(id, what) {
  try {
    const response = await fetch(`/api/v1/alerts/${encodeURIComponent(id)}/replies`, {
      method: 'POST',
      headers: headers({ 'Content-Type': 'application/json' }),
      body: JSON.stringify({ id: crypto.getRandomValues(new Uint32Array(4)).join('-'), ...what }),
    });
    say(id, response.ok ? '' : await problemOf(response));
  } catch {
    say(id, words.notSent);
  }
}

document.documentElement.lang = words.language;
byId('token-label').textContent = words.token;
byId('enter-button').textContent = words.enter;
byId('leave').textContent = words.leave;
setInterval(tick, 1_000);
if (token) watch();
else showEntry();
