import { memo } from 'react';
import type { ListRow } from '../../../../src/protocol/rpc/list.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { cx } from '../../ui/cx.ts';
import { ChannelGlyph, PriorityGlyph } from '../../ui/glyphs.tsx';
import { initialsOf } from '../../ui/initials.ts';
import css from './list-row.module.css';
import { RowFrame, RowName, type RowProps } from './row-frame.tsx';
import { rowLine, rowMoment, TAGS_SHOWN } from './row-text.ts';

/** The first tags of a row, and how many more there are. */
export function Tags({ row }: { readonly row: ListRow }) {
  const { t } = useText();
  const more = row.tags.length - TAGS_SHOWN;
  return (
    <span className={css.tags}>
      {row.tags.slice(0, TAGS_SHOWN).map(({ tag, appliedBy }) => (
        <bdi
          key={tag}
          className={cx(css.tag, appliedBy === 'ai' && css.byAi)}
          title={t(appliedBy === 'ai' ? 'states:tag.byAi' : 'states:tag.byAgent')}
        >
          {tag}
        </bdi>
      ))}
      {more > 0 && <span title={t('inbox:row.tagsMore', { count: more })}>+{more}</span>}
    </span>
  );
}

/** What only this computer knows of it, in a word: held, refused, a draft, changes on their way. */
export function Marks({ row }: { readonly row: ListRow }) {
  const { t } = useText();
  if (row.attention !== null) {
    return <span className={cx(css.mark, css[row.attention])}>{t(`inbox:row.${row.attention}`)}</span>;
  }
  if (row.pending > 0) {
    const words = t('inbox:row.pending', { count: row.pending });
    return <span className={css.pending} role="img" aria-label={words} title={words} />;
  }
  return row.hasDraft ? <span className={cx(css.mark, css.draft)}>{t('inbox:row.draft')}</span> : null;
}

/** How long the customer has been waiting, or until when it is snoozed. */
export function Waiting({ row, now }: { readonly row: ListRow; readonly now: number }) {
  const { t, formats } = useText();
  if (row.humanState === 'snoozed' && row.snoozedUntil !== null) {
    const time = formats.dateTime(row.snoozedUntil, now);
    return (
      <span className={css.chip} title={t('inbox:snoozedUntil', { time })}>
        {time}
      </span>
    );
  }
  if (row.waitingSince === null) return null;
  const waited = Math.max(0, now - row.waitingSince);
  return (
    <span
      className={cx(css.chip, css.waiting)}
      title={t('inbox:waiting', { duration: formats.spoken(waited) })}
    >
      {formats.compact(waited)}
    </span>
  );
}

/** One conversation in the list: who, what, how long; told apart without colour alone. */
export const Row = memo(function Row(props: RowProps) {
  const { row, now, me, assigneeName } = props;
  const { t, formats } = useText();
  return (
    <RowFrame {...props} className={css.row} above={0}>
      <div role="gridcell" className={css.first}>
        <RowName row={row} />
        <ChannelGlyph channel={row.channel} />
        <time className={css.age}>{formats.age(rowMoment(row), now)}</time>
      </div>
      <div role="gridcell" className={cx(css.text, row.unread && css.unread)} dir="auto">
        {rowLine(row, me, t)}
      </div>
      <div role="gridcell" className={css.third}>
        <PriorityGlyph priority={row.priority} />
        <Tags row={row} />
        <Marks row={row} />
        <Waiting row={row} now={now} />
        {assigneeName !== null && (
          <span className={cx(css.assignee, row.assigneeId === me && css.mine)} title={assigneeName}>
            {initialsOf(assigneeName)}
          </span>
        )}
      </div>
    </RowFrame>
  );
});
