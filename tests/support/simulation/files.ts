import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { epochMillis } from '../../../src/base/time.ts';
import { OUTBOX_MIGRATIONS } from '../../../src/desk/store/outbox-migrations.ts';
import { REPLICA_MIGRATIONS } from '../../../src/desk/store/replica-migrations.ts';
import type { Database } from '../../../src/sqlite/types.ts';
import { openMigrated } from '../../../src/sqlite/migrations.ts';
import { type MemoryDb, memoryDbs, type StoredRows } from './memory/memory-db.ts';
import { readTemplate } from './memory/template.ts';
import type { Opening } from './opening.ts';
import type { OpeningKind } from './schedule.ts';

/** A desk's two files as the last process left them. */
export interface DeskFiles {
  replica(): Database;
  outbox(): Database;
  /** The replica where it lies in maps, which know what was written. */
  memory(): MemoryDb | null;
  /** All that they hold, where they lie in maps. */
  stored(): DeskRowsStored | null;
  /** Opens both again as the next process does. */
  reopen(): void;
  /** Throws the replica away, as a damaged one is. */
  destroyReplica(): void;
  /** Gives them back: to the pool, or off the disk. */
  release(): void;
}

/** Makes databases in memory of the tables that the migrations make, read off a real one. */
function makerOf(kind: 'replica' | 'outbox'): () => MemoryDb {
  const db = opened(':memory:', kind);
  const template = readTemplate(db);
  db.close();
  return memoryDbs(template);
}

/** Indexes for lists and search are no part of the protocol, and half of the cost: left out in memory. */
const NOT_CORE: readonly number[] = [100, 110];
const CORE_MIGRATIONS = REPLICA_MIGRATIONS.filter(({ id }) => !NOT_CORE.includes(id));

function opened(path: string, kind: 'replica' | 'outbox'): Database {
  const migrations =
    kind === 'outbox' ? OUTBOX_MIGRATIONS : path === ':memory:' ? CORE_MIGRATIONS : REPLICA_MIGRATIONS;
  const synchronous = kind === 'outbox' ? 'FULL' : 'NORMAL';
  const db = openMigrated(path, { synchronous, cacheMiB: 2 }, migrations, epochMillis(0));
  if (!db.ok) throw new Error(db.error.type);
  return db.value;
}

/** What a desk's two databases in memory hold. */
export interface DeskRowsStored {
  readonly outbox: StoredRows;
  readonly replica: StoredRows;
}

/** Databases in memory, used again: making one costs as much as half a schedule. */
export class FilePool {
  /** How schedules in memory begin, once it was played. */
  readonly openings = new Map<OpeningKind, Opening>();
  readonly #outboxes: MemoryDb[] = [];
  readonly #replicas: MemoryDb[] = [];
  #make: { readonly outbox: () => MemoryDb; readonly replica: () => MemoryDb } | null = null;

  /** A desk's files: as migrated, or with these rows. */
  take(rows?: DeskRowsStored): DeskFiles {
    this.#make ??= { outbox: makerOf('outbox'), replica: makerOf('replica') };
    const outbox = this.#outboxes.pop() ?? this.#make.outbox();
    const replica = this.#replicas.pop() ?? this.#make.replica();
    outbox.begin(rows?.outbox);
    replica.begin(rows?.replica);
    return {
      outbox: () => outbox,
      replica: () => replica,
      memory: () => replica,
      stored: () => ({ outbox: outbox.stored(), replica: replica.stored() }),
      reopen: () => undefined,
      destroyReplica: () => replica.empty(),
      release: () => {
        this.#outboxes.push(outbox);
        this.#replicas.push(replica);
      },
    };
  }
}

/** Real files in a folder of their own. */
export function realFiles(): DeskFiles {
  const dir = mkdtempSync(join(tmpdir(), 'handoff-sim-'));
  const path = (kind: 'replica' | 'outbox'): string => join(dir, `${kind}.db`);
  let outbox = opened(path('outbox'), 'outbox');
  let replica = opened(path('replica'), 'replica');
  return {
    outbox: () => outbox,
    replica: () => replica,
    memory: () => null,
    stored: () => null,
    reopen: () => {
      outbox.close();
      replica.close();
      outbox = opened(path('outbox'), 'outbox');
      replica = opened(path('replica'), 'replica');
    },
    destroyReplica: () => {
      replica.close();
      for (const suffix of ['', '-wal', '-shm']) rmSync(path('replica') + suffix, { force: true });
      replica = opened(path('replica'), 'replica');
    },
    release: () => {
      outbox.close();
      replica.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
