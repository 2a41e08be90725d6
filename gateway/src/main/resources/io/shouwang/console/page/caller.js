// Telephones: numbers to dial, calls through the exchange, and the card of whoever calls.
import { el, redraw, say } from './dom.js';
import { freshId, get, path, post } from './api.js';
import { field, open, tell } from './dialogs.js';
import { addressOf } from './place.js';
import { store } from './store.js';
import { relationOf } from './relation.js';
import { t, word } from './words.js';

const EXTENSION = 'shouwang-extension';
const KINDS = ['sos', 'fall', 'smoke', 'gas'];

export const extension = () => localStorage.getItem(EXTENSION) ?? '';
export const setExtension = (text) => localStorage.setItem(EXTENSION, text.trim());

/** A number in large type that dials when it is touched, and by the exchange where there is one. */
export function telephone(number, { alert, responder, elder, key, large }) {
  const whom = responder ? { responder } : elder ? { elder } : { number };
  if (number.includes('**')) return el('span', { class: large ? 'phone large' : 'phone' }, el('span', { class: 'masked' }, '☎ ', number)); // nobody can dial it
  return el('span', { class: large ? 'phone large' : 'phone' },
    el('a', { href: `tel:${number.replace(/[^0-9+*#]/g, '')}`, 'data-key': `tel-${key}` },
      el('span', { 'aria-hidden': 'true' }, '☎ '), number),
    store.exchanges.length === 0 ? null : el('button', { type: 'button', 'data-key': `dial-${key}`, 'aria-label': t('call.exchange_to', { number }),
      onclick: () => dial({ ...(alert ? { alert } : {}), ...whom }) },
    t('call.exchange'), large ? el('kbd', { 'aria-hidden': 'true' }, 'D') : null));
}

/** Has the exchange connect the seat's telephone; asks once which telephone that is. */
export async function dial(order) {
  if (!extension()) {
    open({
      title: t('call.extension_title'),
      content: field(t('call.extension'), el('input', { name: 'extension', required: true, maxlength: 32,
        pattern: '[0-9A-Za-z*#_\\-]+', autofocus: true, autocomplete: 'off' }), t('call.extension_hint')),
      label: t('call.exchange'),
      done: (data) => {
        setExtension(data.get('extension'));
        return dial(order);
      },
    });
    return;
  }
  tell(t('call.connecting'));
  try {
    await post('/api/v1/calls', { id: freshId(), extension: extension(), ...order });
    tell(t('call.rings', { extension: extension() }));
  } catch (refusal) {
    tell(refusal.message, true);
  }
}

/** The homes that have a number, each with what is open there and a way to raise an alert. */
export function drawCaller(card, { alert } = {}) {
  return [
    el('p', {}, card.number ? telephone(card.number, { alert, number: card.number, key: 'caller' }) : t('caller.withheld')),
    card.homes.length === 0 ? el('p', {}, t('caller.unknown'), ' ', el('a', { href: '#/elders' }, t('caller.search'))) : null,
    card.homes.map((home) => drawHome(home)),
  ];
}

function drawHome(card) {
  const { home } = card;
  return el('article', { class: 'caller-home' },
    el('h4', {}, el('a', { href: addressOf('elders', ['home', home.id]) }, home.address || home.id)),
    home.access ? el('p', {}, el('b', {}, t('where.access'), t('colon')), home.access) : null,
    el('ul', {}, card.elders.map((one) => el('li', {}, el('strong', {}, one.name || one.id), ' ',
      [one.age === undefined ? null : t('who.age', { age: one.age }), one.ability ? word('ability', one.ability) : null,
        one.notes].filter(Boolean).join(' · ')))),
    el('p', {}, t('caller.protection', { state: word('protection', card.protection) })),
    card.alerts.length === 0 ? null : el('p', {}, t('caller.open'), t('colon'), card.alerts.map((one, i) => [
      i > 0 ? t('list') : null, el('a', { href: `#/alert/${encodeURIComponent(one.alert)}` }, `${one.text.kind} (${one.text.state})`)])),
    card.responders.length === 0 ? null : el('ul', {}, card.responders.map((one) => el('li', {}, one.name, ' ',
      el('span', { class: 'soft' }, relationOf(one) ?? one.role_text), ' ', one.phone ? telephone(one.phone, { number: one.phone, key: `r-${one.id}` }) : null))),
    el('button', { type: 'button', 'data-key': `raise-${home.id}`, onclick: () => askRaise(card) }, t('caller.raise')));
}

/** Raises an alert for somebody who is on the telephone. */
export function askRaise(card) {
  const id = freshId();
  document.querySelector('dialog[open]')?.close();
  open({
    title: t('caller.raise_title', { where: card.home.address || card.home.id }),
    content: [
      field(t('caller.kind'), el('select', { name: 'kind' }, KINDS.map((kind) => el('option', { value: kind }, t(`kind.${kind}`))))),
      field(t('caller.elder'), el('select', { name: 'elder' }, el('option', { value: '' }, t('caller.anybody')),
        card.elders.map((one) => el('option', { value: one.id }, one.name || one.id)))),
      field(t('caller.note'), el('textarea', { name: 'note', rows: 3, maxlength: 2000 })),
    ],
    label: t('caller.raise_do'),
    danger: true,
    done: async (data) => {
      const note = data.get('note').trim();
      const raised = await post('/api/v1/alerts', { id, home: card.home.id, kind: data.get('kind'),
        ...(data.get('elder') ? { elder: data.get('elder') } : {}), ...(note ? { note } : {}) });
      location.hash = `#/alert/${encodeURIComponent(raised.alert)}`;
    },
  });
}

/** Looks a number up. */
export function askCaller() {
  const found = el('div', { class: 'found' });
  const number = el('input', { name: 'number', type: 'tel', maxlength: 32, required: true, autofocus: true, autocomplete: 'off' });
  const look = async () => {
    try {
      const card = await get(path`/api/v1/callers/${number.value.trim()}`);
      redraw(found, [card, store.exchanges], () => drawCaller(card));
    } catch (refusal) {
      found.shows = null;
      say(found, refusal.message);
    }
  };
  const dialog = open({
    title: t('caller.title'),
    content: [field(t('caller.number'), number, t('caller.hint')),
      el('div', { class: 'tools' }, el('button', { type: 'button', class: 'primary', onclick: look }, t('caller.look'))), found],
  });
  dialog.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && event.target === number) {
      event.preventDefault();
      if (number.value.trim()) look();
    }
  });
  found.addEventListener('click', (event) => { if (event.target.closest('a[href^="#"]')) dialog.close(); });
}
