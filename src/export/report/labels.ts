import { createI18n, type I18n, SOURCE_LOCALE } from '../../i18n/create-i18n.ts';
import { fieldName } from '../../i18n/field-names.ts';
import { localizedName } from '../../i18n/locale.ts';
import type { Resources } from '../../i18n/messages.ts';
import { READY_MADE_FIELDS, type FieldDefinition } from '../../domain/fields/definition.ts';

/** Stands between the words of two languages; a sheet's name may hold no slash. */
const BETWEEN = ' / ';
const BETWEEN_SHEETS = ' · ';
const MAX_SHEET_NAME = 31;

/** The words of an export, in one language or two, whatever the screen's. */
export class Labels {
  readonly languages: readonly string[];
  readonly #texts: readonly I18n[];
  readonly #resources: Resources;
  readonly #workspaceLanguage: string;
  readonly #known = new Map<string, string>();

  /** `languages` are shipped ones, the main one first; `workspaceLanguage` is where names fall back to (F2). */
  constructor(resources: Resources, languages: readonly string[], workspaceLanguage: string) {
    this.languages = languages;
    this.#resources = resources;
    this.#workspaceLanguage = workspaceLanguage;
    this.#texts = languages.map((locale) => createI18n({ locale, resources }));
  }

  /** A text of the locale files in every language, `Prioritet / 우선순위`; once where they agree. */
  text(key: string): string {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const made = joined(this.#texts.map((texts) => texts.anyKey(key)));
    this.#known.set(key, made);
    return made;
  }

  /** In the main language alone: how it writes dates. */
  main(key: string): string {
    return this.#texts[0]?.anyKey(key) ?? key;
  }

  /** The word for a value of ours, as `states`, `channel`, `email`; a source's own value, which no file knows, stands as it is. */
  value(feature: string, group: string, value: string): string {
    const key = `${group}.${value}`;
    const messages = this.#resources[SOURCE_LOCALE]?.[feature] ?? {};
    return Object.hasOwn(messages, key) ? this.text(`${feature}:${key}`) : value;
  }

  /** The name of a custom field (F2), as screens have it: the workspace's names, then ours for the ready-made ones, then the key. */
  field(definition: FieldDefinition): string {
    const { key, names } = definition;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const shipped = READY_MADE_FIELDS.some((field) => field.key === key) ? this.#shipped(`name.${key}`) : {};
    const made = joined(
      this.languages.map((tag) => fieldName({ key, names, shipped }, tag, this.#workspaceLanguage)),
    );
    this.#known.set(key, made);
    return made;
  }

  /** The name of a sheet: in every language where that fits, else in the main one. */
  sheet(id: string): string {
    const all = joined(
      this.#texts.map((texts) => texts.anyKey(`export:sheet.${id}`)),
      BETWEEN_SHEETS,
    );
    return all.length <= MAX_SHEET_NAME ? all : this.main(`export:sheet.${id}`);
  }

  #shipped(key: string): Readonly<Record<string, string>> {
    return Object.fromEntries(
      Object.entries(this.#resources).flatMap(([tag, features]) => {
        const text = features['fields']?.[key];
        return text === undefined ? [] : [[tag, text]];
      }),
    );
  }
}

function joined(texts: readonly string[], between = BETWEEN): string {
  return [...new Set(texts)].join(between);
}

/** What a language calls itself, for those who read the workbook: `한국어`. */
export function languageName(tag: string): string {
  const name = new Intl.DisplayNames([tag], { type: 'language', fallback: 'code' }).of(tag);
  return localizedName(name === undefined ? {} : { [tag]: name }, tag, tag, tag);
}
