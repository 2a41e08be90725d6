// What the record calls things, and what people call them; what we have no word for is shown as it stands.
import { word } from '../words.js';

/** The kinds that can be asked for, and the record's words for each. */
export const KINDS = {
  glass: ['break_glass'],
  login: ['login', 'logout', 'reauthenticate', 'lock_seat', 'seat_spent'],
  account: ['setup', 'make_user', 'change_user', 'change_password', 'begin_second_factor', 'second_factor', 'remove_second_factor'],
  alert: ['alert', 'list', 'stream', 'cap', 'incident', 'link'],
  answer: ['reply', 'reopen', 'merge', 'raise', 'link_reply'],
  call: ['caller', 'calls', 'dial'],
  home: ['protection', 'devices', 'duties', 'contacts', 'modes'],
  record: ['audit', 'users', 'check_record'],
  registry: ['edit_registry', 'new_secret', 'begin_import', 'activate_import', 'cancel_import',
    'offer_shift', 'take_shift', 'withdraw_shift'],
};

const known = (key, otherwise) => {
  const said = word('audit', key);
  return said === key ? otherwise : said;
};

export const kindWord = (kind) => known('kind.' + kind, kind);
export const whatWord = (what) => known('what.' + what, what);
export const resultWord = (result) => known('result.' + result, result);
