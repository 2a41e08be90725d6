// How many alerts lie in each area, for those who read rather than look.
import { el, redraw } from '../dom.js';
import { isRinging } from '../order.js';
import { t } from '../words.js';

/** Counts real alerts by area: all areas that a home lies in. */
export function countByArea(alerts) {
  const counts = new Map();
  for (const alert of alerts) {
    if (alert.exercise) continue;
    for (const area of alert.area_path ?? []) {
      const count = counts.get(area) ?? { unanswered: 0, held: 0 };
      count[isRinging(alert) ? 'unanswered' : 'held']++;
      counts.set(area, count);
    }
  }
  return counts;
}

/** A fold with a line for each area that has any. */
export class AreaTable {
  constructor() {
    this.body = el('tbody', {});
    this.fold = el('details', { class: 'by-area' }, el('summary', {}, t('map.by_area')),
      el('table', {}, el('thead', {}, el('tr', {}, el('th', { scope: 'col' }, t('map.area')),
        el('th', { scope: 'col' }, t('map.unanswered')), el('th', { scope: 'col' }, t('map.held')))), this.body));
  }

  draw(areas, counts, go) {
    const lines = ordered(areas).filter(({ id }) => counts.has(id)).map((area) => ({ ...area, ...counts.get(area.id) }));
    this.fold.hidden = lines.length === 0;
    redraw(this.body, lines, () => lines.map(({ id, name, depth, unanswered, held }) => el('tr', {},
      el('th', { scope: 'row', class: `depth-${Math.min(depth, 5)}` },
        el('button', { type: 'button', class: 'quiet', 'data-key': `area-${id}`, onclick: () => go(id) }, name)),
      el('td', { class: unanswered > 0 ? 'trouble' : null }, String(unanswered)), el('td', {}, String(held)))));
  }
}

/** Each area behind the one it lies in. */
function ordered(areas) {
  const below = (parent) => areas.filter((area) => area.parent === parent?.id && area !== parent)
    .flatMap((area) => [area, ...below(area)]);
  return areas.length === 0 ? [] : [areas[0], ...below(areas[0])];
}
