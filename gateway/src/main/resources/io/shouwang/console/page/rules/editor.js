// A text with its line numbers, and each mistake marked at its line.
import { el, redraw } from '../dom.js';
import { t } from '../words.js';

export class RuleEditor extends HTMLElement {
  #problems = [];
  #lines = 0;

  connectedCallback() {
    if (this.firstChild) return;
    this.gutter = el('div', { class: 'gutter', 'aria-hidden': 'true' });
    this.text = el('textarea', { wrap: 'off', spellcheck: 'false', autocapitalize: 'off', autocomplete: 'off', 'aria-label': t('rules.text'),
      oninput: () => { this.#number(); this.dispatchEvent(new Event('edited', { bubbles: true })); },
      onscroll: () => { this.gutter.scrollTop = this.text.scrollTop; } });
    this.list = el('div', { class: 'problems', role: 'status' });
    this.append(el('div', { class: 'sheet' }, this.gutter, this.text), this.list);
  }

  get value() {
    return this.text.value;
  }

  show(text, isReadOnly) {
    if (this.text.value !== text) this.text.value = text;
    this.text.readOnly = isReadOnly;
    this.#lines = 0;
    this.#number();
  }

  /** Marks mistakes; null while nobody checked. */
  mark(problems) {
    this.#problems = problems ?? [];
    this.#lines = 0;
    this.#number();
    redraw(this.list, [problems], () => problems === null ? null : problems.length === 0 ? el('p', { class: 'good' }, t('rules.good'))
      : [el('h3', {}, t('rules.problems', { count: problems.length })), el('ol', {}, problems.map((one, i) => el('li', {},
        one.line > 0 ? el('button', { type: 'button', class: 'line', 'data-key': `problem-${i}`, onclick: () => this.go(one.line, one.column) },
          t('rules.line', { line: one.line })) : null, ' ', el('span', {}, one.what), el('p', { class: 'remedy' }, one.remedy))))]);
  }

  /** Puts the caret at a place and the line into sight. */
  go(line, column = 0) {
    const lines = this.text.value.split('\n');
    const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
    const at = start + Math.max(0, Math.min(column - 1, (lines[line - 1] ?? '').length));
    this.text.focus();
    this.text.setSelectionRange(at, start + (lines[line - 1] ?? '').length);
    const height = this.text.scrollHeight / Math.max(1, lines.length);
    this.text.scrollTop = Math.max(0, (line - 6) * height);
  }

  #number() {
    const count = this.text.value.split('\n').length;
    if (count === this.#lines) return;
    this.#lines = count;
    const wrong = new Map(this.#problems.map((one) => [one.line, one]));
    this.gutter.replaceChildren(...Array.from({ length: count }, (_, i) => el('span', { class: wrong.has(i + 1) ? 'wrong' : null },
      wrong.has(i + 1) ? `✕ ${i + 1}` : String(i + 1))));
    this.gutter.scrollTop = this.text.scrollTop;
  }
}
customElements.define('rule-editor', RuleEditor);
