import en from '../../locales/en/shell.json' with { type: 'json' };
import ko from '../../locales/ko/shell.json' with { type: 'json' };
import ptBR from '../../locales/pt-BR/shell.json' with { type: 'json' };
import sv from '../../locales/sv/shell.json' with { type: 'json' };
import { negotiateLocale } from '../../src/i18n/locale.ts';

/** The words of the app outside its page: menu and start-up failures. */
export type ShellTexts = Readonly<Record<keyof typeof en, string>>;

const TEXTS: ReadonlyMap<string, ShellTexts> = new Map([
  ['en', en],
  ['ko', ko],
  ['pt-BR', ptBR],
  ['sv', sv],
]);

/** The texts in the first of the system's languages that we speak. */
export function shellTexts(languages: readonly string[]): ShellTexts {
  return TEXTS.get(negotiateLocale(languages, [...TEXTS.keys()], 'en')) ?? en;
}

/** What to tell when the engine cannot start: the sentence for its code, or the general one that names the code. */
export function failureText(texts: ShellTexts, code: string): string {
  if (code === 'fromTheFuture') return texts['failed.fromTheFuture'];
  if (code === 'notADatabase' || code === 'corrupt') return texts['failed.damaged'];
  return texts['failed.other'].replace('{{code}}', code);
}
