// An alert goes from one pair of hands into another: whom to ask, and what somebody asks of this seat.
import { arrange, el, say } from './dom.js';
import { freshId, get, path, post } from './api.js';
import { tick, timeOf } from './clock.js';
import { field, open, tell } from './dialogs.js';
import { address, whom } from './row.js';
import { store } from './store.js';
import { t, word } from './words.js';

/** Asks a colleague or a desk to take it over, or gives it back to the ladder. */
export async function askHandOver(alert) {
  let to;
  try {
    ({ to } = await get(path`/api/v1/alerts/${alert.alert}/handovers`));
  } catch (refusal) {
    tell(refusal.message, true);
    return;
  }
  const id = freshId();
  const list = el('div', { class: 'colleagues' });
  const none = el('p', { class: 'note', role: 'status' });
  const find = el('input', { type: 'search', autocomplete: 'off', autofocus: true, 'aria-controls': 'colleagues', oninput: () => draw() });
  list.id = 'colleagues';
  const draw = () => {
    const wanted = find.value.trim().toLowerCase();
    const shown = to.filter((one) => `${one.name} ${one.id}`.toLowerCase().includes(wanted));
    arrange(list, [...shown, { id: '', means: 'back', name: t('handing.back') }], (one) => one.id, choice, () => {});
    say(none, shown.length > 0 ? '' : t('handing.nobody'));
    if (shown.length === 1 && wanted) list.querySelector('input').checked = true;
  };
  draw();
  open({
    title: t('handing.title'),
    content: [el('p', {}, t('handing.hint')), field(t('handing.find'), find),
      el('fieldset', {}, el('legend', {}, t('handing.whom')), list, none)],
    label: t('handing.do'),
    done: (data) => {
      const other = data.get('to');
      if (other === null) throw new Error(t('handing.whom'));
      return other === ''
        ? post(path`/api/v1/alerts/${alert.alert}/replies`, { id, reply: 'decline' })
        : post(path`/api/v1/alerts/${alert.alert}/handovers`, { id, to: other });
    },
  });
}

function choice(one) {
  return el('label', { class: `choice ${one.means}` }, el('input', { type: 'radio', name: 'to', value: one.id }), ' ',
    el('span', {}, one.name, one.id && one.id !== one.name ? el('small', {}, ` ${one.id}`) : null),
    el('small', { class: one.seated ? 'good' : 'soft' }, one.seated ? t('handing.seated') : word('means', one.means)));
}

/** What others ask this seat to take over; stays until it is answered or lapses. Tells what became of what this seat asked. */
class HandedBar extends HTMLElement {
  #asked = new Map();

  connectedCallback() {
    this.setAttribute('role', 'status');
    store.addEventListener('change', () => { this.draw(); this.#follow(); });
    this.draw();
  }

  draw() {
    const asked = [...store.alerts.values()].filter((alert) => alert.handed_to_you);
    this.hidden = asked.length === 0;
    arrange(this, asked, (alert) => `${alert.alert} ${alert.handover.until}`, (alert) => this.#ask(alert), () => {});
    tick(this);
  }

  /** Whoever handed over must hear whether it is still theirs. */
  #follow() {
    for (const [id, to] of this.#asked) {
      const alert = store.alerts.get(id);
      if (alert?.mine && !alert.handover) tell(t('handing.still_yours', { to }), true);
      else if (alert && !alert.mine) tell(t('handing.taken', { to }));
    }
    this.#asked = new Map([...store.alerts.values()].filter((alert) => alert.mine && alert.handover && !alert.handed_to_you)
      .map((alert) => [alert.alert, alert.handover.to_name]));
  }

  #ask(alert) {
    const answer = (reply) => async () => {
      try {
        await post(path`/api/v1/alerts/${alert.alert}/replies`, { id: freshId(), reply });
        if (reply === 'accept') location.hash = `#/alert/${encodeURIComponent(alert.alert)}`;
      } catch (refusal) {
        tell(refusal.message, true);
      }
    };
    return el('p', {}, el('strong', {}, '⇄ ', t('handing.to_you', { name: alert.handover.from_name })), ' ',
      el('a', { href: `#/alert/${encodeURIComponent(alert.alert)}` },
        [alert.text.kind, whom(alert), address(alert)].filter(Boolean).join(' · ')), ' ',
      el('span', { class: 'next', 'data-due': Date.parse(alert.handover.until) }),
      el('span', { class: 'tools' },
        el('button', { type: 'button', class: 'primary', onclick: answer('accept') }, t('handing.take')),
        el('button', { type: 'button', onclick: answer('decline') }, t('handing.refuse'))));
  }
}
customElements.define('handed-bar', HandedBar);

/** What is asked about this alert, for its page; null when nothing is. */
export function drawHandover(alert) {
  if (!alert.handover) return null;
  const { from_name: from, to_name: to, until } = alert.handover;
  return el('p', { class: 'handed' }, '⇄ ', t('handing.asked', { from, to, at: timeOf(until) }));
}
