// What to read out to the emergency services, one calm sentence after the other.
import { el, say } from './dom.js';
import { timeOf } from './clock.js';
import { address, coming, names } from './row.js';
import { t, word } from './words.js';

const FIRE = new Set(['smoke', 'gas']);

/** The text for 120 (ambulance) or 119 (fire and rescue). */
export function textFor(service, alert) {
  const persons = alert.persons ?? [];
  const who = alert.elder ? persons.filter((one) => one.id === alert.elder.id) : persons;
  const abilities = who.filter((one) => one.ability).map((one) => t('handover.ability', {
    name: one.name || one.id, ability: word('ability', one.ability) }));
  const notes = who.filter((one) => one.notes).map((one) => one.notes);
  return [
    t(`handover.${service}`, { kind: alert.text.kind }),
    t('handover.where', { where: address(alert) }),
    alert.home.access ? t('handover.access', { access: alert.home.access }) : null,
    names(alert) ? t('handover.who', { who: names(alert) }) : t('handover.nobody_known'),
    service === '119' && persons.length > 0 ? t('handover.inside', { count: persons.length }) : null,
    ...abilities,
    notes.length > 0 ? t('handover.notes', { notes: notes.join(t('list')) }) : null,
    t('handover.what', { why: alert.why }),
    t('handover.since', { at: timeOf(alert.raised_at) }),
    alert.home.phone ? t('handover.phone', { phone: alert.home.phone }) : null,
    coming(alert) ? t('handover.coming', { coming: coming(alert) }) : t('handover.alone'),
    t('handover.number', { alert: alert.alert }),
  ].filter(Boolean).join('\n');
}

export class Handover extends HTMLElement {
  #alert = null;
  #service = null;

  connectedCallback() {
    if (this.firstChild) return;
    this.classList.add('part');
    this.buttons = ['120', '119'].map((service) => el('button', {
      type: 'button', 'data-key': `for-${service}`, onclick: () => this.choose(service) }, t('handover.for', { service })));
    this.text = el('pre', { tabindex: '0', 'aria-label': t('part.handover') });
    this.told = el('span', { role: 'status' });
    this.append(el('h3', {}, t('part.handover')),
      el('div', { class: 'tools' }, this.buttons,
        el('button', { type: 'button', onclick: () => this.copy() }, t('handover.copy'), el('kbd', {}, 'T')), this.told),
      this.text);
  }

  choose(service) {
    this.#service = service;
    if (this.#alert) this.show(this.#alert);
  }

  show(alert) {
    this.#alert = alert;
    this.#service ??= FIRE.has(alert.kind) ? '119' : '120';
    ['120', '119'].forEach((service, i) => this.buttons[i].setAttribute('aria-pressed', String(service === this.#service)));
    say(this.text, textFor(this.#service, alert));
  }

  /** Copies; a page of plain HTTP has no clipboard of its own, so the text is marked and copied. */
  async copy() {
    try {
      if (navigator.clipboard) await navigator.clipboard.writeText(this.text.textContent);
      else {
        getSelection().selectAllChildren(this.text);
        if (!document.execCommand('copy')) throw new Error();
      }
      say(this.told, t('handover.copied'));
    } catch {
      getSelection().selectAllChildren(this.text);
      say(this.told, t('handover.not_copied'));
    }
  }
}
customElements.define('alert-handover', Handover);
