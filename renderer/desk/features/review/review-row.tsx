import { memo } from 'react';
import type { ConversationId } from '../../../../src/base/ids.ts';
import type { ReviewRow } from '../../../../src/protocol/rpc/insight.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { Status } from '../../ui/badge.tsx';
import { cx } from '../../ui/cx.ts';
import { ChannelGlyph } from '../../ui/glyphs.tsx';
import css from './review.module.css';

/** The element of a row, for the grid to name. */
export function reviewRowId(id: string): string {
  return `review-${id}`;
}

function Finding({ review }: { readonly review: ReviewRow }) {
  const { t } = useText();
  const { mine, others } = review;
  const given = others.filter(({ verdict }) => verdict !== null);
  const verdict = mine?.verdict ?? null;
  const differs = verdict !== null && given.some((other) => other.verdict !== verdict);
  return (
    <>
      {verdict === null ? (
        <Status tone="pending">{t('review:unreviewed')}</Status>
      ) : (
        <Status tone="resolved">{t(`review:verdict.${verdict}`)}</Status>
      )}
      {given.length > 0 && (
        <span className={cx(css.others, differs && css.differs)}>
          {t(differs ? 'review:row.differs' : 'review:row.others', { count: given.length })}
        </span>
      )}
    </>
  );
}

/** One conversation to review: who, why it was handed over, what was found. */
export const ReviewLine = memo(function ReviewLine(props: {
  readonly review: ReviewRow;
  readonly index: number;
  readonly top: number;
  readonly height: number;
  readonly selected: boolean;
  readonly now: number;
  readonly onOpen: (id: ConversationId, index: number) => void;
}) {
  const { review, index, selected } = props;
  const { row } = review;
  const { t, labels, formats } = useText();
  const reason =
    review.handoffBy === 'agent' ? t('states:handoffBy.agent') : labels.reason(row.handoffReasonCode);
  const who = labels.customer({ name: row.customerName, email: row.customerEmail, phone: row.customerPhone });
  return (
    <div
      id={reviewRowId(row.id)}
      role="row"
      aria-rowindex={index + 1}
      aria-selected={selected}
      data-id={row.id}
      className={cx(css.row, selected && css.selected)}
      style={{ transform: `translateY(${props.top}px)`, blockSize: props.height }}
      onClick={() => props.onOpen(row.id, index)}
    >
      <div role="gridcell" className={css.first}>
        <bdi className={css.name}>{who}</bdi>
        <ChannelGlyph channel={row.channel} />
        <time className={css.age}>
          {review.handoffAt === null ? '' : formats.age(review.handoffAt, props.now)}
        </time>
      </div>
      <div role="gridcell" className={css.reason} dir="auto">
        {reason ?? row.handoffReason ?? t('states:reason.none')}
        {review.skill !== null && <bdi className={css.skill}> · {review.skill}</bdi>}
      </div>
      <div role="gridcell" className={css.finding}>
        <Finding review={review} />
      </div>
    </div>
  );
});
