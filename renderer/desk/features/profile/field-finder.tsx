import { EyeOff, Search } from 'lucide-react';
import { useRef, useState } from 'react';
import { useScreenActions } from '../../app/stores.tsx';
import { useText } from '../../i18n/text-provider.tsx';
import { Button } from '../../ui/button.tsx';
import { LocalPicker, type PickItem } from '../../ui/combobox.tsx';
import { Icon } from '../../ui/icon.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { useAnnouncer } from '../../ui/live-region.tsx';
import { Popover } from '../../ui/popover.tsx';
import popup from '../../ui/popup.module.css';
import { useChange } from '../actions/use-change.ts';
import type { PanelField } from './panel-fields.ts';
import css from './profile.module.css';

interface FieldItem extends PickItem {
  readonly field: PanelField;
}

const FRAMES = 120;

/** The row of a field of the panel. */
function rowOf(key: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-field="${CSS.escape(key)}"]`);
}

/** Runs once the row of a field is drawn: that of a hidden one comes with the engine's next answer. */
function whenDrawn(key: string, run: (row: HTMLElement) => void, frames = FRAMES): void {
  const row = rowOf(key);
  if (row !== null) run(row);
  else if (frames > 0) requestAnimationFrame(() => whenDrawn(key, run, frames - 1));
}

/**
 * Finds a field by its name, also one that is hidden, and goes there; a hidden one is shown again in that same step (C6, F4).
 */
export function FieldFinder(props: {
  readonly fields: readonly PanelField[];
  readonly nameOf: (key: string) => string;
  /** Asked before going to a field that is folded away. */
  readonly onShow: (key: string) => void;
}) {
  const { fields, nameOf, onShow } = props;
  const { t } = useText();
  const [open, setOpen] = useState(false);
  const found = useRef<HTMLElement | null>(null);
  const change = useChange();
  const announcer = useAnnouncer();
  const { goTo } = useScreenActions();
  const pick = async ({ field }: FieldItem): Promise<void> => {
    if (!field.visible) {
      const saved = await change('visibility.setOwn', { field: field.key, visible: true }, { quiet: true });
      if (!saved) return setOpen(false);
      announcer.polite(t('fields:shownAgain', { name: nameOf(field.key) }));
    }
    onShow(field.key);
    whenDrawn(field.key, (row) => {
      row.scrollIntoView({ block: 'center' });
      found.current = row.querySelector<HTMLElement>('button, input, textarea, a') ?? row;
      setOpen(false);
    });
  };
  return (
    <Popover
      bare
      align="end"
      label={t('fields:find')}
      open={open}
      onOpenChange={(next) => {
        found.current = null;
        setOpen(next);
      }}
      finalFocus={() => found.current}
      trigger={<IconButton small icon={Search} name={t('fields:find')} />}
    >
      <LocalPicker<FieldItem>
        label={t('fields:find')}
        placeholder={t('fields:find')}
        empty={t('fields:find.noMatch')}
        items={fields.map((field) => ({ id: field.key, label: nameOf(field.key), field }))}
        onPick={(item) => void pick(item)}
        renderItem={({ label, field }) => (
          <>
            <span>{!field.visible && <Icon of={EyeOff} />}</span>
            <span className={popup.label}>
              <bdi>{label}</bdi>
            </span>
            <span className={popup.aside}>{!field.visible && t('fields:find.hidden')}</span>
          </>
        )}
      />
      <Button
        look="quiet"
        small
        className={css.toSettings}
        onClick={() => {
          setOpen(false);
          goTo('settings', 'visibility');
        }}
      >
        {t('fields:find.settings')}
      </Button>
    </Popover>
  );
}
