// One line of what was found: enough to tell two of the same name apart.
import { el } from '../dom.js';
import { t, word } from '../words.js';

const last = (path) => path.at(-1)?.name ?? '';

export const abilityOf = (elder) => (elder.ability ? word('ability', elder.ability) : null);

/** "85 · 独居" and such; left out what isn't known. */
export const aboutElder = (elder) => [elder.age === undefined ? null : t('who.age', { age: elder.age }), abilityOf(elder),
  ...elder.categories.map((category) => word('category', category))].filter(Boolean).join(' · ');

const open = (home) => (home?.alert ? el('span', { class: 'badge fresh' }, t('elders.open_alert', { kind: home.alert.text })) : null);

/** The area's name and a number that is never broken in two. */
const below = (home, phone) => el('span', { class: 'soft' }, last(home.area), phone ? [' · ', el('span', { class: 'number' }, phone)] : null);

const place = (home, phone) => [el('span', {}, home.address), below(home, phone || home.phone)];

function elderRow(elder) {
  return [el('span', { class: 'head' }, el('strong', {}, elder.name), ' ', el('span', { class: 'soft' }, aboutElder(elder)), open(elder.home)),
    elder.home ? place(elder.home, elder.phone) : null];
}

function homeRow(home) {
  return [el('span', { class: 'head' }, el('strong', {}, home.address), open(home)),
    el('span', {}, home.elders.map((one) => one.name).join(t('list')) || t('elders.nobody_lives')), below(home, home.phone)];
}

function responderRow(one) {
  return [el('span', { class: 'head' }, el('strong', {}, one.name), ' ', el('span', { class: 'soft' }, one.roles.join(t('list')))),
    one.phone ? el('span', { class: 'soft number' }, one.phone) : null];
}

export const drawRow = (kind, row) => ({ elders: elderRow, homes: homeRow, responders: responderRow }[kind])(row);
