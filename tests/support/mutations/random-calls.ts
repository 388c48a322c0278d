import fc from 'fast-check';
import type { AgentId } from '../../../src/base/ids.ts';
import type { Fact } from '../../../src/domain/events.ts';
import { FIELD_TYPES } from '../../../src/domain/fields/definition.ts';
import { REVIEW_VERDICTS } from '../../../src/domain/model.ts';
import { READY_MADE } from '../../../src/domain/segments/ready-made.ts';
import { contentOf } from '../../../src/mutations/survey-args.ts';
import type { MutationName } from '../../../src/mutations/registry.ts';
import { ANA, BO, C1, escalatedFact, postedFact } from '../domain/history.ts';
import { surveyOf } from '../domain/surveys.ts';
import { CLEO, type Office, wireMinute } from './office.ts';

/** What happens next: something at the source, or an agent’s call. */
export type Move =
  | { readonly kind: 'fact'; readonly fact: Fact; readonly wait: number }
  | {
      readonly kind: 'call';
      readonly name: MutationName;
      readonly args: Readonly<Record<string, unknown>>;
      readonly actor: AgentId;
      readonly wait: number;
    };

/** Long enough that idle windows and snoozes end between moves now and then. */
const wait = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 90 }) },
  fc.integer({ min: 1, max: 4_000 }),
);
const actor = fc.constantFrom(ANA, BO);
const text = fc.constantFrom('refund', 'vip', 'late');
const seen = fc.constantFrom('last', null, 'm1');
const time = fc.integer({ min: 0, max: 20_000 }).map(wireMinute);
const messageId = fc.integer({ min: 0, max: 40 }).map((number) => `r${number}`);
const priority = fc.constantFrom('high', 'medium', 'low', null);
const assigneeId = fc.constantFrom(ANA, BO, CLEO, null);

const fieldKey = fc.constantFrom('profile.plan', 'profile.topics', 'profile.csat');
const anyField = fc.oneof(
  { weight: 4, arbitrary: fieldKey },
  fc.constantFrom('priority', 'state', 'profile.none'),
);
const name = fc.constantFrom('Plan', 'Tarif', null);
const position = fc.integer({ min: -4, max: 9 }).map((half) => half / 2);
const visible = fc.constantFrom(true, false, null);
const list = fc.array(fc.constantFrom('blue', 'red', 'green', ' red '), { maxLength: 4 });
const value = fc.oneof(
  list,
  fc.constantFrom<unknown>('basic', '', '2026-02-28', '02-29', 5, 0.5, 1_790_000_000_000, true, false, null),
);

const surveyIdArg = fc.constantFrom('s1', 's2');
const survey = fc
  .record({ scale: fc.constantFrom<2 | 3 | 5>(2, 3, 5), position, name: fc.constantFrom('One', 'Two') })
  .map((over) => contentOf(surveyOf(over)));
const address = fc.constantFrom('https://care.example.com', 'http://127.0.0.1:4100', null);

const verdictArg = fc.constantFrom(...REVIEW_VERDICTS, null);
const documentIdArg = fc.constantFrom('d1', 'd2');
const scopeArg = fc.constantFrom('team', 'own');
const segmentArg = fc.record({
  name: fc.constantFrom('One', 'Two'),
  rule: fc.constantFrom(...READY_MADE.map(({ rule }) => rule)),
});
const viewArg = fc.record({
  name: fc.constantFrom('One', 'Two'),
  query: fc.constantFrom('{}', '{"queue":"all"}'),
  position: fc.integer({ min: 0, max: 3 }),
});

const argsByName: Readonly<Record<MutationName, fc.Arbitrary<Record<string, unknown>>>> = {
  'message.send': fc.record({
    messageId,
    text,
    lastSeenMessageId: seen,
    offline: fc.boolean(),
    writtenAt: time,
  }),
  'note.add': fc.record({ messageId, text, writtenAt: time }),
  'conversation.assign': fc.record({ assigneeId }),
  'conversation.take': fc.oneof(fc.constant({}), fc.record({ from: assigneeId })),
  'conversation.takeOver': fc.constant({}),
  'conversation.setPriority': fc.record({ priority }),
  'conversation.setDescription': fc.record({ description: fc.option(text, { nil: null }) }),
  'tag.add': fc.record({ tag: text }),
  'tag.remove': fc.record({ tag: text }),
  'conversation.close': fc.record({ seenCustomerMessageId: seen }),
  'conversation.undoClose': fc.record({ cycle: fc.integer({ min: 1, max: 4 }) }),
  'conversation.reopen': fc.constant({}),
  'conversation.undoReopen': fc.record({ cycle: fc.integer({ min: 1, max: 4 }) }),
  'conversation.snooze': fc.record({ until: time }),
  'conversation.wake': fc.constant({}),
  'conversation.markRead': fc.record({ readThroughAt: time }),
  'conversation.markUnread': fc.constant({}),
  'conversation.follow': fc.constant({}),
  'conversation.unfollow': fc.constant({}),
  'field.define': fc.record({
    field: fieldKey,
    type: fc.constantFrom(...FIELD_TYPES),
    names: fc.constantFrom({}, { en: 'Plan', ko: '요금제' }),
    position,
  }),
  'field.setName': fc.record({ field: fieldKey, language: fc.constantFrom('en', 'ko', 'pt-BR'), name }),
  'field.move': fc.record({ field: fieldKey, position }),
  'field.archive': fc.record({ field: fieldKey }),
  'field.restore': fc.record({ field: fieldKey }),
  'field.delete': fc.record({ field: fieldKey }),
  'profile.set': fc.oneof(
    fc.record({ field: anyField, value }),
    fc.record({ field: anyField, value: list, from: list }),
  ),
  'visibility.setOwn': fc.record({ field: anyField, visible }),
  'visibility.setDefault': fc.record({ field: anyField, visible }),
  'settings.setHours': fc.record({
    value: fc.constantFrom(null, [], [{ validFrom: '2026-01-01', zone: 'UTC', week: {}, holidays: [] }]),
  }),
  'settings.setTimingPolicy': fc.record({ value: fc.constantFrom('handoff', 'channel-talk', null) }),
  'settings.setZone': fc.record({ value: fc.constantFrom('Europe/Stockholm', 'Asia/Seoul', null) }),
  'export.record': fc.record({
    exportId: fc.constantFrom('x1', 'x2'),
    format: fc.constantFrom('xlsx', 'csv', 'jsonl'),
    languages: fc.constantFrom(['ko'], ['ko', 'sv']),
    zone: fc.constant('Asia/Seoul'),
    range: fc.constant({ by: 'started', from: '2026-06-01', to: null }),
    queue: fc.constant('all'),
    filters: fc.constant('{}'),
    withMessages: fc.boolean(),
    reason: fc.constantFrom('quarterly review', ' ', null),
    rows: fc.constant({ userChats: 3 }),
    digest: fc.constant('0'.repeat(64)),
  }),
  'settings.setExports': fc.record({
    value: fc.constantFrom(
      { role: 'agent', reasonRequired: false },
      { role: 'admin', reasonRequired: true },
      null,
    ),
  }),
  'settings.setLanguage': fc.record({ value: fc.constantFrom('en', 'sv', null) }),
  'survey.save': fc.oneof(
    fc.record({ id: surveyIdArg, survey }),
    fc.record({ id: surveyIdArg, survey, on: fc.boolean() }),
  ),
  'survey.setOn': fc.record({ id: surveyIdArg, on: fc.boolean() }),
  'survey.move': fc.record({ id: surveyIdArg, position }),
  'survey.delete': fc.record({ id: surveyIdArg }),
  'address.set': fc.record({ url: address }),
  'review.setVerdict': fc.oneof(
    fc.record({ verdict: verdictArg }),
    fc.record({ verdict: verdictArg, note: fc.constantFrom('see policy', ' ', null) }),
  ),
  'review.assignCoaching': fc.record({ coachId: assigneeId }),
  'segment.save': fc.record({ id: documentIdArg, segment: segmentArg }),
  'segment.delete': fc.record({ id: documentIdArg }),
  'view.save': fc.record({ scope: scopeArg, id: documentIdArg, view: viewArg }),
  'view.delete': fc.record({ scope: scopeArg, id: documentIdArg }),
  'settings.setAttribution': fc.record({
    value: fc.constantFrom(null, { sms: { touches: ['clicked'], windowHours: 120 } }),
  }),
  'settings.setScope': fc.record({
    value: fc.constantFrom({ agentDays: 7 }, { agentDays: 90 }, { agentDays: null }, null),
  }),
  'settings.setIdleWindow': fc.record({
    source: fc.constantFrom(null, 'test', 'shop'),
    hours: fc.constantFrom(null, 1, 48, 72),
  }),
  'settings.setBlockReplies': fc.record({ value: fc.boolean() }),
  noop: fc.constant({}),
};

/** A call of one of these mutations with arguments that are right in form; `last` stands for the newest message there is. */
export function randomCall(names: readonly MutationName[]): fc.Arbitrary<Extract<Move, { kind: 'call' }>> {
  return fc
    .constantFrom(...names)
    .chain((name) =>
      fc.record({ kind: fc.constant('call'), name: fc.constant(name), args: argsByName[name], actor, wait }),
    );
}

const fact: fc.Arbitrary<Fact> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .record({ kind: fc.constantFrom('customer', 'customer', 'ai', 'system'), id: fc.nat() })
      .map(({ kind, id }) => postedFact(kind, `s${id}`)),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom('live', 'message').map((method): Fact => escalatedFact({ method })),
  },
  fc.constant<Fact>({ type: 'resolved', finalSkill: null, tags: ['done'], rawStatus: null }),
  fc.constant<Fact>({ type: 'closed', by: 'customer', agentId: null }),
);

export const ALL_NAMES = Object.keys(argsByName) as MutationName[];

export const randomMoves: fc.Arbitrary<readonly Move[]> = fc.array(
  fc.oneof(
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('fact'), fact, wait }) },
    { weight: 2, arbitrary: randomCall(ALL_NAMES) },
  ),
  { maxLength: 25 },
);

/** The arguments with `last` made the id of the newest public message, or of the customer’s newest. */
export function filled(office: Office, move: Extract<Move, { kind: 'call' }>): Record<string, unknown> {
  const { lastPublicId, lastCustomerMessageId } = office.conversation;
  const args: Record<string, unknown> = { conversationId: C1, ...move.args };
  if (args['lastSeenMessageId'] === 'last') args['lastSeenMessageId'] = lastPublicId;
  if (args['seenCustomerMessageId'] === 'last') args['seenCustomerMessageId'] = lastCustomerMessageId;
  return args;
}
