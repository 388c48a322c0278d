import { must } from '../../../src/base/must.ts';
import { ok } from '../../../src/base/result.ts';
import { millis, plus } from '../../../src/base/time.ts';
import type { Cursor, PullResponse } from '../../../src/protocol/sync.ts';
import type { Database } from '../../../src/sqlite/types.ts';
import type { CommitBatch, Store } from '../../../src/workspace/store/store.ts';
import { patch, type Plant, targetWith } from './plant.ts';
import { PLANTED_PAGES } from './planted-pages.ts';
import { PLANTED_SCOPE } from './planted-scope.ts';
import { PLANTED_WORDS } from './planted-words.ts';

function storeWith(store: Store, change: (batch: CommitBatch) => CommitBatch): Store {
  return { ...store, commit: (batch) => store.commit(change(batch)) };
}

function firstMid(body: unknown): number {
  const { mutations } = body as { readonly mutations: readonly { readonly mid: number }[] };
  return mutations[0]?.mid ?? 0;
}

function withoutSeen(body: unknown): unknown {
  return typeof body === 'object' && body !== null ? { ...body, seen: undefined } : body;
}

type Changes = Extract<PullResponse, { readonly kind: 'changes' }>;

/** A workspace whose pulls come out otherwise. */
function pullsWith(name: string, change: (answer: Changes) => PullResponse): Plant {
  return {
    name,
    workspace: (workspace) => ({
      ...workspace,
      pull: async (desk, body) => {
        const answer = await workspace.pull(desk, body);
        return answer.ok && answer.value.kind === 'changes' ? ok(change(answer.value)) : answer;
      },
    }),
  };
}

function withoutStatement(db: Database, start: string): Database {
  return {
    ...db,
    get inTransaction() {
      return db.inTransaction;
    },
    run: (sql, ...params) =>
      sql.startsWith(start) ? { changes: 0, lastInsertRowid: 0 } : db.run(sql, ...params),
  };
}

/** Bugs that protocols like this one have had: the simulator must find each (a test of the test). */
export const PLANTED: readonly Plant[] = [
  {
    name: 'no dedupe by mid: a repeated push runs again',
    workspace: (workspace, shared) => ({
      ...workspace,
      push: (desk, body) => {
        shared.firstMid = firstMid(body);
        return workspace.push(desk, body);
      },
    }),
    store: (store, shared) => ({
      ...store,
      client: async (id) => {
        const row = await store.client(id);
        return row === null
          ? null
          : { ...row, lastMid: Math.min(row.lastMid, Math.max(0, shared.firstMid - 1)) };
      },
    }),
  },
  pullsWith('lossy cursor: it moves on past a table that was not sent', (answer) => ({
    ...answer,
    tables: answer.tables.length > 2 ? answer.tables.slice(0, -1) : answer.tables,
  })),
  {
    name: 'a stale response is accepted',
    target: (core) =>
      targetWith(core, {
        follow: (changes) => {
          const standing = core.standing();
          return core.follow(standing.type === 'following' ? { ...changes, from: standing.cursor } : changes);
        },
      }),
  },
  {
    name: 'rebase twice: what is confirmed stays on top',
    replica: (replica) => {
      const apply = replica.apply.bind(replica);
      patch(replica, 'apply', (tables, state) => {
        const { lastMid } = replica.state();
        const written = apply(tables, { ...state, lastMid });
        if (state.lastMid !== undefined) replica.setState({ lastMid: state.lastMid });
        return written;
      });
    },
  },
  {
    name: 'volatile outbox: the last entry was not durable',
    onCrash: ({ outbox }) =>
      outbox().exec('DELETE FROM outbox WHERE attempted = 0 AND mid = (SELECT max(mid) FROM outbox)'),
  },
  {
    name: 'a mid is used again after a crash',
    onCrash: ({ outbox }) => outbox().exec('DELETE FROM journal'),
    outbox: (outbox) => patch(outbox, 'continueAfter', () => undefined),
  },
  {
    name: 'no chain check: a rewritten history is followed',
    store: (store, shared) => ({
      ...store,
      chainAt: async (seq) => {
        const chain = await store.chainAt(seq);
        return chain === null ? null : (shared.chains.get(seq) ?? chain);
      },
    }),
    workspace: (workspace, shared) => ({
      ...workspace,
      pull: (desk, body) => {
        const { cursor, seen = cursor } = body as { readonly cursor: Cursor; readonly seen?: Cursor };
        shared.chains = new Map([cursor, seen].map(({ seq, chain }) => [seq, chain]));
        return workspace.pull(desk, body);
      },
    }),
  },
  {
    name: 'no journal: a restored workspace is not offered what it forgot',
    outbox: (outbox) => patch(outbox, 'reofferFrom', () => undefined),
  },
  {
    name: 'drop on send: an entry counts as applied when it leaves',
    target: (core) =>
      targetWith(core, {
        takeBatch: () => {
          const batch = core.takeBatch();
          core.outbox.record(batch.map(({ mid }) => ({ mid, status: 'applied' })));
          return batch;
        },
      }),
  },
  {
    name: 'no gap check: missing numbers are stepped over',
    workspace: (workspace, shared) => ({
      ...workspace,
      push: (desk, body) => {
        shared.firstMid = firstMid(body);
        return workspace.push(desk, body);
      },
    }),
    store: (store, shared) => ({
      ...store,
      client: async (id) => {
        const row = await store.client(id);
        return row === null ? null : { ...row, lastMid: Math.max(row.lastMid, shared.firstMid - 1) };
      },
    }),
  },
  {
    name: 'a refusal does not advance the counter',
    store: (store) =>
      storeWith(store, (batch) => {
        const outcomes = batch.outcomes ?? [];
        const cut = outcomes.findIndex(({ status }) => status === 'refused');
        if (cut < 0 || batch.client === undefined) return batch;
        const first = must(outcomes[0], 'an outcome').mid;
        return {
          ...batch,
          outcomes: outcomes.slice(0, cut),
          client: { ...batch.client, lastMid: first + cut - 1 },
        };
      }),
  },
  {
    name: 'base rows are not kept, so nothing is put back',
    replicaDb: (db) => withoutStatement(db, 'INSERT INTO base_row'),
  },
  {
    name: 'a pull is not atomic: the cursor is stored first',
    target: (core) =>
      targetWith(core, {
        follow: (changes) => {
          const { cursor } = core.replica.state();
          if (cursor === null || JSON.stringify(cursor) !== JSON.stringify(changes.from)) return false;
          core.replica.setState({ cursor: changes.to });
          core.replica.apply(changes.tables, { lastMid: changes.lastMid });
          return core.follow({ ...changes, from: changes.to, tables: [] });
        },
      }),
  },
  {
    name: 'outcomes are not recorded',
    store: (store) => storeWith(store, (batch) => ({ ...batch, outcomes: [] })),
  },
  {
    name: 'the payload of a recalled mutation is pushed all the same',
    outbox: (outbox) =>
      patch(outbox, 'recall', (mid, draft) => {
        const entry = outbox.entries().find((one) => one.mid === mid);
        if (entry === undefined || entry.attempted) return false;
        if (draft !== null) outbox.drafts.put(draft.conversationId, draft.kind, draft.text, draft.at);
        return true;
      }),
  },
  {
    name: 'time by a desk’s clock',
    prepare: (prepare) => (name, args) => {
      const prepared = prepare(name, args);
      if (!prepared.ok || name !== 'message.send') return prepared;
      const { writtenAt } = args as { readonly writtenAt: number };
      return ok({
        ...prepared.value,
        run: (rows, ctx) =>
          prepared.value.run(rows, {
            ...ctx,
            now: plus(ctx.now, millis(Math.max(0, writtenAt - ctx.now) + 60_000)),
          }),
      });
    },
  },
  pullsWith('deletes are not sent', (answer) => ({
    ...answer,
    tables: answer.tables.map((rows) => ({ ...rows, deletes: [] })),
  })),
  {
    name: 'a refusal is answered as applied',
    workspace: (workspace) => ({
      ...workspace,
      push: async (desk, body) => {
        const answer = await workspace.push(desk, body);
        if (!answer.ok) return answer;
        return ok({
          ...answer.value,
          outcomes: answer.value.outcomes.map(({ mid }) => ({ mid, status: 'applied' as const })),
        });
      },
    }),
  },
  pullsWith('one mutation too many is confirmed', (answer) => ({ ...answer, lastMid: answer.lastMid + 1 })),
  {
    name: 'a take takes from a colleague',
    prepare: (prepare) => (name, args) => {
      if (name !== 'conversation.take') return prepare(name, args);
      const taken = prepare(name, args);
      if (!taken.ok) return taken;
      const { conversationId } = args as { readonly conversationId: string };
      return ok({
        ...taken.value,
        run: (rows, ctx) => {
          const given = prepare('conversation.assign', { conversationId, assigneeId: ctx.actor.id });
          const blind = {
            ...rows,
            agent: () => ({ id: ctx.actor.id, name: '', role: ctx.actor.role, active: true }),
          };
          return given.ok ? given.value.run(blind, ctx) : given;
        },
      });
    },
  },
  {
    name: 'what a restored workspace answered and forgot is not offered again',
    outbox: (outbox) => patch(outbox, 'isAnsweredAfter', () => false),
  },
  {
    name: 'nobody asks whether the pages of a bootstrap are still history',
    workspace: (workspace) => ({
      ...workspace,
      pull: (desk, body) => workspace.pull(desk, withoutSeen(body)),
      bootstrap: (desk, body) => workspace.bootstrap(desk, withoutSeen(body)),
    }),
  },
  {
    name: 'a push is marked as attempted only after it came back',
    outbox: (outbox) => patch(outbox, 'markAttempted', () => undefined),
  },
  ...PLANTED_PAGES,
  ...PLANTED_SCOPE,
  ...PLANTED_WORDS,
];
