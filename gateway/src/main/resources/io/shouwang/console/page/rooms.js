// The rooms beside the queue, in the order of their links. Whoever may not enter one isn't shown it; the gateway decides all the same.
import { can, hasAccount } from './session.js';

/** A room is a folder: room.js with the element room-NAME and its open(parts, query), room.css, words.js; its link says word room.NAME. */
const ROOMS = [
  { name: 'field', roles: ['grid_worker', 'organization_worker'], bare: true },
  { name: 'elders', roles: ['dispatcher', 'supervisor', 'administrator'] },
  { name: 'map', roles: ['dispatcher', 'supervisor'] },
  { name: 'devices', roles: ['dispatcher', 'supervisor', 'administrator'] },
  { name: 'duties', roles: ['dispatcher', 'supervisor'] },
  { name: 'modes', roles: ['dispatcher', 'supervisor', 'administrator'] },
  { name: 'shift', roles: ['dispatcher', 'supervisor'] },
  { name: 'load', roles: ['dispatcher', 'supervisor'] },
  { name: 'wall', roles: ['dispatcher', 'supervisor'], bare: true },
  { name: 'drills', roles: ['dispatcher', 'supervisor', 'administrator'] },
  { name: 'rules', roles: ['supervisor', 'administrator'] },
  { name: 'users', roles: ['administrator'] },
  { name: 'audit', roles: ['auditor'] },
  { name: 'me', roles: [], account: true },
  { name: 'schedules', roles: ['dispatcher', 'supervisor', 'administrator'] },
  { name: 'registry', roles: ['administrator'] },
];

/** Those that whoever sits here may enter. */
export const rooms = () => ROOMS.filter((room) => can(...room.roles) && (!room.account || hasAccount()));

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
