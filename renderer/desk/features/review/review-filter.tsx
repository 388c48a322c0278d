import { ListFilter, X } from 'lucide-react';
import { REVIEW_VERDICTS } from '../../../../src/domain/model.ts';
import type { ReviewAnswer } from '../../../../src/protocol/rpc/insight.ts';
import { useScreen, useScreenActions } from '../../app/stores.tsx';
import { useDeskQuery } from '../../engine/use-desk-query.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { useCommands } from '../../keyboard/keyboard-provider.tsx';
import { Icon } from '../../ui/icon.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu, MenuChoices, MenuSeparator } from '../../ui/menu.tsx';
import { useState } from 'react';
import type { ReviewChoice } from '../insight/insight-state.ts';
import { without } from './review-choice.ts';
import css from './review.module.css';

type Mine = NonNullable<ReviewChoice['mine']>;
const MINE: readonly Mine[] = ['none', 'any', ...REVIEW_VERDICTS];
const ANY = ' any';

/** What narrows the review: what I found, why it was handed over, with which skill, whom it is to coach. */
export function ReviewFilter({ answer }: { readonly answer: ReviewAnswer | undefined }) {
  const { t, labels, formats } = useText();
  const { setInsight } = useScreenActions();
  const choice = useScreen((screen) => screen.insight.review);
  const { data: info } = useDeskQuery('app.info', {});
  const [open, setOpen] = useState(false);
  useCommands({ 'list.filter': { run: () => setOpen(true) } });
  const set = (change: ReviewChoice): void => setInsight({ review: { ...choice, ...change } });
  const clear = (part: keyof ReviewChoice): void => setInsight({ review: without(choice, part) });
  const reasons = (answer?.byReason ?? []).map(({ value, total }) => ({
    value: value ?? '',
    label: <bdi>{labels.reason(value) ?? t('states:reason.none')}</bdi>,
    aside: formats.number(total),
  }));
  return (
    <Menu
      open={open}
      onOpenChange={setOpen}
      label={t('inbox:filter.add')}
      trigger={<IconButton small icon={ListFilter} name={t('inbox:filter.add')} command="list.filter" />}
    >
      <MenuChoices<Mine | typeof ANY>
        label={t('review:filter.mine')}
        value={choice.mine ?? ANY}
        choices={[
          { value: ANY, label: t('review:filter.all') },
          ...MINE.map((value) => ({ value, label: t(`review:mine.${value}`) })),
        ]}
        onChoose={(mine) => (mine === ANY ? clear('mine') : set({ mine }))}
      />
      <MenuSeparator />
      <MenuChoices<string>
        label={t('review:column.reason')}
        value={choice.reason === undefined ? ANY : (choice.reason ?? '')}
        choices={[{ value: ANY, label: t('review:filter.all') }, ...reasons]}
        onChoose={(reason) =>
          reason === ANY ? clear('reason') : set({ reason: reason === '' ? null : reason })
        }
      />
      <MenuSeparator />
      <MenuChoices<string>
        label={t('review:coach')}
        value={choice.coachId ?? ANY}
        choices={[
          { value: ANY, label: t('review:filter.all') },
          ...(info?.agents ?? []).map(({ id, name }) => ({ value: id, label: <bdi>{name}</bdi> })),
        ]}
        onChoose={(coachId) => (coachId === ANY ? clear('coachId') : set({ coachId }))}
      />
    </Menu>
  );
}

/** What is chosen, each with its way out. */
export function ReviewChips() {
  const { t, labels } = useText();
  const { setInsight } = useScreenActions();
  const choice = useScreen((screen) => screen.insight.review);
  const { data: info } = useDeskQuery('app.info', {});
  const words: Readonly<Record<keyof ReviewChoice, string | undefined>> = {
    mine: choice.mine === undefined ? undefined : t(`review:mine.${choice.mine}`),
    reason:
      choice.reason === undefined ? undefined : (labels.reason(choice.reason) ?? t('states:reason.none')),
    skill: choice.skill === undefined ? undefined : (choice.skill ?? t('review:noSkill')),
    coachId:
      choice.coachId === undefined
        ? undefined
        : t('review:filter.coach', {
            name: info?.agents.find(({ id }) => id === choice.coachId)?.name ?? choice.coachId,
          }),
  };
  const parts = (['mine', 'reason', 'skill', 'coachId'] as const).filter((part) => words[part] !== undefined);
  if (parts.length === 0) return null;
  return (
    <ul className={css.chips} aria-label={t('inbox:filter.add')}>
      {parts.map((part) => (
        <li key={part} className={css.chip}>
          <bdi>{words[part]}</bdi>
          <button
            type="button"
            className={css.chipButton}
            aria-label={t('inbox:filter.remove', { name: words[part] ?? '' })}
            onClick={() => setInsight({ review: without(choice, part) })}
          >
            <Icon of={X} />
          </button>
        </li>
      ))}
    </ul>
  );
}
