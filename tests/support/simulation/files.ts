import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { epochMillis } from '../../../src/base/time.ts';
import { OUTBOX_MIGRATIONS } from '../../../src/desk/store/outbox-migrations.ts';
import { REPLICA_MIGRATIONS } from '../../../src/desk/store/replica-migrations.ts';
import type { Database } from '../../../src/sqlite/types.ts';
import { openMigrated } from '../../../src/sqlite/migrations.ts';

/** A desk's two files as the last process left them. */
export interface DeskFiles {
  replica(): Database;
  outbox(): Database;
  /** Opens both again as the next process does. */
  reopen(): void;
  /** Throws the replica away, as a damaged one is. */
  destroyReplica(): void;
  /** Gives them back: to the pool, or off the disk. */
  release(): void;
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

const OUTBOX_TABLES = ['client', 'outbox', 'journal', 'attention', 'draft', 'preference'];
const BLANK_STATE = `UPDATE sync_state SET workspace_id = NULL, agent_id = NULL, role = NULL, epoch = NULL, seq = NULL,
  chain = NULL, last_mid = 0, last_sync_at = NULL, bootstrap_state = 'due', bootstrap_position = NULL,
  bootstrap_done = 0, bootstrap_total = 0, clock_offset = 0 WHERE id = 1`;

/** Databases in memory, emptied and used again: opening one costs as much as half a schedule. */
export class FilePool {
  readonly #outboxes: Database[] = [];
  readonly #replicas: Database[] = [];
  readonly #tables: string[] = [];

  take(): DeskFiles {
    const outbox = this.#outboxes.pop() ?? opened(':memory:', 'outbox');
    const replica = this.#replicas.pop() ?? opened(':memory:', 'replica');
    return {
      outbox: () => outbox,
      replica: () => replica,
      reopen: () => undefined,
      destroyReplica: () => this.#emptyReplica(replica),
      release: () => {
        for (const table of OUTBOX_TABLES) outbox.exec(`DELETE FROM ${table}`);
        this.#emptyReplica(replica);
        this.#outboxes.push(outbox);
        this.#replicas.push(replica);
      },
    };
  }

  #emptyReplica(replica: Database): void {
    if (this.#tables.length === 0) {
      const names = replica.all<{ readonly name: string }>(
        `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
         AND name NOT IN ('schema_migration', 'sync_state') LIMIT 100`,
      );
      this.#tables.push(...names.map(({ name }) => name));
    }
    replica.exec(
      ['BEGIN', ...this.#tables.map((name) => `DELETE FROM ${name}`), BLANK_STATE, 'COMMIT'].join(';'),
    );
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
