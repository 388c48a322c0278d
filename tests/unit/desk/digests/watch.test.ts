import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { manualClock } from '../../../../src/base/time.ts';
import type { DamagedReplica } from '../../../../src/desk/digests/damage.ts';
import { ROWS_PAUSE } from '../../../../src/desk/digests/replica-watch.ts';
import { DamagedRows } from '../../../../src/desk/digests/row-digests.ts';
import { rowWalk, WATCH_ROWS } from '../../../../src/desk/digests/row-walk.ts';
import { Watch, WATCH_LATER, WATCH_REST } from '../../../../src/desk/digests/watch.ts';
import type { Database } from '../../../../src/sqlite/database.ts';
import { rowSums } from '../../../../src/workspace/store/log.ts';
import { damagePage } from '../../../support/desk/damage-file.ts';
import { fakeScheduler } from '../../../support/desk/fake-scheduler.ts';
import { AT, messageRow, puts } from '../../../support/desk/sample-rows.ts';
import { tempDir } from '../../../support/temp-dir.ts';
import { FULL, openReplicaFile, testReplica } from '../../../support/desk/test-replica.ts';

const MESSAGES = WATCH_ROWS + 10;
/** One slice a table, one more for the messages, one for the base copies. */
const SLICES = 18;

/** Reads a table whose only page is no page. */
function readBroken(): never {
  const file = path.join(tempDir(), 'broken.db');
  openReplicaFile(file).close();
  damagePage(file, 'sync_state');
  openReplicaFile(file).all('SELECT last_mid FROM sync_state');
  throw new Error('the page could be read');
}

interface Over {
  readonly db: (db: Database) => Database;
  readonly isIdle: () => boolean;
  readonly onDamage: () => void;
}

function watched(over: Partial<Over> = {}) {
  const replica = testReplica();
  const rows = puts('message', ...Array.from({ length: MESSAGES }, (_, n) => messageRow('c1', `m${n}`)));
  replica.apply([{ ...rows, sums: rowSums(rows.puts) }], FULL);
  const scheduler = fakeScheduler(manualClock(AT));
  const damaged: DamagedReplica[] = [];
  const thrown: unknown[] = [];
  const watch = new Watch({
    begin: () => rowWalk(over.db?.(replica.db) ?? replica.db),
    pause: ROWS_PAUSE,
    scheduler,
    isIdle: over.isIdle ?? (() => true),
    onDamage: (found) => {
      damaged.push(found);
      over.onDamage?.();
    },
    report: (one) => thrown.push(one),
  });
  watch.start();
  return { replica, scheduler, watch, damaged, thrown };
}

describe('a watch over a part of the replica, here its rows', () => {
  test('[Y1] walks through everything in slices, rests, and begins again', async () => {
    const { scheduler, watch } = watched();
    expect(scheduler.waiting()).toEqual([WATCH_LATER]);
    await scheduler.advance(WATCH_LATER + ROWS_PAUSE * (SLICES - 2));
    expect(watch.state()).toEqual({ walks: 0, looked: MESSAGES });
    await scheduler.advance(ROWS_PAUSE);
    expect(watch.state()).toEqual({ walks: 1, looked: 0 });
    expect(scheduler.waiting()).toEqual([WATCH_REST]);
    await scheduler.advance(WATCH_REST + ROWS_PAUSE * (SLICES - 1));
    expect(watch.state().walks).toBe(2);
  });

  test('[Y1] a bit that flips anywhere is found within one walk, told of once, and the watch is over', async () => {
    const { replica, scheduler, watch, damaged } = watched();
    await scheduler.advance(WATCH_LATER + ROWS_PAUSE * 4);
    replica.db.exec(`UPDATE message SET text = 'flipped' WHERE id = 'm${WATCH_ROWS + 5}'`);
    await scheduler.advance(ROWS_PAUSE * SLICES);
    expect(damaged).toEqual([
      new DamagedRows([{ table: 'message', key: [`m${WATCH_ROWS + 5}`], isBase: false }]),
    ]);
    expect(scheduler.waiting()).toEqual([]);
    expect(watch.state().walks).toBe(0);
  });

  test('waits while there is other work, and reads nothing then', async () => {
    let isIdle = false;
    const { scheduler, watch } = watched({ isIdle: () => isIdle });
    await scheduler.advance(WATCH_LATER * 10);
    expect(watch.state()).toEqual({ walks: 0, looked: 0 });
    isIdle = true;
    await scheduler.advance(WATCH_LATER + ROWS_PAUSE * SLICES);
    expect(watch.state().walks).toBe(1);
  });

  test('what a slice throws is reported, and the same slice is looked at again later', async () => {
    let isBroken = true;
    const { scheduler, watch, thrown } = watched({
      db: (db) => ({
        ...db,
        prepareRaw: (sql: string) => {
          if (isBroken && sql.includes('FROM tag')) throw new Error('no disk');
          return db.prepareRaw(sql);
        },
      }),
    });
    await scheduler.advance(WATCH_LATER * 3);
    expect(thrown.map(String)).toEqual(['Error: no disk', 'Error: no disk']);
    isBroken = false;
    await scheduler.advance(WATCH_LATER + ROWS_PAUSE * SLICES);
    expect(watch.state().walks).toBe(1);
  });

  test('[Y1] what cannot be read is damage, also where only the question whether to look meets it', async () => {
    const { scheduler, damaged, thrown } = watched({ isIdle: () => readBroken() });
    await scheduler.advance(WATCH_LATER);
    expect(damaged.map(({ message }) => message)).toEqual([expect.stringContaining('malformed')]);
    expect(thrown).toEqual([]);
    expect(scheduler.waiting()).toEqual([]);
  });

  test('[Y1] damage that could not be marked is told of again later', async () => {
    let isFull = true;
    const { replica, scheduler, damaged, thrown } = watched({
      onDamage: () => {
        if (isFull) throw new Error('no space');
      },
    });
    replica.db.exec(`UPDATE message SET text = 'flipped' WHERE id = 'm1'`);
    await scheduler.advance(WATCH_LATER + ROWS_PAUSE * SLICES);
    expect(thrown.map(String)).toEqual(['Error: no space']);
    expect(damaged).toHaveLength(1);
    isFull = false;
    await scheduler.advance(WATCH_LATER);
    expect(damaged).toHaveLength(2);
    expect(scheduler.waiting()).toEqual([]);
  });

  test('stops when the desk closes', async () => {
    const { scheduler, watch } = watched();
    await scheduler.advance(WATCH_LATER + ROWS_PAUSE * 3);
    watch.stop();
    expect(scheduler.waiting()).toEqual([]);
  });
});
