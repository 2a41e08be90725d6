// A whole registry brought in: choose files, see how far the check is and what would change, let it hold or not.
import { del, get, headers, path, post, refusalOf } from '../api.js';
import { choices, open as ask, tell } from '../dialogs.js';
import { el, redraw } from '../dom.js';
import { language, t } from '../words.js';
import { zipped } from './zip.js';

const LOOK_MS = 1_000;
const ENDS = ['in_force', 'refused', 'cancelled', 'failed'];
const NUMBER = new Intl.NumberFormat(language);
const count = (value) => NUMBER.format(value);
const word = (section) => t(`registry.section.${section.replace('-', '_')}`);

/** Sends with progress, which fetch doesn't tell. */
function send(blob, heard) {
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    request.open('POST', '/api/v1/imports');
    for (const [name, value] of Object.entries(headers({ 'Content-Type': 'application/zip' }))) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => heard(event.loaded, event.total);
    request.onerror = () => failed(new Error(t('api.unreachable')));
    request.onload = async () => {
      if (request.status === 202) return done(JSON.parse(request.responseText));
      const retry = request.getResponseHeader('Retry-After');
      return failed(await refusalOf(new Response(request.responseText, { status: request.status, headers: retry ? { 'Retry-After': retry } : {} })));
    };
    request.send(blob);
  });
}

class RegistryImport extends HTMLElement {
  async connectedCallback() {
    this.trouble = el('p', { class: 'trouble', role: 'status' });
    this.standing = el('div', {});
    this.replaceChildren(this.trouble, this.standing);
    await this.#look();
    this.timer = setInterval(() => { if (this.isRunning && !document.hidden) this.#look(); }, LOOK_MS);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  async #look() {
    try {
      if (!this.current) {
        const { imports, bytes_max } = await get('/api/v1/imports');
        this.bytesMax = bytes_max;
        this.current = imports[0]?.import;
      }
      this.#draw(this.current ? await get(path`/api/v1/imports/${this.current}`) : null);
    } catch (refusal) {
      this.trouble.textContent = refusal.message;
    }
  }

  #draw(state) {
    const isOver = !state || ENDS.includes(state.stage);
    if (state?.stage === 'in_force' && this.isRunning) this.dispatchEvent(new Event('taken'));
    this.isRunning = state && !isOver && state.stage !== 'ready';
    redraw(this.standing, state ?? 'none', () => [
      state ? this.#state(state) : null, isOver ? this.#chooser() : null]);
  }

  #chooser() {
    const input = el('input', { type: 'file', name: 'files', multiple: true, accept: '.zip,.csv', required: true, 'data-key': 'files' });
    return el('form', { class: 'chooser', onsubmit: (event) => {
      event.preventDefault();
      this.#begin([...input.files]);
    } }, el('h3', {}, t('registry.import.choose')), el('p', {}, t('registry.import.files')),
    el('p', { class: 'soft' }, t('registry.import.whole')),
    el('label', { class: 'field' }, el('span', {}, t('registry.import.input')), input),
    el('button', { class: 'primary', type: 'submit' }, t('registry.import.check')));
  }

  async #begin(files) {
    this.trouble.textContent = '';
    try {
      if (files.length === 0) return;
      if (files.reduce((sum, file) => sum + file.size, 0) > this.bytesMax) {
        throw new Error(t('registry.import.large', { mib: count(this.bytesMax / 1048576) }));
      }
      const bar = el('progress', { max: 100, 'aria-label': t('registry.import.stage.receiving') });
      const said = el('span', {}, t('registry.import.stage.receiving'));
      this.standing.shows = null;
      this.standing.replaceChildren(el('div', { class: 'running' }, el('p', { role: 'status' }, said), bar));
      const state = await send(await zipped(files), (sent, all) => {
        bar.value = all > 0 ? (sent * 100) / all : 0;
        said.textContent = `${t('registry.import.stage.receiving')} ${Math.floor(bar.value)} %`;
      });
      this.current = state.import;
      this.#draw(state);
    } catch (refusal) {
      this.trouble.textContent = refusal.message;
      this.standing.shows = null;
      this.current = null;
      this.#look();
    }
  }

  #state(state) {
    const title = el('p', { class: 'stage', role: 'status' }, t(`registry.import.stage.${state.stage}`),
      state.file ? ` · ${state.file}` : '', state.of ? ` · ${t('registry.import.rows', { rows: count(state.rows), of: count(state.of) })}` : '');
    const cancel = el('button', { type: 'button', 'data-key': 'cancel', onclick: () => this.#cancel() }, t('registry.import.cancel'));
    switch (state.stage) {
      case 'ready': return el('section', { class: 'entry' }, title, state.why ? el('p', { class: 'trouble' }, state.why) : null,
        this.#preview(state), el('div', { class: 'tools' },
          el('button', { type: 'button', class: 'primary', 'data-key': 'activate', onclick: () => this.#activate(state) }, t('registry.import.activate')), cancel));
      case 'refused': return el('section', { class: 'entry refused' }, title, this.#problems(state));
      case 'failed': return el('section', { class: 'entry' }, title, el('p', { class: 'trouble' }, state.why));
      case 'in_force': return el('section', { class: 'entry done' }, title,
        state.secrets_file ? el('p', {}, t('registry.import.secrets', { count: count(state.new_secrets), file: state.secrets_file })) : null);
      case 'cancelled': return el('section', { class: 'entry' }, title);
      default: return el('section', { class: 'entry running' }, title,
        el('progress', { max: 100, value: state.percent ?? null, 'aria-label': t(`registry.import.stage.${state.stage}`) }),
        state.stage === 'activating' ? null : el('div', { class: 'tools' }, cancel));
    }
  }

  #problems(state) {
    const more = state.problem_count - state.problems.length;
    return [el('div', { class: 'wide', tabindex: 0, role: 'region', 'aria-label': t('registry.import.problems') }, el('table', {},
      el('caption', {}, t('registry.import.mistakes', { count: count(state.problem_count) })),
      el('thead', {}, el('tr', {}, ['place', 'value', 'what'].map((name) => el('th', { scope: 'col' }, t(`registry.import.${name}`))))),
      el('tbody', {}, state.problems.map((one) => el('tr', {},
        el('th', { scope: 'row' }, one.file + (one.line > 0 ? `:${one.line}` : ''), one.column ? ` ${one.column}` : ''),
        el('td', {}, one.value), el('td', {}, `${one.what}; ${one.remedy}`)))))),
    more > 0 ? el('p', {}, t('registry.import.more', { count: count(more) })) : null];
  }

  #preview({ preview, misfits }) {
    const some = ({ count: number, ids }) => (number === 0 ? el('span', { class: 'soft' }, '0')
      : el('details', { open: number <= 5 }, el('summary', {}, count(number)), ids.join(t('list')), number > ids.length ? ' …' : ''));
    const changed = preview.sections.filter((one) => one.added.count + one.changed.count + one.removed.count > 0);
    return [changed.length + preview.files.length === 0 ? el('p', {}, t('registry.import.same')) : null,
      changed.length === 0 ? null : el('div', { class: 'wide' }, el('table', { class: 'changes-table' },
        el('caption', {}, t('registry.import.changes')),
        el('thead', {}, el('tr', {}, el('th', { scope: 'col' }, t('registry.section')),
          ['added', 'changed', 'removed'].map((kind) => el('th', { scope: 'col' }, t(`registry.kind.${kind}`))))),
        el('tbody', {}, changed.map((one) => el('tr', {}, el('th', { scope: 'row' }, word(one.section)),
          el('td', {}, some(one.added)), el('td', {}, some(one.changed)),
          el('td', { class: one.removed.count > 0 ? 'removed' : null }, some(one.removed))))))),
      preview.files.length > 0 ? el('p', {}, t('registry.import.others', { files: preview.files.join(t('list')) })) : null,
      preview.undone_count === 0 ? null : el('div', { class: 'undone' },
        el('h4', {}, t('registry.import.undone', { count: count(preview.undone_count) })),
        el('ul', {}, preview.undone.slice(0, 50).map((one) => el('li', {}, `${word(one.section)} ${one.id}`, t('colon'),
          one.removed ? t('registry.kind.removed') : one.fields.map((name) => t(`registry.field.${name}`)).join(t('list'))))),
        preview.undone_count > 50 ? el('p', {}, t('registry.import.more', { count: count(preview.undone_count - 50) })) : null),
      misfits.length === 0 ? null : el('div', { class: 'trouble' }, el('p', {}, t('registry.import.misfits')),
        el('ul', {}, misfits.map((one) => el('li', {}, `${one.section} ${one.id} ${one.field} ${one.what}; ${one.remedy}`))))];
  }

  #activate(state) {
    const { preview } = state;
    const removed = preview.sections.reduce((sum, one) => sum + one.removed.count, 0);
    ask({ title: t('registry.import.activate'), label: t('registry.import.activate'), danger: true,
      content: [el('p', {}, t('registry.import.sure')),
        removed > 0 ? el('p', { class: 'trouble' }, t('registry.import.removes', { count: count(removed) })) : null,
        preview.undone_count > 0 ? choices(t('registry.import.edits'), 'edits', [
          ['keep_edits', t('registry.import.keep')], ['undo_edits', t('registry.import.undo')]]) : null],
      done: async (form) => {
        this.#draw(await post(path`/api/v1/imports/${state.import}/activation`, form.has('edits') ? { edits: form.get('edits') } : {}));
      } });
  }

  async #cancel() {
    try {
      this.#draw(await del(path`/api/v1/imports/${this.current}`));
      this.#look();
    } catch (refusal) {
      tell(refusal.message, true);
    }
  }
}

customElements.define('registry-import', RegistryImport);
