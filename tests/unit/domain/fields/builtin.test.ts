import { describe, expect, test } from 'vitest';
import {
  BUILTIN_FIELDS,
  builtinField,
  builtinValue,
  type ProfileSource,
} from '../../../../src/domain/fields/builtin.ts';
import { BusinessHours } from '../../../../src/domain/hours/business-hours.ts';
import { timingPolicy } from '../../../../src/domain/timings/policy.ts';
import { conversationTimings, NO_TIMINGS, TIMING_KEYS } from '../../../../src/domain/timings/timings.ts';
import { must } from '../../../../src/base/must.ts';
import { minute, Story } from '../../../support/domain/history.ts';

function sourceOf(story: Story): ProfileSource {
  const { rows } = story.fold();
  const rules = { policy: timingPolicy('handoff'), hours: new BusinessHours([]) };
  const timed = conversationTimings(rows.cycles, rows.messages, rules).at(-1);
  return {
    conversation: rows.conversation,
    tags: rows.tags,
    fields: rows.fields,
    timings: timed?.timings ?? NO_TIMINGS,
  };
}

const profile = (values: Record<string, string | number | readonly string[] | null>): Story => {
  const story = new Story();
  story.add(1, { type: 'profileSet', values });
  return story;
};

describe('the built-in keys', () => {
  test('[C2] are these, with these types', () => {
    expect(BUILTIN_FIELDS.map(({ key, type }) => [key, type])).toEqual([
      ['priority', 'String'],
      ['source.page', 'String'],
      ['tags', 'List'],
      ['description', 'String'],
      ['source.workflow.id', 'String'],
      ['goalState', 'String'],
      ['goalEventName', 'String'],
      ['goalCheckedAt', 'Datetime'],
      ['source.marketing.type', 'String'],
      ['source.marketing.id', 'String'],
      ['contactMediumType', 'String'],
      ['appMessenger', 'String'],
      ['state', 'String'],
      ['firstOpenedAt', 'Datetime'],
      ['openedAt', 'Datetime'],
      ...TIMING_KEYS.map((key) => [key, 'Duration']),
      ['closedAt', 'Datetime'],
    ]);
  });

  test('[C2] only tags and description are editable; every other one says why not', () => {
    expect(BUILTIN_FIELDS.filter(({ locked }) => locked === null).map(({ key }) => key)).toEqual([
      'tags',
      'description',
    ]);
    expect(builtinField('priority')?.locked).toBe('action');
    expect(builtinField('source.page')?.locked).toBe('source');
    expect(builtinField('waitingTime')?.locked).toBe('derived');
  });

  test('[C4] a duration is not shown as a date', () => {
    for (const key of TIMING_KEYS) expect(builtinField(key)?.presentation).toBe('duration');
    for (const key of ['goalCheckedAt', 'firstOpenedAt', 'openedAt', 'closedAt'])
      expect(builtinField(key)?.presentation).toBe('datetime');
  });

  test('[C2] a key is found by its name alone', () => {
    expect(builtinField('profile.plan')).toBeNull();
    expect(builtinField('constructor')).toBeNull();
  });
});

describe('the value of a built-in key', () => {
  test('[C2] lies in the conversation', () => {
    const story = new Story().customer(1).escalated(2).agent(5).close(8);
    story.add(9, { type: 'prioritySet', priority: 'high' });
    story.add(9, { type: 'tagAdded', tag: 'vip', appliedBy: 'ai', agentId: null });
    story.add(9, { type: 'descriptionSet', description: 'Waits for a refund' });
    const source = sourceOf(story);
    const values = Object.fromEntries(BUILTIN_FIELDS.map(({ key }) => [key, builtinValue(key, source)]));
    expect(values).toEqual({
      priority: 'high',
      'source.page': 'https://www.example.com/help',
      tags: ['vip'],
      description: 'Waits for a refund',
      'source.workflow.id': null,
      goalState: null,
      goalEventName: null,
      goalCheckedAt: null,
      'source.marketing.type': null,
      'source.marketing.id': null,
      contactMediumType: 'web_chat',
      appMessenger: null,
      state: 'closed',
      firstOpenedAt: minute(2),
      openedAt: minute(2),
      waitingTime: 3 * 60_000,
      avgReplyTime: 3 * 60_000,
      resolutionTime: 6 * 60_000,
      operationWaitingTime: null,
      operationAvgReplyTime: null,
      operationResolutionTime: null,
      closedAt: minute(8),
    });
  });

  test('[C2] keys without a column hold what the source said', () => {
    const source = sourceOf(
      profile({
        'source.workflow.id': 'w-1',
        goalState: 'achieved',
        goalEventName: 'purchase',
        goalCheckedAt: 1_790_000_000_000,
        'source.marketing.type': 'campaign',
        'source.marketing.id': 'm-1',
        contactMediumType: 'appKakao',
        appMessenger: 'kakao',
      }),
    );
    expect(builtinValue('source.workflow.id', source)).toBe('w-1');
    expect(builtinValue('goalState', source)).toBe('achieved');
    expect(builtinValue('goalEventName', source)).toBe('purchase');
    expect(builtinValue('goalCheckedAt', source)).toBe(1_790_000_000_000);
    expect(builtinValue('source.marketing.type', source)).toBe('campaign');
    expect(builtinValue('source.marketing.id', source)).toBe('m-1');
    expect(builtinValue('contactMediumType', source)).toBe('appKakao');
    expect(builtinValue('appMessenger', source)).toBe('kakao');
  });

  test('[C5] an unset priority is null, told apart from medium', () => {
    expect(builtinValue('priority', sourceOf(new Story()))).toBeNull();
    const story = new Story();
    story.add(1, { type: 'prioritySet', priority: 'medium' });
    expect(builtinValue('priority', sourceOf(story))).toBe('medium');
  });

  test('[T9] closedAt is empty while reopened, firstOpenedAt stays', () => {
    const source = sourceOf(new Story().customer(1).escalated(2).agent(5).close(8).customer(20));
    expect(builtinValue('closedAt', source)).toBeNull();
    expect(builtinValue('firstOpenedAt', source)).toBe(minute(2));
    expect(builtinValue('openedAt', source)).toBe(minute(20));
  });

  test('[C2] a conversation with the AI alone has no state and no times', () => {
    const source = sourceOf(new Story().customer(1));
    for (const key of ['state', 'openedAt', 'tags', ...TIMING_KEYS])
      expect(builtinValue(key, source)).toBeNull();
    expect(must(builtinField('state'), 'state').locked).toBe('derived');
  });
});
