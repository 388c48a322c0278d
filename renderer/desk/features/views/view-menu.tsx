import { Bookmark, Link, Trash2 } from 'lucide-react';
import { useId, useState } from 'react';
import type { ViewScope } from '../../../../src/protocol/views.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { useCommands } from '../../keyboard/keyboard-provider.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu.tsx';
import { Select } from '../../ui/select.tsx';
import { useCurrentView, useViewChanges } from './use-views.ts';
import css from './views.module.css';

function SaveForm({ onDone }: { readonly onDone: () => void }) {
  const { t } = useText();
  const changes = useViewChanges();
  const [name, setName] = useState('');
  const [scope, setScope] = useState<ViewScope>('own');
  const id = useId();
  const save = (): void => {
    if (name.trim() === '') return;
    void changes.save(name.trim(), scope).then((done) => {
      if (done) onDone();
    });
  };
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <label htmlFor={id}>{t('views:name')}</label>
      <TextField
        id={id}
        value={name}
        maxLength={120}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <span>{t('views:scope')}</span>
      <Select<ViewScope>
        label={t('views:scope')}
        value={scope}
        choices={(['own', 'team'] as const).map((value) => ({ value, label: t(`views:scope.${value}`) }))}
        onChange={setScope}
      />
      <div className={css.actions}>
        <Button onClick={onDone}>{t('common:cancel')}</Button>
        <Button look="primary" type="submit" disabled={name.trim() === ''}>
          {t('common:save')}
        </Button>
      </div>
    </form>
  );
}

/** Saves the list as a view, copies a link to it, removes the view that it is (O8). */
export function ViewMenu() {
  const { t } = useText();
  const [saving, setSaving] = useState(false);
  const changes = useViewChanges();
  const current = useCurrentView();
  useCommands({
    'list.saveView': { run: () => setSaving(true) },
    'list.copyLink': { run: changes.copyLink },
  });
  return (
    <>
      <Menu
        align="end"
        label={t('views:menu')}
        trigger={<IconButton small icon={Bookmark} name={t('views:menu')} pressed={current !== null} />}
      >
        <MenuItem icon={Bookmark} onSelect={() => setSaving(true)}>
          {t('shortcuts:command.list.saveView')}
        </MenuItem>
        <MenuItem icon={Link} onSelect={changes.copyLink}>
          {t('shortcuts:command.list.copyLink')}
        </MenuItem>
        {current !== null && (
          <>
            <MenuSeparator />
            <MenuItem icon={Trash2} danger onSelect={() => changes.remove(current)}>
              {t('views:delete', { name: current.name })}
            </MenuItem>
          </>
        )}
      </Menu>
      <Dialog open={saving} onOpenChange={setSaving} title={t('shortcuts:command.list.saveView')}>
        {saving && <SaveForm onDone={() => setSaving(false)} />}
      </Dialog>
    </>
  );
}
