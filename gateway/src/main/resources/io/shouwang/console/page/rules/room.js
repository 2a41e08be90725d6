// Rules and ladders: read as they hold, edited, checked, compared, put in force, and back to what held before.
import { el, redraw, say } from '../dom.js';
import { get, path, post, Refusal } from '../api.js';
import { timeOf } from '../clock.js';
import { field, open } from '../dialogs.js';
import { addressOf } from '../place.js';
import { can } from '../session.js';
import { learn, t } from '../words.js';
import { compare, shorten } from './diff.js';
import './editor.js';
import { en, zh } from './words.js';

learn({ en, zh });

const FILES = ['rules', 'ladders'];
const KEPT = 'shouwang-rules-draft';
const HASH_SHOWN = 12;
const CHECK_MS = 1_200;

function drawWarnings(checked) {
  return !checked || checked.warnings.length === 0 ? null : el('details', { class: 'warnings' },
    el('summary', { class: 'warn' }, t('rules.warnings', { count: checked.warnings_total })), el('ul', {}, checked.warnings.map((one) => el('li', {}, one))));
}

class RoomRules extends HTMLElement {
  #held = null; // { rules, ladders, hash, since, refused }
  #draft = null; // { rules, ladders, based_on }
  #checked = null;
  #file = 'rules';
  #run = 0;
  #timer = null;

  connectedCallback() {
    const button = (key, word, act, style = '') => el('button', { type: 'button', class: style, 'data-key': key, onclick: act }, t(word));
    this.state = el('p', { class: 'soft' });
    this.refused = el('div', {});
    this.trouble = el('p', { class: 'trouble', role: 'status' });
    this.tabs = el('p', { class: 'tools tabs' });
    this.editor = document.createElement('rule-editor');
    this.warnings = el('div', {});
    this.tools = el('div', { class: 'tools' }, can('administrator') ? [button('check', 'rules.check', () => this.check()),
      button('compare', 'rules.compare', () => this.#compare()), button('activate', 'rules.activate', () => this.#activate(), 'primary'),
      button('drop', 'rules.drop', () => this.#drop())] : el('span', { class: 'soft' }, t('rules.look_only')), button('former', 'rules.former', () => this.#former()));
    this.append(el('h2', {}, t('rules.title')), this.state, this.refused, this.trouble, this.tabs, this.tools, this.editor, this.warnings);
    this.editor.addEventListener('edited', () => this.#edited());
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
  }

  open(parts) {
    this.#file = FILES.includes(parts[0]) ? parts[0] : 'rules';
    if (this.#held) this.#draw();
    else this.load();
  }

  async load() {
    try {
      const [rules, ladders] = await Promise.all([get('/api/v1/rules'), get('/api/v1/ladders')]);
      this.#held = { rules: rules.text, ladders: ladders.text, hash: rules.hash, since: rules.since, refused: [...ladders.refused, ...rules.refused] };
      this.#draft ??= this.#kept() ?? { rules: rules.text, ladders: ladders.text, based_on: rules.hash };
      say(this.trouble, '');
      this.#draw();
    } catch (refusal) {
      say(this.trouble, refusal.message);
    }
  }

  /** What was being written when the page was loaded anew. */
  #kept() {
    try {
      const kept = JSON.parse(sessionStorage.getItem(KEPT));
      return can('administrator') && kept && typeof kept.rules === 'string' && typeof kept.ladders === 'string' ? kept : null;
    } catch {
      return null;
    }
  }

  #keep() {
    try {
      if (this.#isEdited()) sessionStorage.setItem(KEPT, JSON.stringify(this.#draft));
      else sessionStorage.removeItem(KEPT);
    } catch {
      // It stays in the page, then.
    }
  }

  #isEdited(file) {
    return (file ? [file] : FILES).some((one) => this.#draft[one] !== this.#held[one]);
  }

  #edited() {
    this.#draft[this.#file] = this.editor.value;
    this.#checked = null;
    this.#keep();
    this.#drawTabs();
    clearTimeout(this.#timer);
    if (can('administrator')) this.#timer = setTimeout(() => this.check(), CHECK_MS);
  }

  #draw() {
    const held = this.#held;
    say(this.state, [t('rules.in_force', { hash: held.hash.slice(0, HASH_SHOWN) }), held.since ? t('rules.since', { at: timeOf(held.since) }) : null]
      .filter(Boolean).join(t('list')));
    redraw(this.refused, held.refused, () => held.refused.length === 0 ? null : el('div', { class: 'refused', role: 'alert' },
      el('p', {}, t('rules.refused', { count: held.refused.length })), el('ul', {}, held.refused.map((one) => el('li', {},
        `${one.file}:${one.line} ${one.what}${t('list')}${one.remedy}`)))));
    this.#drawTabs();
    this.editor.show(this.#draft[this.#file], !can('administrator'));
    this.#drawChecked();
  }

  #drawTabs() {
    const wrong = (file) => (this.#checked?.problems ?? []).filter((one) => one.file === `${file}.yaml`).length;
    redraw(this.tabs, [this.#file, FILES.map((file) => [this.#isEdited(file), wrong(file)]), this.#draft.based_on === this.#held.hash], () => [
      FILES.map((file) => el('a', { href: addressOf('rules', [file]), class: 'tab', 'data-key': `tab-${file}`, 'aria-current': file === this.#file ? 'page' : null },
        t(`rules.${file}`), ' ', el('code', {}, `${file}.yaml`), this.#isEdited(file) ? el('span', { class: 'badge' }, t('rules.edited')) : null,
        wrong(file) > 0 ? el('span', { class: 'badge trouble' }, t('rules.problems', { count: wrong(file) })) : null)),
      this.#draft.based_on === this.#held.hash ? null : el('span', { class: 'trouble' }, t('rules.moved_on'))]);
  }

  #drawChecked() {
    const checked = this.#checked;
    this.editor.mark(checked === null ? null : checked.problems.filter((one) => one.file === `${this.#file}.yaml`));
    redraw(this.warnings, checked, () => drawWarnings(checked));
    this.#drawTabs();
  }

  async check() {
    clearTimeout(this.#timer);
    const mine = ++this.#run;
    try {
      const checked = await post('/api/v1/rules/check', { rules: this.#draft.rules, ladders: this.#draft.ladders });
      if (mine !== this.#run) return null;
      this.#checked = checked;
      say(this.trouble, '');
    } catch (refusal) {
      if (mine === this.#run) say(this.trouble, refusal.message);
      return null;
    }
    this.#drawChecked();
    return this.#checked;
  }

  #drawDiff() {
    const parts = FILES.filter((file) => this.#isEdited(file)).map((file) => {
      const lines = shorten(compare(this.#held[file], this.#draft[file]));
      return el('section', {}, el('h3', {}, el('code', {}, `${file}.yaml`)), el('div', { class: 'diff', tabindex: '0', role: 'group', 'aria-label': t('rules.compare') },
        lines.map((line) => line === null ? el('p', { class: 'gap' }, '⋯') : el('p', { class: line.sign === '+' ? 'come' : line.sign === '-' ? 'gone' : null },
          el('span', { class: 'at' }, line.before ?? ''), el('span', { class: 'at' }, line.after ?? ''), el('span', { class: 'sign' }, line.sign === '=' ? ' ' : line.sign), line.text || ' '))));
    });
    return parts.length === 0 ? el('p', { class: 'soft' }, t('rules.no_change')) : parts;
  }

  #compare() {
    open({ title: t('rules.compare'), content: this.#drawDiff() }).classList.add('wide');
  }

  async #activate() {
    const checked = await this.check();
    if (!checked) return;
    if (!checked.good || checked.same) {
      say(this.trouble, t(checked.good ? 'rules.no_change' : 'rules.not_good'));
      return;
    }
    open({
      title: t('rules.activate'),
      content: [this.#drawDiff(), el('p', {}, t('rules.activate_hint')),
        drawWarnings(checked),
        field(t('rules.why'), el('input', { name: 'why', maxlength: 200, required: true, autocomplete: 'off' }))],
      label: t('rules.activate'),
      danger: true,
      done: async (data) => {
        const why = data.get('why').trim();
        if (!why) throw new Refusal(t('rules.why'), 0);
        await post('/api/v1/rules/activation', { based_on: this.#draft.based_on, rules: this.#draft.rules, ladders: this.#draft.ladders, why });
        this.#forget();
        await this.load();
      },
    }).classList.add('wide');
  }

  #forget() {
    this.#draft = this.#checked = null;
    sessionStorage.removeItem(KEPT);
  }

  async #drop() {
    this.#forget();
    await this.load();
  }

  /** What held once: its texts come into the editor, to be compared and activated like any other. */
  async #former() {
    const place = el('div', {}, el('p', { class: 'soft' }, t('rules.loading')));
    const dialog = open({ title: t('rules.former'), content: place });
    try {
      const { former } = await get('/api/v1/rules/former');
      place.replaceChildren(el('ol', { class: 'former' }, former.map((one) => el('li', {}, el('code', {}, one.hash.slice(0, HASH_SHOWN)), ' ', timeOf(one.kept_at), ' ',
        one.hash === this.#held.hash ? el('b', {}, t('rules.now')) : can('administrator') ? el('button', { type: 'button', onclick: async () => {
          const texts = await get(path`/api/v1/rules/former/${one.hash}`);
          this.#draft = { rules: texts.rules, ladders: texts.ladders, based_on: this.#held.hash };
          this.#keep();
          dialog.close();
          this.#draw();
          this.check();
        } }, t('rules.take')) : null))));
    } catch (refusal) {
      place.replaceChildren(el('p', { class: 'trouble' }, refusal.message));
    }
  }
}
customElements.define('room-rules', RoomRules);
