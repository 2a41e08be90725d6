// Tones, made here and not played from files. A browser plays none before somebody clicked once.
import { el, say } from './dom.js';
import { isRinging, isUrgent } from './order.js';
import { store } from './store.js';
import { t } from './words.js';

const REPEAT_MS = 4_000;
const SILENCE_MS = 60_000;
/** Hertz and seconds, one after the other: each class is known by its tune, not by loudness alone. */
const TUNES = {
  sos: [[880, 0.18], [0, 0.06], [880, 0.18], [0, 0.06], [880, 0.18], [0, 0.2], [660, 0.5]],
  fall: [[980, 0.2], [740, 0.2], [560, 0.4]],
  smoke: [[520, 0.35], [1040, 0.35], [520, 0.35], [1040, 0.35]],
  gas: [[520, 0.35], [1040, 0.35], [520, 0.35], [1040, 0.35]],
  call: [[440, 0.4], [480, 0.4]],
  handed: [[620, 0.15], [820, 0.15], [620, 0.15], [820, 0.3]],
  major: [[660, 0.25], [880, 0.25]],
  minor: [[520, 0.2]],
};

class Sound extends EventTarget {
  #context = null;
  #looked = new Set();
  #silentUntil = 0;
  /** Tunes begun since the page was opened. */
  played = 0;

  constructor() {
    super();
    store.addEventListener('new', (event) => this.#arrives(event.detail));
    store.addEventListener('alert', (event) => { if (event.detail.state === 'closed') this.#looked.delete(event.detail.alert); });
    store.addEventListener('first', () => this.#remind());
    setInterval(() => this.#remind(), REPEAT_MS);
  }

  get isOn() {
    return this.#context?.state === 'running';
  }

  get silentMs() {
    return Math.max(0, this.#silentUntil - Date.now());
  }

  /** By a click only: browsers ask for one. */
  async enable() {
    this.#context ??= new AudioContext();
    this.#context.onstatechange = () => this.#told();
    await this.#context.resume();
    this.#told();
    this.#play('minor');
    this.#remind();
  }

  silence() {
    this.#silentUntil = Date.now() + SILENCE_MS;
    this.#told();
  }

  /** Somebody looked at this alert: it is not spoken up for any more. */
  look(id) {
    if (this.#looked.has(id)) return;
    this.#looked.add(id);
    this.dispatchEvent(new Event('looked'));
  }

  isLooked(alert) {
    return !isUrgent(alert) || !isRinging(alert) || this.#looked.has(alert.alert);
  }

  #arrives(alert) {
    this.#looked.delete(alert.alert); // opened again, it is news again
    if (alert.exercise) this.#play('minor');
    else this.#play(TUNES[alert.kind] ? alert.kind : alert.severity);
  }

  #remind() {
    const loud = [...store.alerts.values()].find((alert) => !this.isLooked(alert));
    if (loud) this.#play(loud.kind);
    else if ([...store.alerts.values()].some((alert) => alert.handed_to_you)) this.#play('handed');
    if (this.#silentUntil !== 0) this.#told();
  }

  #play(name) {
    if (!this.isOn || this.silentMs > 0) return;
    this.played++;
    let at = this.#context.currentTime + 0.02;
    for (const [hertz, seconds] of TUNES[name] ?? TUNES.sos) {
      if (hertz > 0) this.#tone(hertz, at, seconds);
      at += seconds;
    }
  }

  #tone(hertz, at, seconds) {
    const tone = this.#context.createOscillator();
    const loudness = this.#context.createGain();
    tone.type = 'triangle';
    tone.frequency.value = hertz;
    loudness.gain.setValueAtTime(0, at);
    loudness.gain.linearRampToValueAtTime(0.5, at + 0.02); // a hard edge would click
    loudness.gain.setValueAtTime(0.5, at + seconds - 0.03);
    loudness.gain.linearRampToValueAtTime(0, at + seconds);
    tone.connect(loudness).connect(this.#context.destination);
    tone.start(at);
    tone.stop(at + seconds);
  }

  #told() {
    this.dispatchEvent(new Event('state'));
  }
}

export const sound = new Sound();

/** Red while there is no sound, for then nobody is called to the screen. */
class SoundGate extends HTMLElement {
  connectedCallback() {
    this.button = el('button', { type: 'button', onclick: () => (sound.isOn ? sound.silence() : sound.enable()) });
    this.append(this.button);
    sound.addEventListener('state', () => this.draw());
    setInterval(() => this.draw(), 1_000);
    this.draw();
  }

  draw() {
    this.className = sound.isOn ? 'on' : 'off';
    const left = Math.ceil(sound.silentMs / 1000);
    if (!sound.isOn) say(this.button, t('sound.off'));
    else say(this.button, left > 0 ? t('sound.silent', { seconds: left }) : t('sound.on'));
  }
}
customElements.define('sound-gate', SoundGate);
