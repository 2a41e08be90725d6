// The way from room to room: the links above every room, a menu for the rarer ones, and one behind one's own name.
import { el } from './dom.js';
import { hears, me } from './session.js';
import { rooms } from './rooms.js';
import { t } from './words.js';

const linkTo = (name, label = t(`room.${name}`)) => el('a', { href: `#/${name}`, 'data-room': name }, label);

/** Where somebody without a queue begins; undefined for whoever may enter nothing. */
export const firstRoom = () => rooms()[0]?.name;

/** The links above every room. */
export function roomLinks() {
  const all = rooms().filter((room) => !room.own);
  const rare = hears() ? all.filter((room) => room.rare) : [];
  return el('nav', { class: 'rooms', 'aria-label': t('rooms.title'), hidden: all.length === 0 },
    hears() ? linkTo('', t('room.queue')) : null,
    all.filter((room) => !rare.includes(room)).map(({ name }) => linkTo(name)),
    rare.length === 0 ? null : menu('more', t('rooms.more'), rare.map(({ name }) => linkTo(name))));
}

/** What belongs to whoever sits here: their account, and what the seat gives besides. */
export function ownMenu(...things) {
  return menu('own', me().name || me().user, [rooms().some((room) => room.own) ? linkTo('me') : null, ...things]);
}

/** A menu that opens below its name and closes once something was chosen, by Escape, or by going elsewhere. */
function menu(kind, label, things) {
  const name = el('span', { class: kind === 'own' ? 'sitting' : null }, label);
  const details = el('details', { class: `menu ${kind}` }, el('summary', {}, name), el('div', { class: 'choices' }, things));
  details.addEventListener('click', (event) => { if (event.target.closest('a, button')) details.open = false; });
  details.addEventListener('focusout', (event) => {
    if (event.relatedTarget && !details.contains(event.relatedTarget)) details.open = false;
  });
  const elsewhere = (event) => { if (!details.contains(event.target)) details.open = false; };
  details.addEventListener('toggle', () => {
    if (details.open) document.addEventListener('pointerdown', elsewhere);
    else document.removeEventListener('pointerdown', elsewhere);
  });
  details.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !details.open) return;
    event.stopPropagation(); // the key closes this, not the alert
    details.open = false;
    details.firstChild.focus();
  });
  return details;
}

/** Marks where one is, in the links and in the menu that holds it. */
export function markRoom(bar, here) {
  for (const link of bar.querySelectorAll('[data-room]')) {
    if (link.dataset.room === here) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  for (const one of bar.querySelectorAll('.menu')) {
    one.classList.toggle('here', one.querySelector('[aria-current]') !== null);
  }
}
