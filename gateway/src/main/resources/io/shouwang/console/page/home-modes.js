// What holds in one home for a while: away, in hospital, visitors, work, a drill, a device in test mode. To be placed anywhere.
import { el, redraw, say } from './dom.js';
import { del, get, path, post } from './api.js';
import { timeOf } from './clock.js';
import { choices, field, open } from './dialogs.js';
import { can } from './session.js';
import { t, word } from './words.js';

const HOME_KINDS = ['away', 'hospital', 'visitor', 'maintenance', 'drill'];
const TEST = 'test';

/** Minutes, and how long each kind may last. */
const SPANS = [30, 60, 120, 240, 720, 1440, 2880, 4320, 10080, 20160, 43200, 132480];
const LONGEST = { away: 132480, hospital: 132480, visitor: 44640, maintenance: 10080, drill: 240, test: 240 };
const USUAL = { away: 4320, hospital: 10080, visitor: 1440, maintenance: 120, drill: 60, test: 30 };

export const mayChange = () => can('dispatcher', 'administrator');

function spanText(minutes) {
  if (minutes < 60) return t('home_mode.minutes', { count: minutes });
  return minutes < 1440 ? t('home_mode.hours', { count: minutes / 60 }) : t('home_mode.days', { count: minutes / 1440 });
}

const options = (kind) => SPANS.filter((minutes) => minutes <= LONGEST[kind])
  .map((minutes) => el('option', { value: minutes, selected: minutes === USUAL[kind] }, spanText(minutes)));

/** Ends a mode at once; { home, mode, device }. */
export const endMode = ({ home, mode, device }) => del(mode === TEST && device
  ? path`/api/v1/devices/${device}/test-mode` : path`/api/v1/homes/${home}/modes/${mode}`);

/** Asks what begins and until when; devices are those that may be put into test mode. */
export function askMode(home, devices, done) {
  const kinds = devices.length > 0 ? [...HOME_KINDS, TEST] : HOME_KINDS;
  const how = choices(t('home_mode.which'), 'mode', kinds.map((kind) => [kind, word('mode', kind)]));
  const span = el('select', { name: 'minutes' }, options('away'));
  const until = el('input', { type: 'datetime-local', name: 'until' });
  const which = el('select', { name: 'device' }, devices.map((device) => el('option', { value: device.device },
    [device.type, device.device].filter(Boolean).join(' · '))));
  const device = el('div', { hidden: true }, field(t('home_mode.device'), which));
  const hint = el('p', { class: 'soft' });
  how.addEventListener('change', (event) => {
    device.hidden = event.target.value !== TEST;
    span.replaceChildren(...options(event.target.value));
    say(hint, t(`home_mode.hint.${event.target.value}`));
  });
  open({
    title: t('home_mode.begin'),
    content: [how, hint, device, field(t('home_mode.span'), span), field(t('home_mode.until'), until, t('home_mode.until_hint'))],
    label: t('home_mode.do'),
    done: async (data) => {
      const mode = data.get('mode');
      if (!mode) throw new Error(t('home_mode.which'));
      const time = data.get('until');
      const end = time ? { until: new Date(time).toISOString() } : { minutes: Number(data.get('minutes')) };
      if (mode === TEST) await post(path`/api/v1/devices/${data.get('device')}/test-mode`, end);
      else await post(path`/api/v1/homes/${home}/modes`, { mode, ...end });
      done();
    },
  });
}

export class HomeModes extends HTMLElement {
  #home = null;
  #devices = [];
  #modes = null;
  #trouble = '';

  /** Shows those of a home; devices as [{ device, type }], where the caller knows them. */
  show(home, devices = []) {
    this.#devices = devices;
    if (home === this.#home) return;
    this.#home = home;
    this.#modes = null;
    this.load();
  }

  async load() {
    const home = this.#home;
    try {
      const { modes } = await get(path`/api/v1/homes/${home}/modes`);
      if (home !== this.#home) return;
      this.#modes = modes;
      this.#trouble = '';
    } catch (refusal) {
      if (home !== this.#home) return;
      this.#trouble = refusal.message;
    }
    this.draw();
  }

  draw() {
    redraw(this, [this.#home, this.#modes, this.#trouble, this.#devices], () => [
      (this.#modes ?? []).length === 0 ? el('p', { class: 'soft' }, this.#modes === null ? '' : t('home_mode.none'))
        : el('ul', { class: 'modes' }, this.#modes.map((mode) => el('li', {},
          el('span', { class: `badge mode ${mode.mode}` }, mode.text), ' ', mode.device ? `${mode.device} ` : null,
          t('home_mode.ends', { at: timeOf(mode.until) }), ' ', mayChange() ? el('button', { type: 'button',
            'data-key': `end-${mode.mode}-${mode.device ?? ''}`, onclick: () => this.#end(mode) }, t('home_mode.end')) : null))),
      mayChange() ? el('button', { type: 'button', 'data-key': 'begin-mode',
        onclick: () => askMode(this.#home, this.#devices, () => this.load()) }, t('home_mode.begin')) : null,
      this.#trouble ? el('p', { class: 'trouble', role: 'status' }, this.#trouble) : null]);
  }

  async #end(mode) {
    try {
      await endMode({ home: this.#home, ...mode });
    } catch (refusal) {
      this.#trouble = refusal.message;
    }
    await this.load();
  }
}
customElements.define('home-modes', HomeModes);
