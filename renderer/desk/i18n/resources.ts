import type { LocaleMessages, Messages, Resources } from '../../../src/i18n/messages.ts';
import { SOURCE_LOCALE } from '../../../src/i18n/create-i18n.ts';
import { pseudoResources } from '../../../src/i18n/pseudo.ts';

/** Every locale file there is at build time: a new language needs no code. */
const files = import.meta.glob<Messages>('../../../locales/*/*.json', { eager: true, import: 'default' });

const PATH = /\/locales\/([^/]+)\/([^/]+)\.json$/;

function gathered(): Record<string, Record<string, Messages>> {
  const byTag: Record<string, Record<string, Messages>> = {};
  for (const [path, messages] of Object.entries(files)) {
    const [, tag, feature] = PATH.exec(path) ?? [];
    if (tag === undefined || feature === undefined) continue;
    byTag[tag] = { ...byTag[tag], [feature]: messages };
  }
  return byTag;
}

const shipped: Resources = gathered();

/** The languages that are shipped, sorted by tag. */
export const SHIPPED_LOCALES: readonly string[] = Object.keys(shipped).sort();

/** All texts: shipped languages and the two pseudo-languages. */
export const RESOURCES: Resources = {
  ...shipped,
  ...pseudoResources(shipped[SOURCE_LOCALE] ?? ({} satisfies LocaleMessages)),
};
