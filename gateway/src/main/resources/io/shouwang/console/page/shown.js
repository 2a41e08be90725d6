// One field that is masked, shown in full for a reason that auditors read; it is not kept in the page.
import { el } from './dom.js';
import { path, post } from './api.js';
import { field, open } from './dialogs.js';
import { t } from './words.js';

const REASON_MIN = 2;
const REASON_MAX = 200;
const isMasked = (text) => typeof text === 'string' && text.includes('**');

/** What of an alert can be asked for: the home's, each elder's, each responder's. */
function fieldsOf(alert) {
  const home = ['address', 'phone', 'access'].map((name) => ({ of: {}, whose: '', name }));
  const elders = (alert.persons ?? alert.elders ?? []).flatMap((one) => ['name', 'phone', 'notes']
    .map((name) => ({ of: { elder: one.id }, whose: one.name, name })));
  const asked = (alert.asked ?? []).filter((one) => isMasked(one.name) || isMasked(one.phone))
    .flatMap((one) => ['name', 'phone'].map((name) => ({ of: { responder: one.responder }, whose: one.name, name })));
  return [...home, ...elders, ...asked];
}

/** A button, where anything of this alert is masked; else null. */
export function offerShown(alert) {
  const persons = alert.persons ?? alert.elders ?? [];
  if (![alert.home.address, alert.home.phone, ...persons.map((one) => one.name)].some(isMasked)) return null;
  return el('button', { type: 'button', 'data-key': 'shown', onclick: () => askShown(alert) }, t('shown.button'));
}

function askShown(alert) {
  const fields = fieldsOf(alert);
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
      const { value } = await post(path`/api/v1/alerts/${alert.alert}/shown`, { field: one.name, ...one.of, reason: data.get('reason').trim() });
      queueMicrotask(() => open({ title: label(one), content: [el('p', { class: 'address shown' }, value || t('shown.nothing'))] }));
    },
  });
}
