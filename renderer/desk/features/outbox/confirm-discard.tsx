import { useText } from '../../i18n/text-provider.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import css from './outbox.module.css';

/** Asks before a change is dropped for good, and shows what would be lost. */
export function ConfirmDiscard(props: {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly text: string | null;
  readonly onDiscard: () => void;
}) {
  const { t } = useText();
  const { onOpenChange } = props;
  return (
    <Dialog
      open={props.open}
      onOpenChange={onOpenChange}
      title={t('outbox:discard.title')}
      actions={
        <>
          <Button onClick={() => onOpenChange(false)}>{t('common:cancel')}</Button>
          <Button
            look="danger"
            onClick={() => {
              onOpenChange(false);
              props.onDiscard();
            }}
          >
            {t('outbox:dismiss')}
          </Button>
        </>
      }
    >
      <p>{t('outbox:discard.body')}</p>
      {props.text !== null && (
        <p className={css.text} dir="auto">
          {props.text}
        </p>
      )}
    </Dialog>
  );
}
