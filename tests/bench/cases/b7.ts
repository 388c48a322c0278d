import { asId } from '../../../src/base/ids.ts';
import { epochMillis } from '../../../src/base/time.ts';
import { DEFAULT_POLICY } from '../../../src/domain/events.ts';
import type { RowChange } from '../../../src/domain/rows.ts';
import { prepareCall } from '../../../src/desk/replica/calls.ts';
import { loadReads, NO_OVERLAY } from '../../../src/desk/replica/load-rows.ts';
import { contextOf, type DeskFrame, rebase } from '../../../src/desk/replica/rebase.ts';
import { type InvertibleCall, Replica } from '../../../src/desk/replica/replica.ts';
import { type RowSpace, rowSpace } from '../../../src/desk/replica/row-space.ts';
import { columnsOf } from '../../../src/desk/replica/row-sql.ts';
import type { TableRows } from '../../../src/protocol/sync.ts';
import type { WireValue } from '../../../src/protocol/tables.ts';
import type { Database } from '../../../src/sqlite/database.ts';
import { replicaOf } from '../dataset.ts';
import { generateBundle, GENERATED_ME, GENERATED_NOW, type GeneratorOptions } from '../generate.ts';
import { type Bench, digestOf } from '../harness.ts';

const FRAME: DeskFrame = { actor: { id: GENERATED_ME, role: 'agent' }, policy: DEFAULT_POLICY };

/** A day offline: messages, priorities, tags and descriptions over the conversations, one after the other. */
function callAt(mid: number, conversationId: string): InvertibleCall {
  const args = [
    ['conversation.setPriority', { conversationId, priority: 'high' }],
    ['tag.add', { conversationId, tag: `tag-${mid}` }],
    ['conversation.setDescription', { conversationId, description: `Description ${mid}` }],
    [
      'note.add',
      { conversationId, messageId: `message-${mid}`, text: `Note ${mid}`, writtenAt: GENERATED_NOW },
    ],
  ] as const;
  const [name, named] = args[mid % args.length] ?? args[0];
  const call = { mid, name, args: named, madeAt: epochMillis(GENERATED_NOW + mid) };
  const prepared = prepareCall(call, { agentId: GENERATED_ME, clientId: asId('bench-desk') });
  if (!prepared.ok) throw new Error(prepared.error.type);
  return prepared.value;
}

/** The same work without any of ours: run each function on the rows it names and keep what it answers. */
function bareLoop(spaces: readonly RowSpace[], calls: readonly InvertibleCall[]): readonly RowChange[] {
  const changes: RowChange[] = [];
  calls.forEach((call, index) => {
    const space = spaces[index];
    if (space === undefined) return;
    const ran = call.run(space, contextOf(space, call, FRAME));
    if (ran.ok) for (const change of ran.value) changes.push(change);
  });
  return changes;
}

const keyed = (changes: Iterable<readonly [string, unknown]>) =>
  digestOf([...changes].sort(([left], [right]) => (left < right ? -1 : 1)));

/** Every conversation row again, as a pull that touches all of them carries it. */
function pullOfAll(db: Database): TableRows {
  const sql = `SELECT ${columnsOf('conversation')} FROM conversation LIMIT ?`;
  return { table: 'conversation', puts: db.prepareRaw<WireValue[], [number]>(sql).all(10_000), deletes: [] };
}

/** A pull lands on 1,000 mutations that wait. */
export const b7: Bench = {
  id: 'B7',
  title: 'rebase of 1,000 pending mutations',
  run: async (bench) => {
    const count = bench.quick ? 100 : 1_000;
    const options: GeneratorOptions = { seed: bench.seed, conversations: count, messages: count * 6 };
    const db = replicaOf(Array.from({ length: count }, (_, index) => generateBundle(options, index)));
    try {
      const ids = db
        .preparePluck<string, [number]>('SELECT id FROM conversation ORDER BY n LIMIT ?')
        .all(count);
      const calls = ids.map((id, index) => callAt(index + 1, id));
      const load = (of: readonly InvertibleCall[]): RowSpace => {
        const space = rowSpace();
        loadReads(
          db,
          space,
          of.map((call) => call.reads),
          NO_OVERLAY,
        );
        return space;
      };
      let space = load(calls);
      let spaces: readonly RowSpace[] = [];
      const pure = await bench.ratio({
        name: 'the fold itself',
        bar: { kind: 'time', limit: 1.3 },
        limits: [{ quantile: 0.5, maxMs: 50 }],
        pairs: 25,
        sample: `${count} mutations on as many conversations`,
        ours: {
          prepare: () => {
            space = load(calls);
          },
          run: () => {
            rebase(space, calls, FRAME);
            return space.finals();
          },
          digest: (finals) => keyed([...finals].map(([key, final]) => [key, final.row])),
        },
        beside: {
          prepare: () => {
            spaces = calls.map((call) => load([call]));
          },
          run: () => bareLoop(spaces, calls),
          digest: (changes) => {
            const collected = rowSpace();
            collected.apply(changes);
            return keyed([...collected.finals()].map(([key, final]) => [key, final.row]));
          },
        },
      });
      const pull = pullOfAll(db);
      const replica = new Replica(db);
      replica.setState({ agentId: GENERATED_ME });
      replica.start(calls);
      const whole = await bench.absolute({
        name: 'a pull that touches every one of them, rows, view and cursor written',
        limits: [{ quantile: 0.5, maxMs: 50 }],
        samples: 60,
        run: () => replica.apply([pull], {}),
      });
      return [pure, whole];
    } finally {
      db.close();
    }
  },
};
