// What the marks mean, in words.
import { el } from '../dom.js';
import { MARKS } from '../order.js';
import { t } from '../words.js';

const SEVERITIES = ['critical', 'major', 'minor'];

export function legend() {
  const sample = (looks, shape, text) => el('li', {},
    el('span', { class: `mark-pill sample ${looks}`, 'aria-hidden': 'true' }, el('span', { class: 'shape' }, shape)), el('span', {}, text));
  return el('details', { class: 'legend' }, el('summary', {}, t('map.legend')), el('ul', {},
    SEVERITIES.map((severity) => sample(`${severity} ringing`, MARKS[severity], t(`map.legend.${severity}`))),
    sample('critical ringing', MARKS.critical, t('map.legend.ringing')),
    sample('critical held', '✓', t('map.legend.held')),
    sample('minor held exercise', '✓', t('map.legend.exercise')),
    sample('critical ringing many', '12', t('map.legend.cluster')),
    el('li', {}, t('map.legend.fix'))));
}
