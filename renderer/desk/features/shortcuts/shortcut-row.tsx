import { Pencil, RotateCcw } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { usePreferenceStore } from '../../app/stores.tsx';
import { useText } from '../../i18n/text-provider.tsx';
import { chordText } from '../../keyboard/chord.ts';
import type { CommandId } from '../../keyboard/commands.ts';
import { keyPressOf } from '../../keyboard/dom.ts';
import { useKeys } from '../../keyboard/keyboard-provider.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { ChordKeys } from '../../ui/kbd.tsx';
import { captured, takenBy, withoutRemap } from './capture.ts';
import css from './shortcut-sheet.module.css';

function NewKeys(props: {
  readonly id: CommandId;
  readonly onDone: (chords: readonly string[] | null) => void;
}) {
  const { t } = useText();
  const { settings, platform } = useKeys();
  const [problem, setProblem] = useState<string | null>(null);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    const got = captured(keyPressOf(event.nativeEvent), platform);
    if (got.type === 'cancel') props.onDone(null);
    else if (got.type === 'remove') props.onDone([]);
    else if (got.type === 'refused') setProblem(t(`shortcuts:remap.${got.why}`));
    else if (got.type === 'chord') {
      const other = takenBy(settings, props.id, got.chord);
      if (other === null) props.onDone([got.chord]);
      else setProblem(t('shortcuts:remap.taken', { name: t(`shortcuts:command.${other}`) }));
    }
  };
  return (
    <button
      type="button"
      className={css.capture}
      // What the reader asked for by pressing Change.
      autoFocus
      onKeyDown={onKeyDown}
      onBlur={() => props.onDone(null)}
    >
      <span role="status">{problem ?? t('shortcuts:remap.press')}</span>
    </button>
  );
}

/** A command and its keys, which the reader may change (K1). */
export function ShortcutRow({ id }: { readonly id: CommandId }): ReactNode {
  const { t } = useText();
  const { bindings, settings } = useKeys();
  const preferences = usePreferenceStore();
  const [asking, setAsking] = useState(false);
  const name = t(`shortcuts:command.${id}`);
  const chords = bindings.filter((binding) => binding.id === id);
  const isOwn = settings.remap[id] !== undefined;
  const done = (keys: readonly string[] | null): void => {
    setAsking(false);
    if (keys !== null) preferences.set({ remap: { ...settings.remap, [id]: keys } });
  };
  return (
    <div className={css.row}>
      <dt>{name}</dt>
      <dd className={css.keys}>
        {asking ? (
          <NewKeys id={id} onDone={done} />
        ) : (
          chords.map(({ chord }) => <ChordKeys key={chordText(chord)} chord={chord} />)
        )}
        {!asking && isOwn && (
          <IconButton
            small
            icon={RotateCcw}
            name={t('shortcuts:remap.reset', { name })}
            onClick={() => preferences.set({ remap: withoutRemap(settings.remap, id) })}
          />
        )}
        {!asking && (
          <IconButton
            small
            className={css.change}
            icon={Pencil}
            name={t('shortcuts:remap.change', { name })}
            onClick={() => setAsking(true)}
          />
        )}
      </dd>
    </div>
  );
}
