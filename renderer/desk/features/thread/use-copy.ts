import { useCallback } from 'react';
import { useText } from '../../i18n/text-provider.tsx';
import { useToasts } from '../../ui/toast.tsx';

/** Puts a text on the clipboard and says so. */
export function useCopy(): (text: string) => void {
  const toasts = useToasts();
  const { t } = useText();
  return useCallback(
    (text) => {
      void navigator.clipboard
        .writeText(text)
        .then(() => toasts.show({ title: t('common:copied'), description: text, id: 'copied' }))
        .catch(() => undefined);
    },
    [toasts, t],
  );
}
