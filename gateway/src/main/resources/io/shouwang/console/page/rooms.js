// The rooms beside the queue, in the order of their links. Whoever may not enter one isn't shown it; the gateway decides all the same.
import { can, hasAccount, hears } from './session.js';

/** A room is a folder: room.js with the element room-NAME and its open(parts, query), room.css, words.js; its link says word room.NAME. */
const DESK = [
  { name: 'elders', roles: ['dispatcher', 'supervisor', 'administrator'] },
  { name: 'map', roles: ['dispatcher', 'supervisor'] },
  { name: 'duties', roles: ['dispatcher', 'supervisor'] },
  { name: 'devices', roles: ['dispatcher', 'supervisor'] },
  { name: 'shift', roles: ['dispatcher', 'supervisor'] },
  { name: 'modes', roles: ['dispatcher', 'supervisor', 'administrator'], rare: true },
  { name: 'schedules', roles: ['dispatcher', 'supervisor', 'administrator'], rare: true },
  { name: 'load', roles: ['dispatcher', 'supervisor'], rare: true },
  { name: 'drills', roles: ['dispatcher', 'supervisor', 'administrator'], rare: true },
  { name: 'rules', roles: ['supervisor', 'administrator'], rare: true },
  { name: 'wall', roles: ['dispatcher', 'supervisor'], bare: true, rare: true },
];
const OFFICE = [
  { name: 'users', roles: ['administrator'], rare: true },
  { name: 'registry', roles: ['administrator'], rare: true },
  { name: 'audit', roles: ['auditor'], rare: true },
];
const FIELD = { name: 'field', roles: ['grid_worker', 'organization_worker'], bare: true };
const ME = { name: 'me', roles: [], account: true, own: true };

/**
 * Those that whoever sits here may enter: the desk's first for whoever hears alerts, else the office's, which is where an administrator
 * begins. A rare one stands in a menu beside a queue; one's own behind one's name.
 */
export const rooms = () => [FIELD, ...(hears() ? [...DESK, ...OFFICE] : [...OFFICE, ...DESK]), ME]
  .filter((room) => can(...room.roles) && (!room.account || hasAccount()));

/** Opens a room's door: loads its element and its looks, once. Null when there is no such room here. */
export async function enter(name) {
  const room = rooms().find((one) => one.name === name);
  if (!room) return null;
  await Promise.all([import(`./${name}/room.js`), style(`/console/${name}/room.css`)]);
  return { ...room, element: document.createElement(`room-${name}`) };
}

/** Waits for a style, so that nobody sees a room without it. */
export function style(href) {
  if (document.querySelector(`link[href="${href}"]`)) return null;
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  return new Promise((done, failed) => {
    link.onload = done;
    link.onerror = () => { link.remove(); failed(new Error(href)); };
    link.href = href;
    document.head.append(link);
  });
}
