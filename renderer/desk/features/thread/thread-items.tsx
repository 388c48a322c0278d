import type { Cycle, Customer } from '../../../../src/domain/model.ts';
import { useNow } from '../../app/clock.tsx';
import type { Text } from '../../i18n/keys.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { dayNumber } from '../../../../src/i18n/dates.ts';
import { cx } from '../../ui/cx.ts';
import { AnsweredLine, AskedLine } from '../surveys/survey-lines.tsx';
import { MessageLetter } from './message.tsx';
import type { People } from './people.ts';
import type { ThreadItem } from './thread-parts.ts';
import css from './thread-pane.module.css';

function closedText(cycle: Cycle, people: People, t: Text): string {
  const name = people.agentName(cycle.closedByAgentId);
  if (cycle.closedBy === 'agent' && name !== null) {
    const mine = cycle.closedByAgentId === people.me;
    return mine ? t('thread:event.closedByYou') : t('thread:event.closed', { name });
  }
  return t(`states:closedBy.${cycle.closedBy ?? 'agent'}`);
}

function useDayText(): (at: number) => string {
  const { t, formats } = useText();
  const now = useNow();
  const today = formats.civil(now);
  return (at) => {
    const day = formats.civil(at);
    const ago = dayNumber(today) - dayNumber(day);
    if (ago === 0) return t('common:today');
    if (ago === 1) return t('common:yesterday');
    return formats.date(at, day.year === today.year ? 'weekday' : 'dayMonthYear');
  };
}

/** Messages with what divides them: days, endings and reopenings, the line above what is new. */
export function ThreadItems(props: {
  readonly items: readonly ThreadItem[];
  readonly customer: Customer;
  readonly people: People;
  readonly foundId: string | null;
  /** Where customers open links; null where they cannot. */
  readonly address: string | null;
}) {
  const { t, formats } = useText();
  const dayText = useDayText();
  return props.items.map((item) => {
    switch (item.type) {
      case 'day':
        return (
          <div key={item.key} className={css.divider}>
            <time>{dayText(item.at)}</time>
          </div>
        );
      case 'new':
        return (
          <div key={item.key} className={cx(css.divider, css.new)}>
            {t('thread:unread')}
          </div>
        );
      case 'closed':
        return (
          <div key={item.key} className={css.divider}>
            <span title={formats.full(item.at)}>
              {closedText(item.cycle, props.people, t)} · {formats.time(item.at)}
            </span>
          </div>
        );
      case 'reopened':
        return (
          <div key={item.key} className={css.divider}>
            <span title={formats.full(item.at)}>
              {t('thread:event.cycle', { number: item.cycle.ordinal })} · {formats.time(item.at)}
            </span>
          </div>
        );
      case 'asked':
        return <AskedLine key={item.key} csat={item.csat} address={props.address} />;
      case 'answered':
        return <AnsweredLine key={item.key} csat={item.csat} at={item.at} />;
      case 'message':
        return (
          <MessageLetter
            key={item.key}
            message={item.message}
            customer={props.customer}
            people={props.people}
            found={item.message.id === props.foundId}
          />
        );
    }
  });
}
