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
  const translate = (key: string, values: Values = {}): string => {
    const locale = formattingLocale(instance.language);
    const { count } = values;
    return instance.t(key, {
      ...(typeof count === 'number' ? { count } : {}),
      replace: asText(values, locale),
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

/** Numbers in a text are written as the language writes them; whoever wants bare digits hands in a string. */
function asText(values: Values, locale: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'number' ? new Intl.NumberFormat(locale).format(value) : value,
    ]),
  );
}
