import { describe, expect, test } from 'vitest';
import { contentOf } from '../../../../src/mutations/survey-args.ts';
import type { SurveyCondition } from '../../../../src/domain/csat/conditions.ts';
import type {
  ConversationSurveys,
  SurveyMatches,
  SurveysView,
} from '../../../../src/protocol/rpc/surveys.ts';
import { settle } from '../../../support/desk/fake-scheduler.ts';
import {
  conversationId,
  escalated,
  hire,
  NEVER,
  openTestDesk,
  openWorld,
  type TestDesk,
  type World,
} from '../../../support/desk/world.ts';
import { condition, surveyOf } from '../../../support/domain/surveys.ts';

const C1 = conversationId('c1');
const HOUR = 3_600_000;

interface Office {
  readonly world: World;
  readonly boss: TestDesk;
}

async function office(address: string | null = 'https://care.example.com'): Promise<Office> {
  const world = await openWorld();
  const agent = await hire(world, 'boss', 'admin');
  await world.ingest(...escalated('c1'));
  const boss = await openTestDesk(world, agent);
  await boss.mutate('address.set', { url: address });
  return { world, boss };
}

async function meet({ boss }: Office): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    await boss.desk.handlers['sync.now']({}, NEVER);
    await settle();
  }
}

async function pass(here: Office, length: number): Promise<void> {
  await meet(here);
  here.world.clock.advance(length);
  await here.world.workspace.sweep();
  await meet(here);
}

async function save(desk: TestDesk, over = {}): Promise<void> {
  const survey = surveyOf({ delay: HOUR, ...over });
  const saved = await desk.mutate('survey.save', { id: survey.id, survey: contentOf(survey), on: true });
  if (!saved.ok) throw new Error(saved.refusal.type);
}

async function close(desk: TestDesk): Promise<void> {
  const { lastCustomerMessageId } = desk.thread(C1).conversation;
  await desk.mutate('conversation.close', {
    conversationId: C1,
    seenCustomerMessageId: lastCustomerMessageId,
  });
}

function view(desk: TestDesk): SurveysView {
  const answer = desk.desk.handlers['surveys.list']({}, NEVER);
  if (!('surveys' in answer)) throw new Error('no surveys');
  return answer;
}

function ofC1(desk: TestDesk): ConversationSurveys {
  const answer = desk.desk.handlers['surveys.ofConversation']({ conversationId: C1 }, NEVER);
  if (!('asked' in answer)) throw new Error('no surveys of the conversation');
  return answer;
}

describe('surveys on a desk', () => {
  test('[C10] in their order, with where customers reach the workspace', async () => {
    const { boss } = await office();
    await save(boss, { id: 'b', position: 2 });
    await save(boss, { id: 'a', position: 1 });
    expect(view(boss).surveys.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(view(boss).address).toEqual({ url: 'https://care.example.com', by: 'admin' });
  });

  test('[Q3] a closed cycle says when its survey leaves, then that it left', async () => {
    const here = await office();
    await save(here.boss);
    expect(ofC1(here.boss).plan).toBeNull();
    await pass(here, 60_000);
    await close(here.boss);
    expect(ofC1(here.boss).plan).toMatchObject({ state: 'due', survey: { id: 's1' } });
    await pass(here, 2 * HOUR);
    expect(ofC1(here.boss)).toMatchObject({ plan: null, asked: [{ ordinal: 1, surveyId: 's1' }] });
  });

  test('[Q5] [C11] without an address it says that nothing leaves', async () => {
    const { boss } = await office(null);
    await save(boss);
    await close(boss);
    expect(ofC1(boss)).toMatchObject({ plan: { state: 'noAddress' }, address: null });
  });

  test('[Q3] and why none is sent', async () => {
    const { boss, world } = await office();
    const vip = condition('profile.vip', 'isAnyOf', 'true');
    await save(boss, { conditions: [vip] });
    await close(boss);
    expect(ofC1(boss).plan).toEqual({
      state: 'none',
      passedOver: [{ surveyId: 's1', why: 'condition', condition: vip }],
      again: world.clock.now() + HOUR,
    });
  });
});

describe('how far conditions reach, while they are written', () => {
  async function matches(desk: TestDesk, ...conditions: SurveyCondition[]): Promise<SurveyMatches> {
    const answer = await desk.desk.handlers['surveys.matches']({ conditions }, NEVER);
    if (!('closed' in answer)) throw new Error('no count');
    return answer;
  }

  test('[Q3] [C10] counted on what was closed, by the rule that sends: VIP only, not with a tag', async () => {
    const here = await office();
    const { world, boss } = here;
    const at = world.clock.now();
    await world.ingest(
      ...escalated('c2'),
      ...escalated('c3'),
      ...(['c1', 'c2'] as const).map(
        (id) =>
          ({ id: `${id}-x`, type: 'conversation.closed', conversationId: id, at, by: 'agent' }) as const,
      ),
      {
        id: 'vip',
        type: 'conversation.profileSet',
        conversationId: 'c2',
        at,
        values: { 'profile.tier': 'VIP' },
      },
    );
    await meet(here);
    expect(await matches(boss)).toEqual({ closed: 2, matching: 2 });
    expect(await matches(boss, condition('profile.tier', 'isAnyOf', 'vip'))).toEqual({
      closed: 2,
      matching: 1,
    });
    await boss.mutate('tag.add', { conversationId: conversationId('c2'), tag: 'complaint' });
    const calm = condition('tag', 'isNoneOf', 'complaint');
    expect(await matches(boss, calm)).toEqual({ closed: 2, matching: 1 });
    expect(await matches(boss, calm, condition('profile.tier', 'isAnyOf', 'vip'))).toEqual({
      closed: 2,
      matching: 0,
    });
  });

  test('nothing closed, nothing to try them on', async () => {
    const { boss } = await office();
    expect(await matches(boss)).toEqual({ closed: 0, matching: 0 });
  });
});
