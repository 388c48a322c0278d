import type { BusinessHours } from '../hours/business-hours.ts';
import type { Conversation, Customer, Cycle, FieldValue, Tag } from '../model.ts';

/** What a survey's condition may look at, besides the fields of the conversation profile (Q3). */
export const CONDITION_SUBJECTS = [
  'tag',
  'channel',
  'source',
  'priority',
  'aiOutcome',
  'assignee',
  'handoffReason',
  'closedBy',
  'language',
  'hours',
] as const;
export type ConditionSubject = (typeof CONDITION_SUBJECTS)[number];

export const CONDITION_OPERATORS = ['isAnyOf', 'isNoneOf', 'isSet', 'isUnset', 'atLeast', 'atMost'] as const;
export type ConditionOperator = (typeof CONDITION_OPERATORS)[number];

/**
 * One condition of a survey. `subject` is one of `CONDITION_SUBJECTS` or the key of a field, `profile.…`. Values are
 * compared as text, a number's as a number; `isSet` and `isUnset` have none; `atLeast` and `atMost` have one.
 */
export interface SurveyCondition {
  readonly subject: string;
  readonly operator: ConditionOperator;
  readonly values: readonly string[];
}

/** A closed cycle as conditions see it. */
export interface SurveySubject {
  readonly conversation: Conversation;
  readonly cycle: Cycle;
  readonly customer: Customer | null;
  readonly tags: readonly Tag[];
  readonly fields: readonly FieldValue[];
  /** Null when no schedule is kept. */
  readonly hours: BusinessHours | null;
}

function some(value: string | null): readonly string[] {
  return value === null ? [] : [value];
}

function isConditionSubject(subject: string): subject is ConditionSubject {
  return CONDITION_SUBJECTS.some((known) => known === subject);
}

/** Whether the cycle was closed within hours, in a word; none without a schedule. */
function hoursAt({ cycle, hours }: SurveySubject): readonly string[] {
  if (cycle.closedAt === null || hours === null || !hours.hasSchedule) return [];
  return [hours.isOpen(cycle.closedAt) ? 'inside' : 'outside'];
}

function standard(subject: ConditionSubject, of: SurveySubject): readonly string[] {
  const { conversation, cycle, customer } = of;
  switch (subject) {
    case 'tag':
      return of.tags.map(({ tag }) => tag);
    case 'channel':
      return [conversation.channel];
    case 'source':
      return [conversation.source];
    case 'priority':
      return [conversation.priority ?? 'medium'];
    case 'aiOutcome':
      return some(conversation.aiOutcome);
    case 'assignee':
      return some(cycle.assigneeAtCloseId);
    case 'handoffReason':
      return some(conversation.handoffReasonCode);
    case 'closedBy':
      return some(cycle.closedBy);
    case 'language':
      return some(customer?.language ?? conversation.language);
    case 'hours':
      return hoursAt(of);
  }
}

/** What stands there, as texts; a boolean field's 1 and 0 are also `true` and `false`. */
function valuesOf(subject: string, of: SurveySubject): readonly string[] {
  if (isConditionSubject(subject)) return standard(subject, of);
  return of.fields
    .filter(({ field }) => field === subject)
    .map(({ number, text }) => (number === null ? (text ?? '') : String(number)));
}

/** Names of people and tags are compared as people read them: composed, without looking at case. */
function folded(text: string): string {
  if (text === 'true') return '1';
  if (text === 'false') return '0';
  return text.normalize('NFC').trim().toLowerCase();
}

/** A language stands for everything said in it: `pt` for `pt-BR`. */
function isSame(subject: string, present: string, wanted: string): boolean {
  const [a, b] = [folded(present), folded(wanted)];
  return a === b || (subject === 'language' && a.startsWith(`${b}-`));
}

/** Whether one condition holds for a closed cycle. A comparison with what is not there, or is no number, does not hold. */
export function holds(condition: SurveyCondition, of: SurveySubject): boolean {
  const { subject, operator, values } = condition;
  const present = valuesOf(subject, of);
  const isAny = (): boolean => values.some((wanted) => present.some((one) => isSame(subject, one, wanted)));
  const limit = Number(values[0] ?? Number.NaN);
  switch (operator) {
    case 'isAnyOf':
      return isAny();
    case 'isNoneOf':
      return !isAny();
    case 'isSet':
      return present.length > 0;
    case 'isUnset':
      return present.length === 0;
    case 'atLeast':
      return present.some((one) => Number(one) >= limit);
    case 'atMost':
      return present.some((one) => Number(one) <= limit);
  }
}
