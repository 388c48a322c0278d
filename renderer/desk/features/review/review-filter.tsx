import { Check, ListFilter } from 'lucide-react';
import { useState } from 'react';
import type { ReviewAnswer } from '../../../../src/protocol/rpc/insight.ts';
import { useScreen, useScreenActions } from '../../app/stores.tsx';
import { useDeskQuery } from '../../engine/use-desk-query.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { useCommands } from '../../keyboard/keyboard-provider.tsx';
import { Chip, Chips } from '../../ui/chips.tsx';
import { LocalPicker } from '../../ui/combobox.tsx';
import { Icon } from '../../ui/icon.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Popover } from '../../ui/popover.tsx';
import popup from '../../ui/popup.module.css';
import { rangeText } from '../insight/days.ts';
import { reviewValueLabel } from '../insight/drill-text.ts';
import type { ReviewChoice } from '../insight/insight-state.ts';
import { CHOICE_PARTS, type ChoicePart, reviewOffers, type ReviewWords, without } from './review-choice.ts';
import css from './review.module.css';

function useReviewWords(): ReviewWords {
  const { t, labels } = useText();
  const { data: info } = useDeskQuery('app.info', {});
  return { t, labels, agents: info?.agents ?? [] };
}

/** What narrows the review, found by typing: my verdict, why it was handed over, skill, channel, tag, whom it is to coach. */
export function ReviewFilter({ answer }: { readonly answer: ReviewAnswer | undefined }) {
  const { t, formats } = useText();
  const { setInsight } = useScreenActions();
  const choice = useScreen((screen) => screen.insight.review);
  const words = useReviewWords();
  const [open, setOpen] = useState(false);
  useCommands({ 'list.filter': { run: () => setOpen(true) } });
  return (
    <Popover
      bare
      open={open}
      onOpenChange={setOpen}
      label={t('inbox:filter.add')}
      trigger={<IconButton small icon={ListFilter} name={t('inbox:filter.add')} command="list.filter" />}
    >
      <LocalPicker
        label={t('inbox:filter.add')}
        placeholder={t('inbox:filter.add')}
        items={reviewOffers(choice, answer, words)}
        empty={t('inbox:filter.noMatch')}
        onPick={({ next }) => setInsight({ review: next })}
        renderItem={({ part, name, count, chosen }) => (
          <>
            <span>{chosen && <Icon of={Check} />}</span>
            <span className={popup.label}>
              <span className={css.part}>{part}</span> <bdi>{name}</bdi>
            </span>
            <span className={popup.aside}>{count !== null && formats.number(count)}</span>
          </>
        )}
      />
    </Popover>
  );
}

function useChosenText(): (part: ChoicePart, choice: ReviewChoice) => string | null {
  const { t, formats } = useText();
  const words = useReviewWords();
  return (part, choice) => {
    if (part === 'days') return choice.days === undefined ? null : rangeText(choice.days, t, formats);
    if (part === 'mine') return choice.mine === undefined ? null : t(`review:mine.${choice.mine}`);
    if (part === 'coachId') {
      const { coachId } = choice;
      if (coachId === undefined) return null;
      const name = words.agents.find(({ id }) => id === coachId)?.name ?? coachId;
      return t('review:filter.coach', { name });
    }
    const value = choice[part];
    return value === undefined ? null : reviewValueLabel(part, value, words);
  };
}

/** What is chosen, each with its way out. */
export function ReviewChips() {
  const { t } = useText();
  const { setInsight } = useScreenActions();
  const choice = useScreen((screen) => screen.insight.review);
  const textOf = useChosenText();
  const chosen = CHOICE_PARTS.flatMap((part) => {
    const text = textOf(part, choice);
    return text === null ? [] : [{ part, text }];
  });
  if (chosen.length === 0) return null;
  return (
    <Chips label={t('inbox:filter.add')}>
      {chosen.map(({ part, text }) => (
        <Chip
          key={part}
          removeName={t('inbox:filter.remove', { name: text })}
          onRemove={() => setInsight({ review: without(choice, part) })}
        >
          {text}
        </Chip>
      ))}
    </Chips>
  );
}
