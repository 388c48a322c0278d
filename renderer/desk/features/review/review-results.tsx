import { REVIEW_VERDICTS } from '../../../../src/domain/model.ts';
import type { ReviewAnswer, VerdictCounts } from '../../../../src/protocol/rpc/insight.ts';
import { useScreenActions } from '../../app/stores.tsx';
import { useText } from '../../i18n/text-provider.tsx';
import { ChartFrame } from '../../ui/chart-frame.tsx';
import { BarRows } from '../../ui/chart-rows.tsx';
import { ChartTable } from '../../ui/chart-table.tsx';
import { Definition } from '../insight/definition.tsx';
import { ofText, rateText } from '../insight/rates.ts';
import css from './review.module.css';

type By = 'reason' | 'skill';

function useNames(by: By): (value: string | null) => string {
  const { t, labels } = useText();
  if (by === 'reason') return (value) => labels.reason(value) ?? t('states:reason.none');
  return (value) => value ?? t('review:noSkill');
}

/** Conversations of each reason or skill; a bar shows them in the review, the table tells the verdicts apart. */
function VerdictsBy(props: {
  readonly by: By;
  readonly counts: readonly VerdictCounts[];
  readonly onQueue: () => void;
}) {
  const { by, counts, onQueue } = props;
  const { t, formats } = useText();
  const { setInsight, drill } = useScreenActions();
  const nameOf = useNames(by);
  const title = t(`review:by.${by}`);
  const choose = (value: string | null): void => {
    setInsight({ review: by === 'reason' ? { reason: value } : { skill: value } });
    onQueue();
  };
  const behind = (value: string | null, verdict: (typeof REVIEW_VERDICTS)[number] | null, count: number) =>
    count === 0
      ? undefined
      : () => drill({ of: 'review', ...(by === 'reason' ? { reason: value } : { skill: value }), verdict });
  return (
    <ChartFrame
      title={title}
      table={
        <ChartTable
          caption={title}
          head={[
            t(`review:column.${by}`),
            t('review:column.total'),
            t('review:unreviewed'),
            ...REVIEW_VERDICTS.map((verdict) => t(`review:verdict.${verdict}`)),
          ]}
          rows={counts.map(({ value, total, unreviewed, verdicts }) => ({
            key: value ?? '',
            label: <bdi>{nameOf(value)}</bdi>,
            cells: [
              { text: formats.number(total), onOpen: () => choose(value) },
              { text: formats.number(unreviewed), onOpen: behind(value, null, unreviewed) },
              ...REVIEW_VERDICTS.map((verdict) => ({
                text: formats.number(verdicts[verdict]),
                onOpen: behind(value, verdict, verdicts[verdict]),
              })),
            ],
          }))}
        />
      }
    >
      <BarRows
        label={title}
        tone="agent"
        rows={counts.map(({ value, total, unreviewed }) => ({
          key: value ?? '',
          label: nameOf(value),
          value: total,
          text: formats.number(total),
          of: unreviewed === total ? undefined : t('review:reviewedOf', { count: total - unreviewed }),
          onOpen: () => choose(value),
        }))}
      />
    </ChartFrame>
  );
}

/** What the reviews say: how far reviewers agree, and what they found by reason and by skill (O10). */
export function ReviewResults({
  answer,
  onQueue,
}: {
  readonly answer: ReviewAnswer;
  readonly onQueue: () => void;
}) {
  const { t, formats } = useText();
  const { agreement } = answer;
  return (
    <div className={css.results}>
      <p className={css.agreement}>
        {t('review:agreement')} {agreement.value !== null && <strong>{rateText(agreement, formats)}</strong>}{' '}
        <span>
          {agreement.denominator === 0 ? t('review:agreement.none') : ofText(agreement, t, formats)}
        </span>
        <Definition name={t('review:agreement')}>{t('review:agreement.about')}</Definition>
      </p>
      <VerdictsBy by="reason" counts={answer.byReason} onQueue={onQueue} />
      <VerdictsBy by="skill" counts={answer.bySkill} onQueue={onQueue} />
    </div>
  );
}
