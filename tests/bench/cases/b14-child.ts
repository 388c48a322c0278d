import { createHash } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import Driver from 'better-sqlite3';
import { err } from '../../../src/base/result.ts';
import { seededRng } from '../../../src/base/rng.ts';
import { manualClock } from '../../../src/base/time.ts';
import { uuidV7Source } from '../../../src/base/uuid.ts';
import { createListService } from '../../../src/desk/lists/list-service.ts';
import { openDesk } from '../../../src/desk/open-desk.ts';
import { DEFAULT_SORTS } from '../../../src/protocol/rpc/list.ts';
import type { SyncTransport } from '../../../src/protocol/sync.ts';
import { GENERATED_ME, GENERATED_NOW } from '../generate.ts';
import { handWritten } from './list-sides.ts';

// One start in a process of its own: `node b14-child.ts ours|bare FOLDER`; prints one line of JSON.
const LIMIT = 100;
const CACHE_KIB = 64 * 1024;

const unavailable = () => Promise.resolve(err({ type: 'unavailable' as const }));
const NO_WORKSPACE: SyncTransport = {
  hello: unavailable,
  push: unavailable,
  pull: unavailable,
  bootstrap: unavailable,
  listen: () => () => undefined,
  close: () => undefined,
};

interface FirstPage {
  readonly ids: readonly unknown[];
  readonly total: unknown;
  readonly close: () => void | Promise<void>;
}

function ours(folder: string): FirstPage {
  const clock = manualClock(GENERATED_NOW);
  const rng = seededRng(1);
  const desk = openDesk({
    dir: folder,
    transport: NO_WORKSPACE,
    clock,
    ids: uuidV7Source(clock, rng),
    rng,
    // Nothing that may wait runs before the first page.
    scheduler: { after: () => () => undefined, soon: () => () => undefined },
    agentId: GENERATED_ME,
    lists: createListService,
    app: { version: 'bench', workspace: 'remote', sample: false },
    report: () => undefined,
  });
  if (!desk.ok) throw new Error(desk.error.type);
  const page = desk.value.lists.open({ queue: 'inbox', filters: {}, sort: DEFAULT_SORTS.inbox }, LIMIT);
  return { ids: page.rows.map((row) => row.id), total: page.total, close: () => desk.value.close() };
}

function bare(folder: string): FirstPage {
  const db = new Driver(`${folder}/replica.db`);
  db.pragma(`cache_size = -${CACHE_KIB}`);
  const { first } = handWritten('inbox', DEFAULT_SORTS.inbox.by);
  const rows = db.prepare<unknown[], { id: string }>(first).all(GENERATED_ME, LIMIT);
  const total = db.prepare("SELECT count(*) FROM conversation WHERE human_state = 'open'").pluck().get();
  return {
    ids: rows.map((row) => row.id),
    total,
    close: () => {
      db.close();
    },
  };
}

const [, , side, folder] = process.argv;
if (folder === undefined || (side !== 'ours' && side !== 'bare')) throw new Error('ours|bare FOLDER');
const started = performance.now();
const page = side === 'ours' ? ours(folder) : bare(folder);
const done = performance.now();
const digest = createHash('sha256')
  .update(JSON.stringify([page.ids, page.total]))
  .digest('hex')
  .slice(0, 16);
await page.close();
process.stdout.write(`${JSON.stringify({ engineMs: done - started, processMs: done, digest })}\n`);
process.exit(0);
