// What stands on the map of the area for an alert, for several at one place, and for an incident.
import { el } from '../dom.js';
import { MARKS, isRinging } from '../order.js';
import { address, whom } from '../row.js';
import { t } from '../words.js';

const looksOf = (alert) => `${alert.severity} ${isRinging(alert) ? 'ringing' : 'held'}${alert.exercise ? ' exercise' : ''}`;

/** A mark of its own: leads to the alert. */
export function alertMark({ alert, at }) {
  return el('a', {
    class: `mark-pill ${looksOf(alert)}`, href: `#/alert/${encodeURIComponent(alert.alert)}`, 'data-alert': alert.alert,
    'aria-label': t('map.mark', { kind: alert.text.kind, severity: alert.text.severity, state: alert.text.state,
      where: [whom(alert), address(alert)].filter(Boolean).join(' ') }),
  }, el('span', { class: 'shape', 'aria-hidden': 'true' }, isRinging(alert) ? MARKS[alert.severity] : '✓'), alert.text.kind,
  at.byFix ? el('span', { class: 'by-fix' }, t('map.by_fix')) : null);
}

/** Several at one place; act shows them nearer. */
export function clusterMark({ members }, act) {
  const alerts = members.map(({ alert }) => alert);
  const unanswered = alerts.filter(isRinging);
  const worst = unanswered[0] ?? alerts[0];
  return el('button', {
    type: 'button', class: `mark-pill many ${looksOf(worst)}`, 'data-alert': worst.alert, onclick: act,
    'aria-label': t('map.cluster', { count: alerts.length, severity: worst.text.severity, unanswered: unanswered.length }),
  }, el('span', { class: 'shape', 'aria-hidden': 'true' }, isRinging(worst) ? MARKS[worst.severity] : '✓'), el('b', {}, String(alerts.length)));
}

/** An incident of an area, with its head-count. */
export function incidentMark(incident) {
  const { homes, not_reached: missing } = incident.head_count;
  return el('a', { class: `mark-pill incident ${incident.severity}`, href: `#/alert/${encodeURIComponent(incident.alert)}` },
    el('span', { class: 'shape', 'aria-hidden': 'true' }, '◎'), t('map.incident', { homes }),
    missing > 0 ? el('b', { class: 'missing' }, t('map.incident_not_reached', { count: missing })) : null);
}

/** One of the list beside the map. */
export function listItem(alert, isPlaced) {
  return [
    el('span', { class: 'list-what' },
      el('span', { class: `shape ${alert.severity}`, 'aria-hidden': 'true' }, isRinging(alert) ? MARKS[alert.severity] : '✓'),
      el('span', { class: 'unseen' }, alert.text.severity), el('strong', {}, alert.text.kind),
      el('span', { class: isRinging(alert) ? 'list-state' : 'list-state good' }, alert.text.state),
      el('span', { class: 'age', 'data-since': Date.parse(alert.raised_at) })),
    el('span', { class: 'list-who' }, [whom(alert), address(alert)].filter(Boolean).join(' · ')),
    isPlaced ? null : el('span', { class: 'unseen' }, t('map.unplaced_hint')),
  ];
}
