import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createI18n, type I18n } from '../../../src/i18n/create-i18n.ts';
import type { LocaleMessages, Messages } from '../../../src/i18n/messages.ts';
import { pseudoResources } from '../../../src/i18n/pseudo.ts';

const ROOT = join(import.meta.dirname, '../../../locales');

export const SHIPPED = ['en', 'ko', 'pt-BR', 'sv'] as const;

/** The shipped texts of one language, as they lie on the disk. */
export function readLocale(tag: string): LocaleMessages {
  const files = readdirSync(join(ROOT, tag)).filter((name) => name.endsWith('.json'));
  return Object.fromEntries(
    files.map((name) => [
      name.slice(0, -'.json'.length),
      JSON.parse(readFileSync(join(ROOT, tag, name), 'utf8')) as Messages,
    ]),
  );
}

/** The shipped languages and the pseudo-languages, with one current. */
export function shippedI18n(locale: string, onMissing?: (key: string) => void): I18n {
  const resources = Object.fromEntries(SHIPPED.map((tag) => [tag, readLocale(tag)]));
  return createI18n({
    locale,
    resources: { ...resources, ...pseudoResources(readLocale('en')) },
    ...(onMissing === undefined ? {} : { onMissing }),
  });
}
