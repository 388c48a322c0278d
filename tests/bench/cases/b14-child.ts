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
import { openReplica } from '../dataset.ts';
import { GENERATED_ME, GENERATED_NOW } from '../generate.ts';
import { handWritten } from './list-sides.ts';

// One start in a process of its own: `node b14-child.ts SIDE FOLDER`; prints one line of JSON.
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

/** The whole desk: outbox, replica, the view derived again, the lists. */
function desk(folder: string): FirstPage {
  const clock = manualClock(GENERATED_NOW);
  const rng = seededRng(1);
  const opened = openDesk({
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
  if (!opened.ok) throw new Error(opened.error.type);
  const page = opened.value.lists.open({ queue: 'inbox', filters: {}, sort: DEFAULT_SORTS.inbox }, LIMIT);
  return { ids: page.rows.map((row) => row.id), total: page.total, close: () => opened.value.close() };
}

/** The replica and the list room alone: what `bare` does. */
function lists(folder: string): FirstPage {
  const db = openReplica(`${folder}/replica.db`, CACHE_KIB / 1024);
  const service = createListService({
    db,
    me: GENERATED_ME,
    clock: manualClock(GENERATED_NOW),
    marks: () => ({ hasDraft: false, pending: 0, attention: null }),
    soon: () => () => undefined,
    onIndexed: () => undefined,
  });
  const page = service.open({ queue: 'inbox', filters: {}, sort: DEFAULT_SORTS.inbox }, LIMIT);
  return { ids: page.rows.map((row) => row.id), total: page.total, close: () => db.close() };
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

/** Both files of a desk: the marks of a page's rows (drafts, pending, refused) lie in the outbox's. */
function bareDesk(folder: string): FirstPage {
  const outbox = new Driver(`${folder}/outbox.db`);
  outbox.pragma('synchronous = FULL');
  for (const table of ['outbox', 'draft', 'attention']) {
    outbox.prepare<unknown[], unknown>(`SELECT conversation_id FROM ${table} LIMIT ?`).all(LIMIT);
  }
  const page = bare(folder);
  return {
    ...page,
    close: async () => {
      await page.close();
      outbox.close();
    },
  };
}

const [, , side, folder] = process.argv;
const sides: Readonly<Record<string, (folder: string) => FirstPage>> = { desk, lists, bare, bareDesk };
const run = sides[side ?? ''];
if (folder === undefined || run === undefined) throw new Error(`${Object.keys(sides).join('|')} FOLDER`);
const started = performance.now();
const page = run(folder);
const done = performance.now();
const digest = createHash('sha256')
  .update(JSON.stringify([page.ids, page.total]))
  .digest('hex')
  .slice(0, 16);
await page.close();
process.stdout.write(`${JSON.stringify({ engineMs: done - started, processMs: done, digest })}\n`);
process.exit(0);
