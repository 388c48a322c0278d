/** The texts of one feature in one language, by flat key: `{"row.unread": "Unread"}`. A plural's keys end in its category. */
export type Messages = Readonly<Record<string, string>>;
/** The texts of one language, by feature: the files of `locales/<tag>/`. */
export type LocaleMessages = Readonly<Record<string, Messages>>;
/** All languages, by tag. Loading them is the caller's business. */
export type Resources = Readonly<Record<string, LocaleMessages>>;

/** What fills the `{{placeholders}}` of a text. `count` also chooses the plural form. */
export type Values = Readonly<Record<string, string | number>>;

/** Turns a key and its values into text of the current language. `Key` is what the compiler accepts. */
export type Translate<Key extends string = string> = (key: Key, values?: Values) => string;

type PluralSuffix = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other';
type WithoutPlural<Key extends string> = Key extends `${infer Base}_${PluralSuffix}` ? Base : Key;

/**
 * The keys of a set of source files as code writes them: `inbox:row.unread`, without a plural's category.
 * `MessageKey<{ inbox: typeof inboxJson }>`
 */
export type MessageKey<Source extends Readonly<Record<string, object>>> = {
  [Feature in keyof Source & string]: `${Feature}:${WithoutPlural<keyof Source[Feature] & string>}`;
}[keyof Source & string];
