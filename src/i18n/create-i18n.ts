import { createInstance, type i18n as I18nextInstance } from 'i18next';
import { type Direction, directionOf, fallbackChain, formattingLocale } from './locale.ts';
import type { LocaleMessages, Resources, Translate, Values } from './messages.ts';

export interface I18nOptions {
  /** BCP 47; one of the resources' tags (see `negotiateLocale`). */
  readonly locale: string;
  readonly resources: Resources;
  /** Where a text is looked for last; the source language. */
  readonly fallback?: string;
  /** Hears of a key that no language of the chain has. The key itself is shown. */
  readonly onMissing?: (key: string) => void;
}

/** One set of texts in one current language: screens, main process, exports. */
export interface I18n<Key extends string = string> {
  /** For react-i18next's provider. */
  readonly instance: I18nextInstance;
  readonly t: Translate<Key>;
  /** For keys put together at run time, such as those of formats. */
  readonly anyKey: Translate;
  locale(): string;
  direction(): Direction;
  /** Resolves when the language is current; texts are there already, so it is at the next tick. */
  setLocale(tag: string): Promise<void>;
  /** Adds or replaces a language's texts; everything that shows them is told. */
  setMessages(tag: string, messages: LocaleMessages): void;
  available(): readonly string[];
}

export const SOURCE_LOCALE = 'en';

/** The one configuration: flat keys, `feature:key`, no escaping (screens render text), no nesting, no file loading. */
export function createI18n<Key extends string = string>(options: I18nOptions): I18n<Key> {
  const fallback = options.fallback ?? SOURCE_LOCALE;
  const tags = new Set(Object.keys(options.resources));
  const instance = createInstance();
  void instance.init({
    initAsync: false,
    lng: options.locale,
    fallbackLng: (tag) => fallbackChain(tag, [...tags], fallback),
    load: 'currentOnly',
    resources: mutableCopy(options.resources),
    ns: Object.keys(options.resources[fallback] ?? {}),
    defaultNS: 'common',
    keySeparator: false,
    nsSeparator: ':',
    returnEmptyString: false,
    interpolation: { escapeValue: false, skipOnVariables: true },
    saveMissing: options.onMissing !== undefined,
    missingKeyHandler: (_tags, feature, key) => options.onMissing?.(`${feature}:${key}`),
    react: { useSuspense: false, bindI18n: 'languageChanged', bindI18nStore: 'added' },
  });
  const written = valueWriter();
  const translate = (key: string, values: Values = {}): string => {
    const { count } = values;
    return instance.t(key, {
      ...(typeof count === 'number' ? { count } : {}),
      replace: written(values, instance.language, !key.startsWith(PATTERNS)),
      nest: false,
    });
  };
  return {
    instance,
    t: translate,
    anyKey: translate,
    locale: () => instance.language,
    direction: () => directionOf(instance.language),
    setLocale: async (tag) => {
      await instance.changeLanguage(tag);
    },
    setMessages: (tag, messages) => {
      tags.add(tag);
      for (const [feature, texts] of Object.entries(messages)) {
        instance.addResourceBundle(tag, feature, { ...texts }, false, true);
      }
    },
    available: () => [...tags],
  };
}

/** i18next keeps and changes what it is given. */
function mutableCopy(resources: Resources): Record<string, Record<string, Record<string, string>>> {
  return Object.fromEntries(
    Object.entries(resources).map(([tag, features]) => [
      tag,
      Object.fromEntries(Object.entries(features).map(([feature, texts]) => [feature, { ...texts }])),
    ]),
  );
}

/** FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE: a value keeps its own direction inside a text from right to left. */
const FSI = '\u2068';
const PDI = '\u2069';
/** Patterns of dates and lengths are one piece: their parts are not values with a direction of their own. */
const PATTERNS = 'formats:';

/**
 * Values as text of the current language: numbers are written as it writes them, and whoever wants bare digits hands in a
 * string. Making a number format costs more than a translation, so each is made once.
 */
function valueWriter(): (values: Values, tag: string, mayIsolate: boolean) => Record<string, string> {
  const byTag = new Map<string, Intl.NumberFormat>();
  const numbersOf = (tag: string): Intl.NumberFormat => {
    const known = byTag.get(tag) ?? new Intl.NumberFormat(formattingLocale(tag));
    byTag.set(tag, known);
    return known;
  };
  return (values, tag, mayIsolate) => {
    const isolate = mayIsolate && directionOf(tag) === 'rtl';
    return Object.fromEntries(
      Object.entries(values).map(([name, value]) => {
        const text = typeof value === 'number' ? numbersOf(tag).format(value) : value;
        return [name, isolate ? `${FSI}${text}${PDI}` : text];
      }),
    );
  };
}
