// The city's single sign-on, if there is one. It stands beside name and password and never in their way.
import { el } from './dom.js';
import * as words from './sso/words.js';
import { language, learn, t } from './words.js';

learn(words);
const ENDINGS = ['expired', 'refused', 'no_account', 'unavailable'];

/** What the gateway says of it; null when there is none, or nothing can be heard of it. */
async function offer() {
  try {
    const response = await fetch('/api/v1/sign-on', { signal: AbortSignal.timeout(5_000) });
    const said = response.ok ? await response.json() : {};
    return said.offered ? { begin: said.begin, title: language === 'en' ? said.title.en : said.title.zh } : null;
  } catch {
    return null;
  }
}

/** A link to log in by it, as large as a button; null when there is no single sign-on. */
export async function signOnButton() {
  const said = await offer();
  return said && el('a', { class: 'button sign-on', href: said.begin }, t('sso.by', { title: said.title }));
}

/** The same for a locked seat: in a window of its own, so that this page goes on sounding. The feed says when it is unlocked. */
export async function signOnAgainButton() {
  const said = await offer();
  return said && el('a', { class: 'button sign-on', href: `${said.begin}?again=true`, target: '_blank', rel: 'noopener' },
    t('sso.again', { title: said.title }));
}

/** How a sign-on ended that led back here, in words; null when none did, or all is well. Said once. */
export function signOnTrouble() {
  const here = new URL(location.href);
  const ending = here.searchParams.get('signon');
  if (ending === null) return null;
  here.searchParams.delete('signon');
  history.replaceState(null, '', here.pathname + here.search + here.hash);
  return ENDINGS.includes(ending) ? t(`sso.${ending}`) : null;
}
