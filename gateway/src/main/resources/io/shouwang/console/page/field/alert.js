// One open alert: who, where, how to get in, and the answers under the thumb.
import { el } from '../dom.js';
import { freshId, path } from '../api.js';
import { field, choices, open } from '../dialogs.js';
import { t, word } from '../words.js';
import { outbox } from './outbox.js';
import { drawLinks, drawStanding, minuteOf } from './parts.js';

const ETAS = [10, 20, 30];
const DISPOSITIONS = ['real', 'false_alarm', 'test', 'device_fault', 'other'];

function reply(alert, body, what, note) {
  const isTaken = outbox.put({ id: freshId(), url: path`/api/v1/alerts/${alert.alert}/replies`, body, what, note, about: alert.alert });
  if (!isTaken) throw new Error(t('field.full'));
}

function tap(act) {
  try {
    act();
  } catch (trouble) {
    open({ title: t('field.trouble'), content: el('p', {}, trouble.message) });
  }
}

/** How it ended, as far as they saw; for an SOS the desk closes, and hears this. */
function askOver(alert) {
  open({
    title: t('field.over'),
    content: [choices(t('close.how'), 'how', DISPOSITIONS.map((value) => [value, t(`disposition.${value}`)])),
      field(t('field.note'), el('textarea', { name: 'note', rows: 3, maxlength: 500 }))],
    label: t('field.send'),
    done: (data) => {
      if (!data.get('how')) throw new Error(t('close.how'));
      reply(alert, { reply: 'done', disposition: data.get('how') }, 'over', data.get('note').trim());
    },
  });
}

function drawAnswers(alert) {
  const button = (key, label, act, style = '') => el('button', { type: 'button', class: style, 'data-key': `${alert.alert}-${key}`,
    onclick: () => tap(act) }, label);
  return el('div', { class: 'answers', role: 'group', 'aria-label': t('field.answers') },
    ETAS.map((minutes) => button(`go-${minutes}`, [el('b', {}, t('field.go')), ' ', t('field.go_min', { minutes })],
      () => reply(alert, { reply: 'accept', eta_min: minutes }, 'go'), alert.mine.coming ? '' : 'primary')),
    button('spoke', t('field.spoke'), () => reply(alert, { reply: 'spoke' }, 'spoke')),
    button('arrived', t('field.arrived'), () => reply(alert, { reply: 'arrived' }, 'arrived')),
    button('decline', t('field.decline'), () => reply(alert, { reply: 'decline' }, 'decline')),
    button('over', t('field.over'), () => askOver(alert), 'wide'));
}

function drawPerson(person, isAbout) {
  return el('li', { class: isAbout ? 'about' : null }, el('strong', {}, person.name || person.id), ' ',
    person.age === undefined ? null : t('who.age', { age: person.age }), ' ',
    person.ability ? el('span', { class: 'badge' }, word('ability', person.ability)) : null,
    person.notes ? el('p', { class: 'notes' }, person.notes) : null);
}

export function drawAlert(alert, standing) {
  const persons = alert.persons && alert.persons.length > 0 ? alert.persons : alert.elders || [];
  const about = alert.elder ? alert.elder.id : null;
  const phones = [alert.home.phone, ...persons.map((person) => person.phone)];
  return el('article', { class: `card ${alert.severity} ${alert.state}`, 'aria-label': alert.text.kind },
    el('p', { class: 'head' }, el('strong', { class: 'kind' }, alert.text.kind),
      alert.exercise ? el('span', { class: 'badge exercise' }, t('exercise.mark')) : null,
      el('span', { class: 'state' }, alert.text.state),
      el('span', { class: 'age', 'data-since': Date.parse(alert.raised_at) })),
    persons.length === 0 ? el('p', { class: 'soft' }, t('who.unknown'))
      : el('ul', { class: 'persons' }, [...persons].sort((a, b) => (b.id === about) - (a.id === about))
        .map((person) => drawPerson(person, person.id === about && persons.length > 1))),
    el('p', { class: 'address' }, alert.home.address || t('where.unregistered', { id: alert.home.id })),
    alert.home.access ? el('p', { class: 'access' }, el('b', {}, t('where.access'), t('colon')), alert.home.access) : null,
    drawLinks(phones, alert.place, alert.home.address, alert.location),
    el('p', { class: 'why' }, alert.why),
    (alert.coming || []).length === 0 ? el('p', { class: 'soft' }, t('coming.nobody'))
      : el('ul', { class: 'coming' }, alert.coming.map((one) => el('li', {}, one.eta_at
        ? t('coming.by', { name: one.by, at: minuteOf(one.eta_at) }) : t('field.there', { name: one.by })))),
    alert.mine.asked ? [alert.mine.standing_text ? el('p', { class: 'mine' }, t('field.mine', { standing: alert.mine.standing_text })) : null,
      drawAnswers(alert)] : el('p', { class: 'soft' }, t('field.not_asked')),
    drawStanding(standing));
}
