import { DAY, HOUR, MINUTE } from '../../../../src/base/time.ts';
import {
  CONDITION_OPERATORS,
  CONDITION_SUBJECTS,
  type ConditionOperator,
  type SurveyCondition,
} from '../../../../src/domain/csat/conditions.ts';
import type { Survey, SurveyTextKey } from '../../../../src/domain/csat/survey.ts';
import type { SurveyContent } from '../../../../src/protocol/surveys.ts';

/** Times after a closing that are offered, in milliseconds; the shortest is the undo window. */
export const DELAYS: readonly number[] = [
  MINUTE,
  5 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  4 * HOUR,
  DAY,
  3 * DAY,
];
/** How long an answer is taken, as it is offered, in milliseconds. */
export const EXPIRIES: readonly number[] = [DAY, 3 * DAY, 7 * DAY, 14 * DAY, 30 * DAY, 90 * DAY];

/** The offered lengths with the one that stands among them, shortest first. */
export function lengthsWith(offered: readonly number[], standing: number): readonly number[] {
  return [...new Set([...offered, standing])].sort((a, b) => a - b);
}

/** A survey as one begins it: five points, an optional comment, half an hour after every closing. */
export function newSurvey(name: string, language: string, surveys: readonly Survey[]): SurveyContent {
  return {
    name,
    position: Math.max(0, ...surveys.map(({ position }) => position)) + 1,
    scale: 5,
    formRequired: false,
    scoreRequired: true,
    comment: 'optional',
    texts: {},
    defaultLanguage: language,
    conditions: [],
    delay: 30 * MINUTE,
    expiry: 7 * DAY,
    sender: null,
  };
}

/** A survey with one text set in one language; an empty one is taken away. */
export function withText(
  content: SurveyContent,
  language: string,
  key: SurveyTextKey,
  text: string,
): SurveyContent {
  const { [key]: _old, ...rest } = content.texts[language] ?? {};
  const own = text.trim() === '' ? rest : { ...rest, [key]: text };
  const { [language]: _all, ...others } = content.texts;
  return {
    ...content,
    texts: Object.keys(own).length === 0 ? others : { ...others, [language]: own },
  };
}

/** A list with one item replaced, or taken away by null. */
export function replacedAt<T>(items: readonly T[], at: number, next: T | null): readonly T[] {
  return items.flatMap((item, index) => (index !== at ? [item] : next === null ? [] : [next]));
}

const LIST: readonly ConditionOperator[] = ['isAnyOf', 'isNoneOf'];
const CHOICE: readonly ConditionOperator[] = [...LIST, 'isSet', 'isUnset'];

/** How a subject can be compared. What every closing has is neither set nor unset; fields hold numbers, too. */
export function operatorsFor(subject: string): readonly ConditionOperator[] {
  switch (subject) {
    case 'channel':
    case 'source':
    case 'priority':
    case 'closedBy':
    case 'hours':
      return LIST;
    default:
      return CONDITION_SUBJECTS.some((known) => known === subject) ? CHOICE : CONDITION_OPERATORS;
  }
}

/** A condition as one begins it. */
export function conditionOn(subject: string): SurveyCondition {
  return { subject, operator: 'isAnyOf', values: [] };
}

/** A condition with another comparison; values that it cannot have go. */
export function withOperator(condition: SurveyCondition, operator: ConditionOperator): SurveyCondition {
  const keeps = operator === 'isAnyOf' || operator === 'isNoneOf';
  const isSame = keeps && (condition.operator === 'isAnyOf' || condition.operator === 'isNoneOf');
  return { ...condition, operator, values: isSame ? condition.values : [] };
}

/** Adds a value, or takes it away where it is there. */
export function toggled(condition: SurveyCondition, value: string): SurveyCondition {
  const { values } = condition;
  const next = values.includes(value) ? values.filter((other) => other !== value) : [...values, value];
  return { ...condition, values: next };
}

/** Whether a condition says enough to be saved. */
export function isWhole({ operator, values }: SurveyCondition): boolean {
  if (operator === 'isSet' || operator === 'isUnset') return true;
  if (operator === 'isAnyOf' || operator === 'isNoneOf') return values.length > 0;
  const [value = ''] = values;
  return value.trim() !== '' && Number.isFinite(Number(value));
}

/** Where a survey stands after it was moved by `step` places; null where it cannot go there. */
export function movedPosition(surveys: readonly Survey[], id: string, step: -1 | 1): number | null {
  const from = surveys.findIndex((survey) => survey.id === id);
  const others = surveys.filter((survey) => survey.id !== id);
  const to = from + step;
  if (from < 0 || to < 0 || to > others.length) return null;
  const before = others[to - 1]?.position;
  const after = others[to]?.position;
  if (before === undefined) return (after ?? 1) - 1;
  return after === undefined ? before + 1 : (before + after) / 2;
}
