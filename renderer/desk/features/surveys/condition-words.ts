import {
  CONDITION_SUBJECTS,
  type ConditionSubject,
  type SurveyCondition,
} from '../../../../src/domain/csat/conditions.ts';
import { AI_OUTCOMES, PRIORITIES } from '../../../../src/domain/model.ts';
import { useDeskQuery } from '../../engine/use-desk-query.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { useFieldNames } from '../fields/field-names.ts';

const CLOSED_BY = ['agent', 'customer', 'auto', 'ai'] as const;
const HOURS = ['inside', 'outside'] as const;

function subjectOf(subject: string): ConditionSubject | null {
  return CONDITION_SUBJECTS.find((known) => known === subject) ?? null;
}

/** Conditions in the reader's words. */
export interface ConditionWords {
  subject(subject: string): string;
  value(subject: string, value: string): string;
  /** "Tag is none of complaint". */
  sentence(condition: SurveyCondition): string;
  /** Values that are offered because there are no others, or because they are usual. */
  offered(subject: string): readonly string[];
}

function useValueWords(): ConditionWords['value'] {
  const { t, labels, formats } = useText();
  const { data: info } = useDeskQuery('app.info', {});
  return (subject, value) => {
    const known = <T extends string>(all: readonly T[]): T | undefined => all.find((one) => one === value);
    switch (subjectOf(subject)) {
      case 'channel':
        return labels.channel(value);
      case 'priority':
        return labels.priority(known(PRIORITIES) ?? null);
      case 'aiOutcome':
        return labels.aiOutcome(known(AI_OUTCOMES) ?? null);
      case 'handoffReason':
        return labels.reason(value) ?? value;
      case 'closedBy':
        return t(`states:closedBy.${known(CLOSED_BY) ?? 'agent'}`);
      case 'hours':
        return t(`surveys:hours.${known(HOURS) ?? 'inside'}`);
      case 'assignee':
        return info?.agents.find(({ id }) => id === value)?.name ?? value;
      case 'language':
        return formats.languageName(value);
      default:
        return value;
    }
  };
}

/** The words for conditions. */
export function useConditionWords(languages: readonly string[]): ConditionWords {
  const { t } = useText();
  const nameOf = useFieldNames();
  const value = useValueWords();
  const { data: info } = useDeskQuery('app.info', {});
  const subject = (name: string): string => {
    const known = subjectOf(name);
    return known === null ? nameOf(name) : t(`surveys:subject.${known}`);
  };
  const offered: Partial<Record<ConditionSubject, readonly string[]>> = {
    priority: PRIORITIES,
    aiOutcome: AI_OUTCOMES,
    closedBy: CLOSED_BY,
    hours: HOURS,
    language: languages,
    assignee: info?.agents.filter(({ active }) => active).map(({ id }) => id) ?? [],
  };
  return {
    subject,
    value,
    sentence: (condition) => {
      const values = condition.values.map((one) => value(condition.subject, one)).join(', ');
      return t(`surveys:sentence.${condition.operator}`, { subject: subject(condition.subject), values });
    },
    offered: (name) => offered[subjectOf(name) ?? 'tag'] ?? [],
  };
}
