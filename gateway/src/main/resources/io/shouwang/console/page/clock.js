// The gateway's time: ages and countdowns are right on a seat whose own clock is wrong.
import { language, t } from './words.js';

let aheadMs = 0; // ours, compared with the gateway's
let zone;
let face = clockFace();
let day = dayFace();
let moment = momentFace();

function clockFace() {
  return new Intl.DateTimeFormat(language, {
    hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23', timeZone: zone });
}

function dayFace() {
  return new Intl.DateTimeFormat(language, { month: 'numeric', day: 'numeric', timeZone: zone });
}

function momentFace() {
  return new Intl.DateTimeFormat(language, { year: 'numeric', month: '2-digit', day: '2-digit',
    hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23', timeZone: zone });
}

/** Takes the gateway's word for what time it is and where. */
export function setClock(asOf, civilZone) {
  aheadMs = Date.now() - Date.parse(asOf);
  if (civilZone && civilZone !== zone) {
    zone = civilZone;
    face = clockFace();
    day = dayFace();
    moment = momentFace();
  }
}

export const now = () => Date.now() - aheadMs;
export const skewSeconds = () => Math.round(aheadMs / 1000);

const two = (number) => String(number).padStart(2, '0');

/** 3:07, 1:02:33, or 2 d 04:11 from a day on. */
export function span(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  if (hours >= 24) return t('time.days', { days: Math.floor(hours / 24), rest: `${two(hours % 24)}:${two(minutes)}` });
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${two(minutes)}:${two(seconds % 60)}`;
}

/** A civil time of day, with the day when it isn't today's. */
export function timeOf(instant) {
  const at = new Date(instant);
  const today = day.format(new Date(now()));
  const its = day.format(at);
  return its === today ? face.format(at) : `${its} ${face.format(at)}`;
}

/** The civil time of day so many seconds from now. */
export const inSeconds = (seconds) => timeOf(now() + seconds * 1000);

/** Date and time in full, for records. */
export function momentOf(instant) {
  return moment.format(new Date(instant));
}

/** A civil date with its year. */
export function dateOf(instant) {
  return new Intl.DateTimeFormat(language, { year: 'numeric', month: 'numeric', day: 'numeric', timeZone: zone })
    .format(new Date(instant));
}

/** The last moment at which a clock there showed these hours and minutes; one or two ahead are meant as such. */
export function lastAt(hoursAndMinutes) {
  const minutes = (text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));
  const ago = minutes(minuteNow()) - minutes(hoursAndMinutes);
  const minute = Math.floor(now() / 60_000) - (ago < -2 ? ago + 1440 : ago);
  return new Date(minute * 60_000).toISOString();
}

/** Hours and minutes of a moment, for a scale. */
export const minuteOf = (instant) => face.format(new Date(instant)).slice(0, 5);

/** Hours and minutes now, for a field of a form. */
export function minuteNow() {
  return face.format(new Date(now())).slice(0, 5);
}

/** Writes what has passed since, or is left until, into all places that count. */
export function tick(root = document) {
  const time = now();
  for (const place of root.querySelectorAll('[data-since]')) {
    write(place, span(time - Number(place.dataset.since)));
  }
  for (const place of root.querySelectorAll('[data-due]')) {
    const leftMs = Number(place.dataset.due) - time;
    write(place, leftMs <= 0 ? t('time.due') : span(leftMs + 999));
    place.classList.toggle('soon', leftMs < 30_000);
  }
}

function write(place, text) {
  if (place.firstChild?.nodeType === Node.TEXT_NODE && place.childNodes.length === 1) {
    if (place.firstChild.data !== text) place.firstChild.data = text;
  } else place.textContent = text;
}
