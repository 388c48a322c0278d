import { useScreen, useScreenActions } from '../../app/stores.tsx';
import { useText } from '../../i18n/text-provider.tsx';
import { chordText } from '../../keyboard/chord.ts';
import { COMMAND_GROUPS, COMMAND_IDS, type CommandGroup, commandSpec } from '../../keyboard/commands.ts';
import { useKeys } from '../../keyboard/keyboard-provider.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ChordKeys } from '../../ui/kbd.tsx';
import css from './shortcut-sheet.module.css';

function Group({ group }: { readonly group: CommandGroup }) {
  const { t } = useText();
  const { bindings } = useKeys();
  const rows = COMMAND_IDS.filter((id) => commandSpec(id).group === group)
    .map((id) => ({ id, chords: bindings.filter((binding) => binding.id === id) }))
    .filter(({ chords }) => chords.length > 0);
  if (rows.length === 0) return null;
  return (
    <section className={css.group}>
      <h3 className={css.title}>{t(`shortcuts:group.${group}`)}</h3>
      <dl>
        {rows.map(({ id, chords }) => (
          <div key={id} className={css.row}>
            <dt>{t(`shortcuts:command.${id}`)}</dt>
            <dd className={css.keys}>
              {chords.map(({ chord }) => (
                <ChordKeys key={chordText(chord)} chord={chord} />
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** The `?` sheet: every key in force. */
export function ShortcutSheet() {
  const { t } = useText();
  const actions = useScreenActions();
  const { settings } = useKeys();
  const open = useScreen((screen) => screen.overlay === 'shortcuts');
  return (
    <Dialog wide open={open} onOpenChange={() => actions.show(null)} title={t('shortcuts:title')}>
      <p className={css.hint}>{t(settings.set === 'off' ? 'shortcuts:off' : 'shortcuts:hint')}</p>
      <div className={css.columns}>
        {COMMAND_GROUPS.map((group) => (
          <Group key={group} group={group} />
        ))}
      </div>
    </Dialog>
  );
}
