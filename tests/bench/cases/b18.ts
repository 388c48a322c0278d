import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { seededRng } from '../../../src/base/rng.ts';
import { manualClock } from '../../../src/base/time.ts';
import { uuidV7Source } from '../../../src/base/uuid.ts';
import { createListService } from '../../../src/desk/lists/list-service.ts';
import { type Desk, openDesk } from '../../../src/desk/open-desk.ts';
import type { Scheduler } from '../../../src/desk/sync/scheduler.ts';
import { DEFAULT_SORTS } from '../../../src/protocol/rpc/list.ts';
import type { Database } from '../../../src/sqlite/database.ts';
import { openReplica } from '../dataset.ts';
import { GENERATED_ME, GENERATED_NOW } from '../generate.ts';
import type { Bench } from '../harness.ts';
import { playback, type Recorded, recordBootstrap } from '../recorded.ts';
import { median } from '../stats.ts';
import { applyRecorded } from './b2.ts';

const LIMIT = 50;
const PENDING = 40;
/** Work of the desk's own turn takes its turn; nothing waits for a clock. */
const SCHEDULER: Scheduler = {
  after: () => () => undefined,
  soon: (work) => {
    const timer = setImmediate(work);
    return () => clearImmediate(timer);
  },
};

interface Rebuilt {
  readonly usableMs: number;
  readonly allMs: number;
  readonly waiting: number;
}

function open(dir: string, recorded: Recorded): Desk {
  const clock = manualClock(GENERATED_NOW);
  const rng = seededRng(1);
  const opened = openDesk({
    dir,
    transport: playback(recorded),
    clock,
    ids: uuidV7Source(clock, rng),
    rng,
    scheduler: SCHEDULER,
    agentId: GENERATED_ME,
    lists: createListService,
    app: { version: 'bench', workspace: 'remote', sample: false },
    report: (thrown) => {
      throw thrown;
    },
  });
  if (!opened.ok) throw new Error(opened.error.type);
  return opened.value;
}

/** A desk's folder whose outbox holds work that nobody has answered, and whose replica is rubble. */
export function damagedFolder(parent: string, recorded: Recorded): string {
  const dir = mkdtempSync(path.join(parent, 'desk-'));
  const desk = open(dir, recorded);
  for (let index = 0; index < PENDING; index += 1)
    desk.core.outbox.append({
      mid: desk.core.outbox.nextMid(),
      name: 'tag.add',
      args: { conversationId: `none-${index}`, tag: 'kept' },
      madeAt: GENERATED_NOW,
      conversationId: null,
      inverse: null,
      undoes: null,
    });
  desk.core.outbox.close();
  const file = path.join(dir, 'replica.db');
  for (const suffix of ['-wal', '-shm']) rmSync(file + suffix, { force: true });
  writeFileSync(file, Buffer.alloc(64 * 1_024, 0x5a));
  truncateSync(file, 60_000);
  return dir;
}

/** From the first line of the start to a page of open conversations, and to the last page of the bootstrap. */
export async function rebuild(dir: string, recorded: Recorded): Promise<Rebuilt> {
  const started = performance.now();
  const desk = open(dir, recorded);
  const waiting = desk.core.outbox.entries().length;
  desk.start();
  let usable: number | null = null;
  const query = { queue: 'inbox', filters: {}, sort: DEFAULT_SORTS.inbox } as const;
  while (desk.core.replica.state().bootstrap.state !== 'done') {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    if (usable === null && desk.lists.open({ ...query }, LIMIT).rows.length === LIMIT)
      usable = performance.now() - started;
  }
  const all = performance.now() - started;
  if (desk.setAside === null) throw new Error('the damage was not met');
  const kept = desk.core.outbox.entries().length;
  await desk.close();
  return { usableMs: usable ?? all, allMs: all, waiting: Math.min(waiting, kept) };
}

/** B18: the replica of a desk is destroyed; it is set aside and filled anew while its work waits in the outbox. */
export const b18: Bench = {
  id: 'B18',
  title: 'a destroyed replica of 100,000 conversations rebuilt, beside the bootstrap alone (B2)',
  run: async (bench) => {
    const conversations = bench.quick ? 2_000 : 100_000;
    const recorded = recordBootstrap({ seed: bench.seed, conversations, messages: conversations * 10 });
    const parent = mkdtempSync(path.join(tmpdir(), 'handoff-b18-'));
    mkdirSync(parent, { recursive: true });
    const usable: number[] = [];
    let dir = '';
    let db: Database | null = null;
    const file = path.join(parent, 'beside.db');
    try {
      const figure = await bench.ratio({
        name: 'start, set aside, fill',
        bar: { kind: 'time', limit: 1.2 },
        pairs: 9,
        sample: `${recorded.count.toLocaleString('en')} rows, ${PENDING} changes waiting`,
        ours: {
          prepare: () => {
            dir = damagedFolder(parent, recorded);
          },
          run: async () => {
            const rebuilt = await rebuild(dir, recorded);
            usable.push(rebuilt.usableMs);
            return rebuilt;
          },
          millis: ({ allMs }) => allMs,
          // Everything that waited is there.
          digest: ({ waiting }) => String(waiting === PENDING),
          cleanup: () => rmSync(dir, { recursive: true, force: true }),
        },
        beside: {
          prepare: () => {
            db = openReplica(file, 64);
          },
          run: () => {
            if (db !== null) applyRecorded(db, recorded);
            return true;
          },
          digest: String,
          cleanup: () => {
            db?.close();
            for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
          },
        },
      });
      const half = median(usable);
      const slowest = Math.max(...usable);
      const verdict = bench.quick ? 'notJudged' : slowest <= 5_000 ? 'passed' : 'failed';
      return [
        figure,
        {
          name: 'usable list: a full page of open conversations',
          verdict,
          bar: 'every time ≤ 5,000 ms',
          value: `median ${Math.round(half)} ms, slowest ${Math.round(slowest)} ms`,
          raw: { usableMs: usable },
        },
      ];
    } finally {
      rmSync(parent, { recursive: true, force: true });
    }
  },
};
