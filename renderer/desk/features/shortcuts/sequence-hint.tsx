import { useText } from '../../i18n/text-provider.tsx';
import { chordText } from '../../keyboard/chord.ts';
import { useWaitingKeys } from '../../keyboard/keyboard-provider.tsx';
import { ChordKeys } from '../../ui/kbd.tsx';
import css from './sequence-hint.module.css';

/** While a sequence waits for its next key: what may follow. */
export function SequenceHint() {
  const { t } = useText();
  const waiting = useWaitingKeys();
  if (waiting === null) return null;
  return (
    <div className={css.hint} role="status">
      {waiting.open.map(({ id, chord }) => (
        <div key={chordText(chord)} className={css.row}>
          <ChordKeys chord={chord.slice(waiting.done)} />
          <span>{t(`shortcuts:command.${id}`)}</span>
        </div>
      ))}
    </div>
  );
}
