import { type Conversation, REVIEW_VERDICTS } from '../../../src/domain/model.ts';
import { READY_MADE } from '../../../src/domain/segments/ready-made.ts';
import { readRow } from '../../../src/desk/replica/row-sql.ts';
import { mutate, recall, resend, turned, turnOf } from '../../../src/desk/service/commands.ts';
import { textOf, messageIdOf } from '../../../src/desk/outbox/outgoing.ts';
import { contentOf } from '../../../src/mutations/survey-args.ts';
import type { MutationName } from '../../../src/mutations/registry.ts';
import { surveyOf } from '../domain/surveys.ts';
import type { Counts } from './counts.ts';
import { type SimDesk, survives } from './sim-desk.ts';
import { broken } from './violation.ts';

type MakeArgs = (conversation: Conversation, desk: SimDesk, pick: number) => Record<string, unknown>;

const text = (
  desk: SimDesk,
): { readonly messageId: string; readonly text: string; readonly writtenAt: number } => {
  const messageId = desk.newId();
  return { messageId, text: `text ${messageId}`, writtenAt: 0 };
};
const AGENTS = ['ada', 'ben', 'cleo', null];
const TAGS = ['vip', 'refund', 'late'];
const FIELDS = ['profile.plan', 'profile.seats', 'profile.topics'];
const SURVEYS = ['s1', 's2'];
const DOCUMENTS = ['d1', 'd2'];
const one = <T>(items: readonly T[], pick: number): T | null => items[pick % items.length] ?? null;
const nothing: MakeArgs = () => ({});

/** Arguments as a screen makes them of what it shows. Replies after closing are the schedule's to switch. */
const ARGS: Readonly<Record<Exclude<MutationName, 'noop' | 'settings.setBlockReplies'>, MakeArgs>> = {
  'message.send': ({ lastPublicId }, desk) => ({
    ...text(desk),
    lastSeenMessageId: lastPublicId,
    offline: false,
  }),
  'note.add': (_, desk) => text(desk),
  'conversation.take': nothing,
  'conversation.assign': ({ assigneeId }, _, pick) => ({
    assigneeId: one(AGENTS, pick),
    ...(pick % 2 === 0 ? { expect: assigneeId } : {}),
  }),
  'conversation.takeOver': nothing,
  'conversation.setPriority': (_, __, pick) => ({ priority: one(['high', 'medium', 'low', null], pick) }),
  'conversation.setDescription': (_, desk, pick) => ({
    description: pick % 5 === 0 ? null : `about ${desk.deps.index} ${pick}`,
  }),
  'tag.add': (_, __, pick) => ({ tag: one(TAGS, pick) }),
  'tag.remove': (_, __, pick) => ({ tag: one(TAGS, pick) }),
  'conversation.close': ({ lastCustomerMessageId }) => ({ seenCustomerMessageId: lastCustomerMessageId }),
  'conversation.undoClose': ({ cycleCount }) => ({ cycle: Math.max(1, cycleCount) }),
  'conversation.reopen': nothing,
  'conversation.undoReopen': ({ cycleCount }) => ({ cycle: Math.max(1, cycleCount) }),
  'conversation.snooze': (_, desk, pick) => ({ until: desk.core.now() + 60_000 * (1 + (pick % 200)) }),
  'conversation.wake': nothing,
  'conversation.markRead': ({ lastMessageAt }) => ({ readThroughAt: lastMessageAt ?? 0 }),
  'conversation.markUnread': nothing,
  'conversation.follow': nothing,
  'conversation.unfollow': nothing,
  'field.define': (_, desk, pick) => ({
    field: one(FIELDS, pick),
    type: one(['String', 'Number', 'List'], pick),
    names: { en: `field ${desk.deps.index}` },
    position: pick % 7,
  }),
  'field.setName': (_, desk, pick) => ({
    field: one(FIELDS, pick),
    language: one(['ko', 'sv'], pick),
    name: pick % 5 === 0 ? null : `name ${desk.deps.index} ${pick}`,
  }),
  'field.move': (_, __, pick) => ({ field: one(FIELDS, pick), position: pick % 11 }),
  'field.archive': (_, __, pick) => ({ field: one(FIELDS, pick) }),
  'field.restore': (_, __, pick) => ({ field: one(FIELDS, pick) }),
  'field.delete': (_, __, pick) => ({ field: pick % 6 === 0 ? one(FIELDS, pick) : 'profile.none' }),
  'profile.set': (_, desk, pick) => ({
    field: one(FIELDS, pick),
    value: one([`value ${desk.deps.index}`, pick, [`item ${pick % 5}`, 'all'], null], pick >> 2),
    ...(pick % 3 === 0 ? { from: ['all'] } : {}),
  }),
  'visibility.setOwn': (_, __, pick) => ({ field: 'priority', visible: one([true, false, null], pick) }),
  'visibility.setDefault': (_, __, pick) => ({ field: 'priority', visible: one([true, false, null], pick) }),
  'settings.setHours': (_, __, pick) => ({
    value: pick % 2 === 0 ? null : [{ validFrom: '2026-01-01', zone: 'UTC', week: {}, holidays: [] }],
  }),
  'settings.setTimingPolicy': (_, __, pick) => ({ value: one(['handoff', 'channel-talk', null], pick) }),
  'settings.setZone': (_, __, pick) => ({ value: one(['Europe/Stockholm', 'Asia/Seoul', null], pick) }),
  'review.setVerdict': (_, desk, pick) => ({
    verdict: one([...REVIEW_VERDICTS, null], pick),
    ...(pick % 3 === 0 ? { note: `note ${desk.deps.index} ${pick}` } : {}),
  }),
  'review.assignCoaching': (_, __, pick) => ({ coachId: one(AGENTS, pick) }),
  'segment.save': (_, desk, pick) => ({
    id: one(DOCUMENTS, pick),
    segment: { name: `segment ${desk.deps.index} ${pick}`, rule: one(READY_MADE, pick)?.rule },
  }),
  'segment.delete': (_, __, pick) => ({ id: pick % 5 === 0 ? one(DOCUMENTS, pick) : 'none' }),
  'view.save': (_, desk, pick) => ({
    scope: one(['team', 'own'], pick),
    id: one(DOCUMENTS, pick >> 1),
    view: { name: `view ${desk.deps.index} ${pick}`, query: '{}', position: pick % 4 },
  }),
  'view.delete': (_, __, pick) => ({ scope: one(['team', 'own'], pick), id: one(DOCUMENTS, pick >> 1) }),
  'settings.setAttribution': (_, __, pick) => ({
    value: pick % 2 === 0 ? null : { sms: { touches: ['clicked'], windowHours: pick + 1 } },
  }),
  'settings.setIdleWindow': (_, __, pick) => ({
    source: one([null, 'sim', 'shop'], pick),
    hours: one([null, 24, 48, 72], pick >> 2),
  }),
  'settings.setScope': () => ({ value: null }),
  'survey.save': (_, desk, pick) => ({
    id: one(SURVEYS, pick),
    survey: contentOf(surveyOf({ name: `survey ${desk.deps.index}`, position: pick % 3 })),
    ...(pick % 2 === 0 ? { on: pick % 4 === 0 } : {}),
  }),
  'survey.setOn': (_, __, pick) => ({ id: one(SURVEYS, pick), on: pick % 2 === 0 }),
  'survey.move': (_, __, pick) => ({ id: one(SURVEYS, pick), position: pick % 11 }),
  'survey.delete': (_, __, pick) => ({ id: pick % 5 === 0 ? one(SURVEYS, pick) : 'none' }),
  'address.set': (_, __, pick) => ({ url: one(['https://care.example.com', null], pick) }),
  'export.record': (_, desk, pick) => ({
    exportId: `${desk.deps.index}-${pick}`,
    format: one(['xlsx', 'csv', 'jsonl'], pick),
    languages: one([['ko'], ['ko', 'sv']], pick),
    zone: 'Asia/Seoul',
    range: { by: 'closed', from: null, to: '2026-06-30' },
    queue: 'all',
    filters: '{}',
    withMessages: pick % 2 === 0,
    reason: one(['quarterly review', null], pick),
    rows: { userChats: pick },
    digest: '0'.repeat(64),
  }),
  'settings.setExports': (_, __, pick) => ({
    value: one(
      [{ role: 'agent', reasonRequired: pick % 2 === 0 }, { role: 'lead', reasonRequired: true }, null],
      pick,
    ),
  }),
  'settings.setLanguage': (_, __, pick) => ({ value: one(['en', 'ko', null], pick) }),
};

/** Weighted: replies, takes and closes are what agents do all day, and where they meet. */
const NAMES: readonly (keyof typeof ARGS)[] = [
  ...(Object.keys(ARGS) as (keyof typeof ARGS)[]),
  'message.send',
  'message.send',
  'message.send',
  'message.send',
  'conversation.take',
  'conversation.take',
  'conversation.close',
  'conversation.assign',
  'tag.add',
];

/** The agent does something to a conversation on the screen. */
export function act(desk: SimDesk, counts: Counts, what: number, where: number, pick: number): void {
  const name = NAMES[what % NAMES.length] ?? 'conversation.take';
  const known = desk.conversations();
  const id = known[where % Math.max(1, known.length)];
  const { replica } = desk.core;
  const conversation = id === undefined ? null : readRow(replica.db, 'conversation', [id]);
  if (conversation === null) return;
  const args = { conversationId: id, ...ARGS[name](conversation, desk, pick) };
  make(desk, counts, { name, args }, () => mutate(desk.commands, { name, args }));
}

function make(
  desk: SimDesk,
  counts: Counts,
  call: { readonly name: string; readonly args: unknown },
  run: () => ReturnType<typeof mutate>,
): void {
  const words = textOf(call);
  const { texts, mids } = desk.ledger;
  const before = words === null ? undefined : texts.get(words);
  if (words !== null) texts.set(words, before === 'saved' ? 'saved' : 'maybe');
  survives(desk, () => {
    const answer = run();
    if (!answer.ok) {
      if (words !== null && before !== 'saved') texts.set(words, before ?? 'maybe');
      return;
    }
    counts.saved += 1;
    const { mid } = answer.value;
    const name = desk.core.outbox.entries().find((entry) => entry.mid === mid)?.name ?? call.name;
    mids.set(mid, name);
    if (words !== null) texts.set(words, 'saved');
    const messageId = messageIdOf(call);
    if (messageId !== null && readRow(desk.core.replica.db, 'message', [messageId]) === null)
      broken('I6', `desk ${desk.deps.index}: the message just saved is not shown`);
  });
}

/** The latest action is taken back, or now and then done again (Y16). */
export function undo(desk: SimDesk, counts: Counts, pick: number): void {
  make(desk, counts, { name: 'undo', args: {} }, () => {
    const answer = turned(desk.commands, turnOf(desk.core, undefined, pick % 4 === 0));
    if (answer.ok) counts.undos += 1;
    return answer;
  });
}

/** What no push has carried is taken back; what was, must refuse (Y12). */
export function recallOne(desk: SimDesk, counts: Counts, pick: number): void {
  const own = desk.core.outbox.entries().filter((entry) => entry.name !== 'noop');
  const entry = own.length === 0 ? undefined : own[own.length - 1 - (pick % Math.min(3, own.length))];
  if (entry === undefined) return;
  const words = textOf(entry);
  const before = words === null ? undefined : desk.ledger.texts.get(words);
  if (words !== null) desk.ledger.texts.set(words, 'maybe');
  survives(desk, () => {
    const done = recall(desk.commands, entry.mid);
    if (done && entry.attempted) broken('Y12', `mid ${entry.mid} was recalled after its push`);
    if (done) counts.recalls += 1;
    if (words === null) return;
    desk.ledger.texts.set(words, done ? 'recalled' : (before ?? 'maybe'));
    if (
      done &&
      !desk.core.outbox.drafts
        .of(entry.conversationId ?? ('' as never))
        .some((draft) => draft.text.includes(words))
    )
      broken('Y12', `the recalled text of mid ${entry.mid} is no draft`);
  });
}

/** A held or refused item is sent again, or put away. */
export function settleOne(desk: SimDesk, counts: Counts, pick: number): void {
  const items = desk.core.outbox.attention();
  const item = items[pick % Math.max(1, items.length)];
  if (item === undefined) return;
  if (pick % 3 === 0) {
    const words = textOf(item);
    if (words !== null) desk.ledger.texts.set(words, 'dismissed');
    survives(desk, () => desk.core.dismiss(item.mid));
    return;
  }
  make(desk, counts, item, () => {
    const answer = resend(desk.commands, item.mid, undefined);
    if (answer.ok) counts.resends += 1;
    return answer;
  });
}

/** A text is left in the composer; it must be there after any crash. */
export function draft(desk: SimDesk, where: number, pick: number): void {
  const known = desk.conversations();
  const id = known[where % Math.max(1, known.length)];
  if (id === undefined) return;
  const words = `draft ${pick}`;
  survives(desk, () => {
    desk.core.outbox.drafts.put(id, pick % 2 === 0 ? 'reply' : 'note', words, desk.core.now());
    if (!desk.core.outbox.drafts.has(id)) broken('Y1', 'a draft just put is not there');
  });
}
