import { Fragment, type ReactNode } from 'react';
import { useText } from '../i18n/text-provider.tsx';
import { type Cap, chordCaps } from '../keyboard/caps.ts';
import type { Chord } from '../keyboard/chord.ts';
import type { CommandId } from '../keyboard/commands.ts';
import { useKeys } from '../keyboard/keyboard-provider.tsx';
import css from './kbd.module.css';
import { VisuallyHidden } from './visually-hidden.tsx';

function CapKey({ cap }: { readonly cap: Cap }) {
  const { t } = useText();
  if (!('sign' in cap)) return <kbd className={css.cap}>{t(cap.word)}</kbd>;
  if (cap.word === undefined) return <kbd className={css.cap}>{cap.sign}</kbd>;
  return (
    <kbd className={css.cap}>
      <span aria-hidden="true">{cap.sign}</span>
      <VisuallyHidden>{t(cap.word)}</VisuallyHidden>
    </kbd>
  );
}

/** A chord as key caps, written as the platform writes it. */
export function ChordKeys({ chord }: { readonly chord: Chord }): ReactNode {
  const { platform } = useKeys();
  const { t } = useText();
  return (
    <span className={css.keys}>
      {chordCaps(chord, platform).map((caps, step) => (
        <Fragment key={`${step}`}>
          {step > 0 && <span className={css.then}>{t('shortcuts:key.then')}</span>}
          {caps.map((cap, index) => (
            <CapKey key={`${index}`} cap={cap} />
          ))}
        </Fragment>
      ))}
    </span>
  );
}

/** The key of a command, in force now; nothing when it has none. */
export function Kbd({ command }: { readonly command: CommandId }): ReactNode {
  const chord = useKeys().chordOf(command);
  return chord === null ? null : <ChordKeys chord={chord} />;
}
