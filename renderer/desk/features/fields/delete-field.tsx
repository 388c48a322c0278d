import type { FieldDefinition } from '../../../../src/domain/fields/definition.ts';
import { useDeskQuery } from '../../engine/use-desk-query.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useChange } from '../actions/use-change.ts';
import css from './fields-section.module.css';

/** Says how many values go with a field before it is deleted for good (F3). */
export function DeleteField(props: {
  readonly field: FieldDefinition;
  readonly name: string;
  readonly onDone: () => void;
}) {
  const { field, name, onDone } = props;
  const { t } = useText();
  const change = useChange();
  const { data } = useDeskQuery('fields.valueCount', { field: field.key });
  const remove = async (): Promise<void> => {
    if (await change('field.delete', { field: field.key })) onDone();
  };
  return (
    <Dialog
      open
      onOpenChange={onDone}
      title={t('fields:delete.title', { name })}
      actions={
        <>
          <Button onClick={onDone}>{t('common:cancel')}</Button>
          <Button look="danger" disabled={data === undefined} onClick={() => void remove()}>
            {t('fields:delete.confirm')}
          </Button>
        </>
      }
    >
      <div className={css.sentences}>
        {data !== undefined && (
          <p>
            {data.conversations === 0
              ? t('fields:delete.none')
              : t('fields:delete.count', { count: data.conversations })}
          </p>
        )}
        <p>{t('fields:delete.key', { key: field.key })}</p>
      </div>
    </Dialog>
  );
}
