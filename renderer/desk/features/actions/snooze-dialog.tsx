import { useState } from 'react';
import { type EpochMillis, epochMillis } from '../../../../src/base/time.ts';
import { useNow } from '../../app/clock.tsx';
import { useText } from '../../i18n/text-provider.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';

/** Chooses any moment to come, in the reader's own time. */
export function SnoozeDialog(props: {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly onPick: (until: EpochMillis) => void;
}) {
  const { t } = useText();
  const now = useNow();
  const [text, setText] = useState('');
  const at = text === '' ? Number.NaN : new Date(text).getTime();
  const isFuture = at > now;
  const pick = (): void => {
    if (!isFuture) return;
    props.onOpenChange(false);
    props.onPick(epochMillis(at));
  };
  return (
    <Dialog
      open={props.open}
      onOpenChange={props.onOpenChange}
      title={t('thread:snooze.title')}
      actions={
        <>
          <Button onClick={() => props.onOpenChange(false)}>{t('common:cancel')}</Button>
          <Button look="primary" disabled={!isFuture} onClick={pick}>
            {t('thread:action.snooze')}
          </Button>
        </>
      }
    >
      <TextField
        aria-label={t('thread:snooze.custom')}
        type="datetime-local"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </Dialog>
  );
}
