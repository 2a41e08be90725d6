// Choosing an area: part of its name, and the list of those that have it, with all above them.
import { el, say } from '../dom.js';
import { get } from '../api.js';
import { t } from '../words.js';

const PAUSE_MS = 200;

/** A field whose select is named "area"; its value is that of the form. */
export function areaField(chosen) {
  const select = el('select', { name: 'area', size: 6, required: true, 'aria-label': t('users.area') });
  const status = el('small', { role: 'status' });
  const search = el('input', { type: 'search', maxlength: 100, autocomplete: 'off', placeholder: t('users.area_search'), 'aria-label': t('users.area_search') });
  let waiting = null;
  let current = chosen ? { area: chosen.area, names: chosen.area_names } : null;
  select.addEventListener('change', () => { current = { area: select.value, names: select.selectedOptions[0].names }; });

  async function look() {
    try {
      const { areas, total } = await get(`/api/v1/users/areas?${new URLSearchParams({ q: search.value.trim() })}`);
      // What is chosen stays in the list, whatever is searched for.
      const shown = current && !areas.some(({ area }) => area === current.area) ? [current, ...areas] : areas;
      select.replaceChildren(...shown.map(({ area, names }) => Object.assign(
        el('option', { value: area, selected: area === current?.area }, names.join(' › ') || area), { names })));
      say(status, total > areas.length ? t('users.area_more', { shown: areas.length, total }) : total === 0 ? t('users.area_none') : '');
    } catch (refusal) {
      say(status, refusal.message);
    }
  }
  search.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, PAUSE_MS);
  });
  look();
  return el('fieldset', { class: 'area-field' }, el('legend', {}, t('users.area')), search, select, status);
}
