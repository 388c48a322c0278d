import { useDeskQuery } from '../../engine/use-desk-query.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { useIsLead } from '../fields/role.ts';
import { AttributionPart } from './attribution.tsx';
import { IdleWindows } from './idle-windows.tsx';
import { RepliesAfterClosing } from './replies-after-closing.tsx';
import css from './settings.module.css';

/** When conversations close and come back (O5, S5), and what the AI agent's sales are counted by (O4). */
export function AiSection() {
  const { t } = useText();
  const canEdit = useIsLead();
  const { data } = useDeskQuery('settings.workspace', {});
  if (data === undefined) return null;
  return (
    <div className={css.section}>
      {!canEdit && <p className={css.quiet}>{t('fields:leadsOnly')}</p>}
      <IdleWindows settings={data} disabled={!canEdit} />
      <RepliesAfterClosing blocked={data.blockRepliesAfterClosing} disabled={!canEdit} />
      <AttributionPart settings={data} disabled={!canEdit} />
    </div>
  );
}
