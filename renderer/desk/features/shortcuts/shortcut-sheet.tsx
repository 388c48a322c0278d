import { useScreen, useScreenActions } from '../../app/stores.tsx';
import { useText } from '../../i18n/text-provider.tsx';
import {
  COMMAND_GROUPS,
  COMMAND_IDS,
  type CommandGroup,
  type CommandId,
  commandSpec,
} from '../../keyboard/commands.ts';
import { useKeys } from '../../keyboard/keyboard-provider.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ShortcutRow } from './shortcut-row.tsx';
import css from './shortcut-sheet.module.css';

function Group({ group }: { readonly group: CommandGroup }) {
  const { t } = useText();
  const { bindings, settings } = useKeys();
  const isListed = (id: CommandId): boolean =>
    bindings.some((binding) => binding.id === id) || settings.remap[id] !== undefined;
  const ids = COMMAND_IDS.filter((id) => commandSpec(id).group === group && isListed(id));
  if (ids.length === 0) return null;
  return (
    <section className={css.group}>
      <h3 className={css.title}>{t(`shortcuts:group.${group}`)}</h3>
      <dl>
        {ids.map((id) => (
          <ShortcutRow key={id} id={id} />
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
