import { asId } from '../../../src/base/ids.ts';
import { DAY, HOUR } from '../../../src/base/time.ts';
import type { SurveyCondition, SurveySubject } from '../../../src/domain/csat/conditions.ts';
import type { Survey } from '../../../src/domain/csat/survey.ts';
import { must } from '../../../src/base/must.ts';
import { minute, type Story } from './history.ts';

/** A five-point survey with a comment, on since minute 0: an hour after the closing, for a week. */
export function surveyOf(over: Partial<Survey> = {}): Survey {
  return {
    id: 's1',
    name: 'After every conversation',
    onSince: minute(0),
    position: 1,
    scale: 5,
    formRequired: false,
    scoreRequired: true,
    comment: 'optional',
    texts: {},
    defaultLanguage: 'en',
    conditions: [],
    delay: HOUR,
    expiry: 7 * DAY,
    sender: null,
    ...over,
  };
}

export function condition(
  subject: string,
  operator: SurveyCondition['operator'],
  ...values: readonly string[]
): SurveyCondition {
  return { subject, operator, values };
}

/** The latest cycle of a story as conditions see it; its customer speaks Korean unless told. */
export function subjectOf(story: Story, over: Partial<SurveySubject> = {}): SurveySubject {
  const { snapshot, rows } = story.fold();
  return {
    conversation: must(snapshot.conversation, 'a conversation'),
    cycle: must(snapshot.cycle, 'a cycle'),
    customer: {
      id: asId('customer'),
      name: 'Mina',
      email: null,
      phone: null,
      language: 'ko-KR',
    },
    tags: rows.tags,
    fields: rows.fields,
    hours: null,
    ...over,
  };
}
