// One key each for what is done often. Single keys can be turned off (WCAG 2.1.4).
import { el } from './dom.js';
import { field, isAsking, open } from './dialogs.js';
import { extension, setExtension } from './caller.js';
import { isLocked } from './session.js';
import { t } from './words.js';

const SWITCH = 'shouwang-keys';
/** Keys, in the order of the map; what they do is worded under key.…. */
const MAP = [['J', 'next'], ['K', 'previous'], ['Enter', 'open'], ['Esc', 'back'], ['A', 'accept'], ['W', 'on_the_way'],
  ['P', 'arrived'], ['S', 'spoke'], ['E', 'ring_next'], ['H', 'hand_over'], ['B', 'note'],
  ['C', 'close'], ['R', 'reopen'], ['M', 'merge'], ['Z', 'undo'], ['D', 'dial'], ['T', 'copy'],
  ['N', 'caller'], ['X', 'silence'], ['L', 'lock'], ['?', 'map']];

export const areOn = () => localStorage.getItem(SWITCH) !== 'off';

/** Hears keys for a seat: does.next(), does.accept() and so on. */
export function hearKeys(does) {
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing || isAsking()
      || (isLocked() && event.key.toUpperCase() !== 'X')) return;
    if (event.target.closest('.row') && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      does[event.key === 'ArrowDown' ? 'next' : 'previous']();
      return;
    }
    if (event.key === 'Escape') {
      does.back();
      return;
    }
    const name = MAP.find(([key]) => key.length === 1 && key === event.key.toUpperCase())?.[1];
    if (!name || !areOn() || isTyped(event.target) || (event.repeat && name !== 'next' && name !== 'previous')) return;
    event.preventDefault();
    does[name]();
  });
}

const isTyped = (target) => target.closest('input, textarea, select, [contenteditable]') !== null;

/** The map of keys, the switch, and which telephone stands at this seat. */
export function askKeys(changed) {
  const box = el('input', { type: 'checkbox', name: 'keys', checked: areOn() });
  open({
    title: t('keys.title'),
    content: [
      el('dl', { class: 'keys' }, MAP.map(([key, name]) => [el('dt', {}, el('kbd', {}, key)), el('dd', {}, t(`key.${name}`))])),
      el('label', { class: 'choice' }, box, ' ', t('keys.switch')),
      field(t('call.extension'), el('input', { name: 'extension', value: extension(), maxlength: 32, autocomplete: 'off' }), t('call.extension_hint')),
    ],
    label: t('keys.keep'),
    done: async (data) => {
      localStorage.setItem(SWITCH, data.get('keys') ? 'on' : 'off');
      setExtension(data.get('extension'));
      changed();
    },
  });
}
