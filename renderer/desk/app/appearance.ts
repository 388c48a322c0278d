import { useEffect } from 'react';
import { SOURCE_LOCALE } from '../../../src/i18n/create-i18n.ts';
import { type Direction, directionOf, negotiateLocale } from '../../../src/i18n/locale.ts';
import type { Theme } from './preferences.ts';

/** The language to show: the chosen one where it is there, else the first of the reader's that is. */
export function resolveLocale(
  chosen: string,
  wanted: readonly string[],
  available: readonly string[],
): string {
  if (chosen !== 'system' && available.includes(chosen)) return chosen;
  const shipped = available.filter((tag) => !tag.startsWith('en-X'));
  return negotiateLocale(wanted, shipped, SOURCE_LOCALE);
}

/** Tells the page its language, direction and theme; before the first paint, and at every change. */
export function dressDocument(root: HTMLElement, locale: string, theme: Theme): Direction {
  const direction = directionOf(locale);
  root.lang = locale;
  root.dir = direction;
  if (theme === 'system') delete root.dataset['theme'];
  else root.dataset['theme'] = theme;
  return direction;
}

/** Keeps the page dressed. */
export function useDressedDocument(locale: string, theme: Theme): void {
  useEffect(() => {
    dressDocument(document.documentElement, locale, theme);
  }, [locale, theme]);
}
