// In which order alerts want somebody. Nothing here depends on when the page heard of them.
const SEVERITIES = ['critical', 'major', 'minor'];
const URGENT = new Set(['sos', 'fall', 'smoke', 'gas']);

export const MARKS = { critical: '▲', major: '◆', minor: '●' };

/** What is spoken up for until somebody looked. */
export const isUrgent = (alert) => URGENT.has(alert.kind) && !alert.exercise;
export const isRinging = (alert) => alert.state === 'ringing';
export const isIncident = (alert) => alert.kind === 'area_incident';

/** Worst first, then unanswered for longest. */
export function byUrgency(a, b) {
  return SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity)
    || Date.parse(a.raised_at) - Date.parse(b.raised_at)
    || (a.alert < b.alert ? -1 : 1);
}

/** The queue's parts: unanswered, in somebody's hands, exercises. */
export function parts(alerts) {
  const real = alerts.filter((alert) => !alert.exercise).sort(byUrgency);
  return {
    unanswered: real.filter(isRinging),
    held: real.filter((alert) => !isRinging(alert)),
    exercises: alerts.filter((alert) => alert.exercise).sort(byUrgency),
  };
}
