// The secret of a second factor: a picture for the camera, and the same in letters for typing.
import { el } from '../dom.js';
import { t } from '../words.js';

const MARGIN = 4; // modules of white that readers want around it
const SCALE = 6;

/** Dark on white whatever the page's colours: readers want it so. */
function picture({ size, path }) {
  const side = (size + 2 * MARGIN) * SCALE;
  const canvas = el('canvas', { class: 'qr', width: side, height: side, role: 'img', 'aria-label': t('me.qr') });
  const pen = canvas.getContext('2d');
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, side, side);
  pen.scale(SCALE, SCALE);
  pen.translate(MARGIN, MARGIN);
  pen.fillStyle = '#000';
  pen.fill(new Path2D(path));
  return canvas;
}

export function drawSecret({ secret, qr }) {
  return el('div', { class: 'secret' }, el('p', {}, t('me.qr_hint')), picture(qr),
    el('p', {}, t('me.secret_hint')), el('p', {}, el('code', { class: 'groups' }, secret.match(/.{1,4}/g).join(' '))));
}
