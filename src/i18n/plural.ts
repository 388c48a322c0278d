import { formattingLocale } from './locale.ts';

export type PluralCategory = Intl.LDMLPluralRule;

/** In the order in which they are listed everywhere. */
export const PLURAL_CATEGORIES: readonly PluralCategory[] = ['zero', 'one', 'two', 'few', 'many', 'other'];

/** The plural categories of a language: `['one', 'many', 'other']` for Portuguese, `['other']` for Korean. */
export function pluralCategories(tag: string): readonly PluralCategory[] {
  const used = new Set(new Intl.PluralRules(formattingLocale(tag)).resolvedOptions().pluralCategories);
  return PLURAL_CATEGORIES.filter((category) => used.has(category));
}

/** The category of `count` in a language. */
export function pluralCategory(tag: string, count: number): PluralCategory {
  return new Intl.PluralRules(formattingLocale(tag)).select(count);
}

const SUFFIX = /_(zero|one|two|few|many|other)$/;

/** `row.count_one` → base `row.count` and category `one`; category null for a key without plural forms. */
export function splitPluralKey(key: string): {
  readonly base: string;
  readonly category: PluralCategory | null;
} {
  const match = SUFFIX.exec(key);
  const category = PLURAL_CATEGORIES.find((entry) => entry === match?.[1]);
  if (match === null || category === undefined) return { base: key, category: null };
  return { base: key.slice(0, match.index), category };
}
