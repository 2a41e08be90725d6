// My shifts: offer one, take somebody's. Until it is taken I am on call.
import { el } from '../dom.js';
import { del, get, path, post } from '../api.js';
import { open as ask } from '../dialogs.js';
import { language, t } from '../words.js';

/** In the civil time of the schedule, wherever the phone is. */
const time = (at, timeZone) => new Intl.DateTimeFormat(language,
  { timeZone, weekday: 'short', month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(at));
const when = (shift) => t('field.shift.when', { from: time(shift.from, shift.zone), to: time(shift.to, shift.zone) });
const where = (shift) => shift.areas.join(t('list')) || shift.schedule;

class FieldShifts extends HTMLElement {
  connectedCallback() {
    this.told = el('p', { class: 'shift-told', role: 'status' });
    this.list = el('div', {});
    this.append(el('details', { ontoggle: (event) => { if (event.target.open) this.#look(); } },
      el('summary', {}, t('field.shift.title')), this.told, this.list));
  }

  async #look() {
    try {
      const { shifts, offers, linked } = await get('/api/v1/field/shifts');
      this.list.replaceChildren(
        ...(offers.length === 0 ? [] : [el('h3', {}, t('field.shift.offers')), ...offers.map((one) => this.#offer(one))]),
        el('h3', {}, t('field.shift.mine')),
        ...(shifts.length === 0 ? [el('p', { class: 'none' }, t(linked ? 'field.shift.none' : 'field.shift.unlinked'))] : shifts.map((one) => this.#mine(one))));
    } catch (refusal) {
      this.told.textContent = refusal.message;
    }
  }

  #card(shift, about, button) {
    return el('article', { class: 'card shift' }, el('p', { class: 'address' }, when(shift)), el('p', {}, where(shift)),
      about ? el('p', { class: 'soft' }, about) : null, button);
  }

  #offer(offer) {
    return this.#card(offer, t('field.shift.by', { name: offer.by_name }), el('button', { type: 'button', class: 'primary',
      onclick: () => this.#sure(t('field.shift.take'), when(offer), async () => {
        const answer = await post(path`/api/v1/field/offers/${offer.offer}/acceptance`);
        return t(answer.state === 'waiting' ? 'field.shift.waits' : 'field.shift.taken');
      }) }, t('field.shift.take')));
  }

  #mine(shift) {
    return shift.offer
      ? this.#card(shift, t('field.shift.offered'), el('button', { type: 'button', onclick: () =>
        this.#sure(t('field.shift.withdraw'), when(shift), async () => {
          await del(path`/api/v1/field/offers/${shift.offer}`);
          return t('field.shift.withdrawn');
        }) }, t('field.shift.withdraw')))
      : this.#card(shift, null, el('button', { type: 'button', onclick: () =>
        this.#sure(t('field.shift.give'), when(shift), async () => {
          await post('/api/v1/field/offers', { schedule: shift.schedule, from: shift.from, to: shift.to });
          return t('field.shift.given');
        }) }, t('field.shift.give')));
  }

  /** Says what was done, and shows how it stands now. */
  #sure(title, text, act) {
    ask({ title, content: el('p', {}, text), label: title, done: async () => {
      this.told.textContent = await act();
      this.#look();
    } });
  }
}

customElements.define('field-shifts', FieldShifts);
