import { useState } from 'react';
import { useScreenActions } from '../../app/stores.tsx';
import { useDeskClient } from '../../engine/engine-provider.tsx';
import { useText } from '../../i18n/text-provider.tsx';
import { Button } from '../../ui/button.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { wireCodeOf } from '../actions/use-change.ts';
import css from './status-bar.module.css';

/** Says that this is the sample, and puts it back as it was. */
export function SampleReset() {
  const { t, labels } = useText();
  const client = useDeskClient();
  const toasts = useToasts();
  const { open } = useScreenActions();
  const [running, setRunning] = useState(false);
  const reset = async (): Promise<void> => {
    setRunning(true);
    try {
      open(null);
      await client.call('sample.reset', {});
      toasts.show({ title: t('status:sample.done') });
    } catch (thrown) {
      const code = wireCodeOf(thrown);
      // The engine hung up: what it says on the new line is the whole story.
      if (code !== 'portLost') toasts.show({ title: labels.wireError(code), failed: true });
    } finally {
      setRunning(false);
    }
  };
  return (
    <div className={css.sample}>
      <span>{t('status:sample')}</span>
      <Button small look="quiet" disabled={running} onClick={() => void reset()}>
        {t('status:sample.reset')}
      </Button>
    </div>
  );
}
