import enMenu from '../../locales/en/menu.json' with { type: 'json' };
import enShell from '../../locales/en/shell.json' with { type: 'json' };
import koMenu from '../../locales/ko/menu.json' with { type: 'json' };
import koShell from '../../locales/ko/shell.json' with { type: 'json' };
import ptMenu from '../../locales/pt-BR/menu.json' with { type: 'json' };
import ptShell from '../../locales/pt-BR/shell.json' with { type: 'json' };
import svMenu from '../../locales/sv/menu.json' with { type: 'json' };
import svShell from '../../locales/sv/shell.json' with { type: 'json' };
import { negotiateLocale } from '../../src/i18n/locale.ts';

/** The words of the app outside its page: the menu's, and those of start-up failures. */
export interface ShellTexts {
  readonly menu: Readonly<Record<keyof typeof enMenu & keyof typeof koMenu, string>>;
  readonly shell: Readonly<Record<keyof typeof enShell, string>>;
}

const ENGLISH: ShellTexts = { menu: enMenu, shell: enShell };
const TEXTS: ReadonlyMap<string, ShellTexts> = new Map([
  ['en', ENGLISH],
  ['ko', { menu: koMenu, shell: koShell }],
  ['pt-BR', { menu: ptMenu, shell: ptShell }],
  ['sv', { menu: svMenu, shell: svShell }],
]);

/** The texts in the first of the system's languages that we speak. */
export function shellTexts(languages: readonly string[]): ShellTexts {
  return TEXTS.get(negotiateLocale(languages, [...TEXTS.keys()], 'en')) ?? ENGLISH;
}

/** What to tell when there is no engine to say it on a page: it stopped too often. Names the code. */
export function failureText({ shell }: ShellTexts, code: string): string {
  return shell['failed.other'].replace('{{code}}', () => code);
}
