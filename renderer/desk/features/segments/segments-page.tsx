import { Plus } from 'lucide-react';
import type { SegmentView } from '../../../../src/protocol/rpc/insight.ts';
import { useScreen, useScreenActions } from '../../app/stores.tsx';
import { useDeskQuery } from '../../engine/use-desk-query.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { AsOfLine } from '../insight/as-of.tsx';
import { Failed, PageFrame, Waiting } from '../insight/page-frame.tsx';
import { SegmentEditor } from './segment-editor.tsx';
import css from './segments.module.css';
import { ruleText, segmentName } from './sentence.ts';

/** The id of a segment that is not kept yet. */
const NEW = 'new';

function Line({ segment }: { readonly segment: SegmentView }) {
  const words = useText();
  const { t, formats } = words;
  const { setInsight } = useScreenActions();
  const { known, anonymous } = segment.count;
  return (
    <li>
      <button type="button" className={css.line} onClick={() => setInsight({ segmentId: segment.id })}>
        <span className={css.lineName} dir="auto">
          {segmentName(segment, t)}
        </span>
        <span className={css.lineRule} dir="auto">
          {ruleText(segment.rule, words)}
        </span>
        <span className={css.lineCount}>
          <strong>{formats.number(known)}</strong> <span>{t('segments:customers', { count: known })}</span>
        </span>
        <span className={css.lineAnonymous}>
          {anonymous > 0 ? t('segments:anonymous', { count: anonymous }) : ''}
        </span>
      </button>
    </li>
  );
}

function List({ segments }: { readonly segments: readonly SegmentView[] }) {
  const { t } = useText();
  const groups = [
    ['segments:own', segments.filter(({ readyMade }) => !readyMade)],
    ['segments:readyMade', segments.filter(({ readyMade }) => readyMade)],
  ] as const;
  return groups.map(
    ([title, group]) =>
      group.length > 0 && (
        <section key={title} className={css.group} aria-label={t(title)}>
          <h2 className={css.groupTitle}>{t(title)}</h2>
          <ul>
            {group.map((segment) => (
              <Line key={segment.id} segment={segment} />
            ))}
          </ul>
        </section>
      ),
  );
}

/** Groups of customers by what they did (K6, G1), counted as they are now. */
export function SegmentsPage() {
  const { t } = useText();
  const { setInsight } = useScreenActions();
  const openId = useScreen((screen) => screen.insight.segmentId);
  const { data, error, refetch } = useDeskQuery('insight.segments', {}, { keep: true });
  const open = data?.segments.find(({ id }) => id === openId);
  return (
    <PageFrame
      title={t('segments:title')}
      controls={
        openId === null && (
          <Button icon={<Icon of={Plus} />} onClick={() => setInsight({ segmentId: NEW })}>
            {t('segments:new')}
          </Button>
        )
      }
      line={data !== undefined && <AsOfLine of={data} />}
    >
      {data === undefined && error !== null && <Failed error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <Waiting />}
      {openId === null && data !== undefined && <List segments={data.segments} />}
      {openId !== null && (openId === NEW || open !== undefined) && (
        <SegmentEditor key={openId} segment={open ?? null} />
      )}
    </PageFrame>
  );
}
