import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asId } from '../../../../src/base/ids.ts';
import { epochMillis } from '../../../../src/base/time.ts';
import type { Conversation } from '../../../../src/domain/model.ts';
import { readBaseRows } from '../../../../src/desk/replica/base-rows.ts';
import { Replica } from '../../../../src/desk/replica/replica.ts';
import type { TableRows } from '../../../../src/protocol/sync.ts';
import { baseOf, differences, foldOf, viewOf } from '../../../support/desk/rows.ts';
import {
  AT,
  conversationRow,
  deletes,
  messageRow,
  openConversation,
  puts,
  tagRow,
} from '../../../support/desk/sample-rows.ts';
import { callOf, FULL, openReplicaFile, testReplica } from '../../../support/desk/test-replica.ts';

const IDS = ['c1', 'c2', 'c3'];
const TAGS = ['a', 'b', 'c'];
const id = fc.constantFrom(...IDS);
const tag = fc.constantFrom(...TAGS);

/** What the workspace may send. */
const change: fc.Arbitrary<TableRows> = fc.oneof(
  fc
    .tuple(
      id,
      fc.record({
        priority: fc.constantFrom<Conversation['priority']>('high', 'low', null),
        description: fc.constantFrom('theirs', null),
        assigneeId: fc.constantFrom(null, asId<'AgentId'>('ben')),
        humanState: fc.constantFrom<Conversation['humanState']>('open', 'closed'),
        foldedAt: fc.integer({ min: 0, max: 1_000 }).map((more) => epochMillis(AT + more)),
      }),
    )
    .map(([key, patch]) => puts('conversation', conversationRow(key, patch))),
  fc.tuple(id, tag).map(([key, name]) => puts('tag', tagRow(key, name))),
  fc.tuple(id, tag).map(([key, name]) => deletes('tag', [key, name])),
  fc
    .tuple(id, fc.nat(5))
    .map(([key, n]) => puts('message', messageRow(key, `${key}-m${n}`, { at: epochMillis(AT + n) }))),
  id.map((key) => deletes('message', [`${key}-m1`])),
  id.map((key) => deletes('conversation', [key])),
  fc
    .constantFrom('agent' as const, 'lead' as const)
    .map((role) => puts('agent', { id: asId<'AgentId'>('ada'), name: 'Ada', role, active: true })),
);

/** What the agent may do. */
const work = fc.oneof(
  id.map((conversationId) => ['conversation.take', { conversationId }] as const),
  fc
    .tuple(id, fc.constantFrom('high', 'low'))
    .map(([conversationId, priority]) => ['conversation.setPriority', { conversationId, priority }] as const),
  fc.tuple(id, tag).map(([conversationId, name]) => ['tag.add', { conversationId, tag: name }] as const),
  fc.tuple(id, tag).map(([conversationId, name]) => ['tag.remove', { conversationId, tag: name }] as const),
  id.map(
    (conversationId) =>
      ['conversation.close', { conversationId, seenCustomerMessageId: `${conversationId}-m1` }] as const,
  ),
  id.map((conversationId) => ['conversation.reopen', { conversationId }] as const),
  fc
    .tuple(id, fc.nat(3))
    .map(
      ([conversationId, n]) =>
        [
          'note.add',
          { conversationId, messageId: `${conversationId}-n${n}`, text: 'note', writtenAt: AT },
        ] as const,
    ),
  id.map((conversationId) => ['conversation.markRead', { conversationId, readThroughAt: AT }] as const),
);

const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('work' as const), call: work }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('pull' as const),
      rows: fc.array(change, { maxLength: 4 }),
      /** How many of those that wait it confirms. */
      confirms: fc.nat(2),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('drop' as const), place: fc.nat(5) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

function play(replica: Replica, one: Step, mid: number): Replica {
  switch (one.do) {
    case 'work': {
      const [name, args] = one.call;
      const accepted = replica.tryRun(callOf(mid, name, args));
      if (accepted.ok) replica.show(accepted.value);
      return replica;
    }
    case 'pull': {
      const confirmed = replica.pending().slice(0, one.confirms).at(-1)?.mid ?? replica.state().lastMid;
      replica.apply(one.rows, { lastMid: confirmed });
      return replica;
    }
    case 'drop': {
      const call = replica.pending()[one.place];
      if (call !== undefined) replica.drop(new Set([call.mid]));
      return replica;
    }
    case 'restart': {
      const again = new Replica(replica.db);
      again.start(replica.pending());
      return again;
    }
  }
}

test('[Y7] rebasing only what a pull can reach gives what rebasing everything from nothing gives', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 25 }), (steps) => {
      let replica = testReplica(openReplicaFile(':memory:'));
      replica.apply(
        IDS.flatMap((key) => openConversation(key)),
        FULL,
      );
      steps.forEach((one, index) => {
        replica = play(replica, one, index + 1);
        expect(differences(viewOf(replica), foldOf(replica))).toEqual([]);
      });
      // Confirmed to the last, the view is the base and nothing is kept beside it.
      replica.apply([], { lastMid: steps.length });
      expect(readBaseRows(replica.db, 'all').size).toBe(0);
      expect(differences(viewOf(replica), baseOf(replica))).toEqual([]);
      replica.db.close();
    }),
    { numRuns: 60, seed: 20_260_611 },
  );
});

test('[Y7] the base never shows what waits here: it is what the pulls brought, in their order', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 20 }), (steps) => {
      let ours = testReplica(openReplicaFile(':memory:'));
      const plain = testReplica(openReplicaFile(':memory:'));
      const first = IDS.flatMap((key) => openConversation(key));
      ours.apply(first, FULL);
      plain.apply(first, FULL);
      steps.forEach((one, index) => {
        ours = play(ours, one, index + 1);
        if (one.do === 'pull') plain.apply(one.rows, {});
        expect(differences(baseOf(ours), viewOf(plain))).toEqual([]);
      });
      ours.db.close();
      plain.db.close();
    }),
    { numRuns: 60, seed: 20_260_612 },
  );
});
