// Incidents of areas, folded: how many homes, how many nobody reached; opened, the homes one by one.
import { arrange, el, redraw, say } from './dom.js';
import { get, path } from './api.js';
import { store } from './store.js';
import { t } from './words.js';

const STANDINGS = ['not_reached', 'coming', 'somebody_there', 'safe', 'closed'];

class AreaIncidents extends HTMLElement {
  connectedCallback() {
    this.list = el('div', {});
    this.append(this.list);
    store.addEventListener('change', () => this.draw());
    this.draw();
  }

  draw() {
    this.hidden = store.incidents.length === 0;
    arrange(this.list, store.incidents, (incident) => incident.alert, make, update);
  }
}

function make(incident) {
  const summary = el('summary', {});
  const homes = el('div', { class: 'homes' });
  const fold = el('details', { class: `incident ${incident.severity}` }, summary, homes);
  fold.addEventListener('toggle', () => { if (fold.open) loadHomes(fold); });
  return Object.assign(fold, { summary, homes, alertId: incident.alert });
}

function update(fold, incident) {
  const count = incident.head_count;
  redraw(fold.summary, incident, () => [
    el('strong', {}, t('incident.title', { homes: count.homes })), ' ',
    el('span', {}, incident.why),
    el('span', { class: 'heads' }, STANDINGS.map((standing) => el('span',
      { class: `tally ${standing}${count[standing] > 0 ? ' some' : ''}` },
      t(`standing.${standing}`), ' ', el('b', {}, String(count[standing]))))),
  ]);
  if (fold.open && fold.count !== JSON.stringify(count)) loadHomes(fold);
  fold.count = JSON.stringify(count);
}

async function loadHomes(fold) {
  try {
    const incident = await get(path`/api/v1/incidents/${fold.alertId}`);
    redraw(fold.homes, incident.homes, () => [
      el('a', { href: `#/alert/${encodeURIComponent(fold.alertId)}` }, t('incident.open')),
      el('ul', {}, incident.homes.map((home) => el('li', { class: home.standing },
        el('b', {}, t(`standing.${home.standing}`)), ' ', home.address || home.home, ' ',
        home.phone ? el('a', { href: `tel:${home.phone.replace(/[^0-9+]/g, '')}` }, home.phone) : null))),
    ]);
  } catch (refusal) {
    fold.homes.shows = null;
    say(fold.homes, refusal.message);
  }
}
customElements.define('area-incidents', AreaIncidents);
