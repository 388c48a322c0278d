import { useMemo } from 'react';
import { useDeskClient } from '../../engine/engine-provider.tsx';
import { useText } from '../../i18n/text-provider.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { useRefusalText, wireCodeOf } from '../actions/use-change.ts';

/** What can be done with a message that is on its way, held or refused. Each answers whether it was done. */
export interface Outgoing {
  /** Sends it again, edited or not. */
  resend(mid: number, text?: string): Promise<boolean>;
  dismiss(mid: number): Promise<boolean>;
  /** Takes it back before it goes; its text returns as a draft. */
  recall(mid: number): Promise<boolean>;
  copy(text: string): void;
}

/** Binds them to the engine; what goes wrong is said in a toast. */
export function useOutgoing(): Outgoing {
  const client = useDeskClient();
  const toasts = useToasts();
  const { t, labels } = useText();
  const refusalText = useRefusalText();
  return useMemo(() => {
    const attempt = async (run: () => Promise<boolean>): Promise<boolean> => {
      try {
        return await run();
      } catch (thrown) {
        toasts.show({ title: labels.wireError(wireCodeOf(thrown)), failed: true });
        return false;
      }
    };
    return {
      resend: (mid, text) =>
        attempt(async () => {
          const answer = await client.call('outbox.resend', text === undefined ? { mid } : { mid, text });
          if (!answer.ok) toasts.show({ title: refusalText(answer.refusal), failed: true });
          return answer.ok;
        }),
      dismiss: (mid) =>
        attempt(async () => {
          await client.call('outbox.dismiss', { mid });
          return true;
        }),
      recall: (mid) => attempt(async () => (await client.call('outbox.recall', { mid })).recalled),
      copy: (text) =>
        void navigator.clipboard
          .writeText(text)
          .then(() => toasts.show({ title: t('common:copied') }))
          .catch(() => undefined),
    };
  }, [client, toasts, t, labels, refusalText]);
}
