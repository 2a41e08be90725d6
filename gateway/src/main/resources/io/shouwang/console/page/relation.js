// What somebody is to an elder, as the registry says it: a word for devices ("daughter"), which people read in their own language.
import { word } from './words.js';

/** Of { relation, role }; null when it says no more than the role does. */
export function relationOf({ relation, role }) {
  if (!relation) return null;
  const plain = relation.toLowerCase().replaceAll(/[ -]/g, '_');
  return plain === role ? null : word('relation', plain) === plain ? relation : word('relation', plain);
}
