import { describe, expect, test } from 'vitest';
import { asId } from '../../../src/base/ids.ts';
import { DEFAULT_POLICY } from '../../../src/domain/events.ts';
import { EMPTY_SNAPSHOT } from '../../../src/domain/rows.ts';
import { step } from '../../../src/domain/step.ts';
import { ANA, C1, inMinutes, minute, Story } from '../../support/domain/history.ts';

describe('a start with an AI agent', () => {
  test('[S1] belongs to the AI: outcome open, no human state, no cycle', () => {
    const conversation = new Story().customer(1).ai(2).conversation();
    expect(conversation).toMatchObject({
      id: C1,
      aiOutcome: 'open',
      humanState: null,
      cycleCount: 0,
      openedAt: null,
      firstOpenedAt: null,
      waitingSince: null,
    });
  });

  test('[S1][K1] carries what the source said of it', () => {
    const conversation = new Story({
      channel: 'email',
      page: 'https://www.example.com/help/refunds',
      language: 'ko',
      initialSkill: 'account_lookup',
      source: 'airline',
    }).conversation();
    expect(conversation).toMatchObject({
      channel: 'email',
      page: 'https://www.example.com/help/refunds',
      language: 'ko',
      initialSkill: 'account_lookup',
      source: 'airline',
      customerId: asId<'CustomerId'>('customer'),
      startedAt: minute(0),
    });
  });

  test('[S1] has nothing set that only humans or a later event set', () => {
    const conversation = new Story().conversation();
    expect(conversation).toMatchObject({
      priority: null,
      description: null,
      assigneeId: null,
      finalSkill: null,
      aiRawStatus: null,
      handoffCount: 0,
      messageCount: 0,
      lastCustomerArrival: 0,
    });
  });

  test('[S1] a second start changes nothing', () => {
    const story = new Story().customer(1);
    const before = story.conversation();
    story.add(5, {
      type: 'started',
      customerId: asId<'CustomerId'>('someone else'),
      source: 'other',
      channel: 'sms',
      page: null,
      language: null,
      initialSkill: null,
      withAi: false,
    });
    expect(story.conversation()).toEqual(before);
  });
});

describe('a start without an AI agent', () => {
  test('[S1] has neither outcome nor cycle before anyone writes', () => {
    expect(new Story({ withAi: false }).conversation()).toMatchObject({
      aiOutcome: null,
      humanState: null,
      cycleCount: 0,
    });
  });

  test('[S1] opens cycle 1 at the customer’s first message, who waits from then on', () => {
    const story = new Story({ withAi: false }).customer(3).customer(5);
    expect(story.conversation()).toMatchObject({
      aiOutcome: null,
      humanState: 'open',
      cycleCount: 1,
      openedAt: minute(3),
      firstOpenedAt: minute(3),
      waitingSince: minute(3),
    });
    expect(story.cycle()).toMatchObject({
      ordinal: 1,
      openedAt: minute(3),
      openedBy: 'customer',
      clockStartAt: minute(3),
      waitingSince: minute(3),
      closedAt: null,
    });
  });

  test('[S1] a system message or a note before the customer opens nothing', () => {
    expect(new Story({ withAi: false }).system(1).note(2).conversation()).toMatchObject({
      humanState: null,
      cycleCount: 0,
    });
  });

  test('[S1] an agent who writes first opens cycle 1; its clock starts at the customer’s first message', () => {
    const story = new Story({ withAi: false }).agent(2);
    expect(story.conversation()).toMatchObject({ humanState: 'open', aiOutcome: null, handoffAt: null });
    expect(story.cycle()).toMatchObject({ openedBy: 'agent', clockStartAt: null, firstReplyAt: null });
    story.customer(10).agent(15);
    expect(story.cycle()).toMatchObject({
      clockStartAt: minute(10),
      firstReplyAt: minute(15),
      replyTotal: 300_000,
    });
  });

  test('[S3] never goes idle into an AI outcome', () => {
    const conversation = new Story({ withAi: false }).customer(1).agent(2).conversation(1_000_000);
    expect(conversation).toMatchObject({ aiOutcome: null, humanState: 'open', aiClosedAt: null });
  });
});

describe('an event of an unknown conversation', () => {
  test('is the caller’s business: stepping it throws', () => {
    const story = new Story(null);
    const event = story.add(1, { type: 'woken', agentId: ANA });
    expect(() => step(EMPTY_SNAPSHOT, event, DEFAULT_POLICY)).toThrow(/started conversation/);
  });

  test('a history without a start cannot be folded', () => {
    const story = new Story(null).customer(1);
    expect(() => story.fold()).toThrow(/started conversation/);
    expect(() => new Story(null).fold()).toThrow(/start of a history/);
  });
});

describe('the order of a history', () => {
  test('[T8] its start folds first, also when another event is dated before it or shares its moment', () => {
    const story = new Story(null);
    story.customer(-2).ai(0);
    story.add(0, {
      type: 'started',
      customerId: asId<'CustomerId'>('customer'),
      source: 'shop',
      channel: 'web_chat',
      page: null,
      language: null,
      initialSkill: null,
      withAi: true,
    });
    const conversation = story.conversation();
    expect(conversation.messageCount).toBe(2);
    expect(inMinutes(conversation.startedAt)).toBe(0);
    expect(conversation.lastPublicKind).toBe('ai');
    expect(inMinutes(conversation.lastCustomerMessageAt)).toBe(-2);
  });
});
