import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { I18nextProvider, useTranslation } from 'react-i18next';
import type { I18n } from '../../../src/i18n/create-i18n.ts';
import { createFormats, type Formats } from '../../../src/i18n/formats.ts';
import type { Direction } from '../../../src/i18n/locale.ts';
import type { Text, TextKey } from './keys.ts';
import { createLabels, type Labels, type OutcomeWords } from './labels.ts';

/** What a component needs to write in the current language. */
export interface TextTools {
  readonly t: Text;
  readonly formats: Formats;
  readonly labels: Labels;
  readonly locale: string;
  readonly direction: Direction;
}

const TextContext = createContext<TextTools | null>(null);

function Tools(props: {
  readonly i18n: I18n<TextKey>;
  readonly timeZone: string;
  readonly outcomeWords: OutcomeWords;
  readonly children: ReactNode;
}): ReactNode {
  const { i18n, timeZone, outcomeWords } = props;
  // Subscribes to changes of the language and of its texts; its own `t` changes identity with them.
  const { t: revision } = useTranslation('common', { i18n: i18n.instance });
  const locale = i18n.locale();
  const tools = useMemo<TextTools>(() => {
    const t: Text = (key, values) => i18n.t(key, values);
    // `revision` stands for the texts: a new one makes new tools.
    void revision;
    return {
      t,
      formats: createFormats(i18n.anyKey, locale, timeZone),
      labels: createLabels(t, outcomeWords),
      locale,
      direction: i18n.direction(),
    };
  }, [i18n, locale, timeZone, outcomeWords, revision]);
  return <TextContext value={tools}>{props.children}</TextContext>;
}

/** Gives the screens below it their language. `timeZone` is an IANA name. */
export function TextProvider(props: {
  readonly i18n: I18n<TextKey>;
  readonly timeZone: string;
  readonly outcomeWords?: OutcomeWords;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <I18nextProvider i18n={props.i18n.instance}>
      <Tools i18n={props.i18n} timeZone={props.timeZone} outcomeWords={props.outcomeWords ?? 'own'}>
        {props.children}
      </Tools>
    </I18nextProvider>
  );
}

/** `const { t, formats } = useText()`: re-renders when the language changes or a translator saves a file. */
export function useText(): TextTools {
  const tools = useContext(TextContext);
  if (tools === null) throw new Error('invariant broken: no TextProvider above this component');
  return tools;
}
