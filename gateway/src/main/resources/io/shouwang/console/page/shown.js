// One field that is masked, shown in full for a reason that auditors read; it is not kept in the page.
import { el } from './dom.js';
import { path, post } from './api.js';
import { field, open } from './dialogs.js';
import { can } from './session.js';
import { t } from './words.js';

const REASON_MIN = 2;
const REASON_MAX = 200;
const isMasked = (text) => typeof text === 'string' && text.includes('**');

const ofHome = () => ['address', 'phone', 'access'].map((name) => ({ of: {}, whose: '', name }));
const ofElder = (one) => ['name', 'phone', 'notes'].map((name) => ({ of: { elder: one.id }, whose: one.name, name }));
const ofResponder = (one) => ['name', 'phone'].map((name) => ({ of: { responder: one.responder }, whose: one.name, name }));
const isAnyMasked = (home, persons) => [home.address, home.phone, ...persons.map((one) => one.name)].some(isMasked);
const button = (ask) => el('button', { type: 'button', 'data-key': 'shown', onclick: ask }, t('shown.button'));

/** A button, where anything of this alert is masked: the home's, each elder's, each responder's; else null. */
export function offerShown(alert) {
  const persons = alert.persons ?? alert.elders ?? [];
  if (!isAnyMasked(alert.home, persons)) return null;
  const asked = (alert.asked ?? []).filter((one) => isMasked(one.name) || isMasked(one.phone));
  return button(() => askShown(path`/api/v1/alerts/${alert.alert}/shown`, [...ofHome(), ...persons.flatMap(ofElder), ...asked.flatMap(ofResponder)]));
}

/** The same for an elder's card; null where nobody lives whom it could be recorded of. */
export function offerShownOf({ home }, elder) {
  if (!elder || !can('dispatcher', 'supervisor') || !isAnyMasked(home, [elder])) return null;
  return button(() => askShown(path`/api/v1/elders/${elder.id}/shown`, [...ofHome(), ...ofElder(elder)]));
}

function askShown(where, fields) {
  const label = ({ whose, name }) => (whose ? t('shown.of', { whose, name: t(`shown.field.${name}`) }) : t(`shown.field.${name}`));
  open({
    title: t('shown.title'),
    content: [
      field(t('shown.which'), el('select', { name: 'which' }, fields.map((one, i) => el('option', { value: i }, label(one))))),
      field(t('shown.reason'), el('textarea', { name: 'reason', rows: 2, required: true, minlength: REASON_MIN, maxlength: REASON_MAX }), t('shown.hint')),
    ],
    label: t('shown.do'),
    done: async (data) => {
      const one = fields[Number(data.get('which'))];
      const { value } = await post(where, { field: one.name, ...one.of, reason: data.get('reason').trim() });
      queueMicrotask(() => open({ title: label(one), content: [el('p', { class: 'address shown' }, value || t('shown.nothing'))] }));
    },
  });
}
