import { useText } from '../../i18n/text-provider.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';

/** Asks before a text that was written for the team goes to the customer. */
export function ConfirmNote(props: {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly onSend: () => void;
}) {
  const { t } = useText();
  return (
    <Dialog
      open={props.open}
      onOpenChange={props.onOpenChange}
      title={t('composer:confirm.title')}
      actions={
        <>
          <Button onClick={() => props.onOpenChange(false)}>{t('common:cancel')}</Button>
          <Button look="danger" onClick={props.onSend}>
            {t('composer:confirm.send')}
          </Button>
        </>
      }
    >
      {t('composer:confirm.body')}
    </Dialog>
  );
}
