// The page's own words; what happened is worded by the gateway.
import { en } from './words_en.js';
import { zh } from './words_zh.js';

const CHOSEN = 'shouwang-language';
const asked = localStorage.getItem(CHOSEN) || navigator.language || 'zh';
const isEnglish = asked.toLowerCase().startsWith('en');
const words = { ...(isEnglish ? en : zh) };

export const language = isEnglish ? 'en' : 'zh-CN';

/** Learns a room's words, { zh, en }. */
export function learn(more) {
  Object.assign(words, isEnglish ? more.en : more.zh);
}

/** A text with its {gaps} filled. */
export function t(key, gaps = {}) {
  const text = words[key];
  if (text === undefined) throw new Error(`no word ${key}`);
  return text.replace(/\{(\w+)\}/g, (_, name) => String(gaps[name] ?? ''));
}

/** A word of the gateway's that we may know; else as it came. */
export function word(group, value) {
  return words[`${group}.${value}`] ?? value;
}

/** Changes the language; the page begins anew in it. */
export function otherLanguage() {
  localStorage.setItem(CHOSEN, isEnglish ? 'zh-CN' : 'en');
  location.reload();
}
