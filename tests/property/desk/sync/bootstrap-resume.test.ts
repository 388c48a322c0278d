import { copyFileSync, existsSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asId } from '../../../../src/base/ids.ts';
import { must } from '../../../../src/base/must.ts';
import { manualClock } from '../../../../src/base/time.ts';
import { DeskCore } from '../../../../src/desk/desk-core.ts';
import type { Outbox } from '../../../../src/desk/outbox/outbox.ts';
import { columnsOf } from '../../../../src/desk/replica/row-sql.ts';
import { Replica } from '../../../../src/desk/replica/replica.ts';
import { createIndexer } from '../../../../src/desk/search/indexer.ts';
import { slicesOf } from '../../../../src/desk/sync/slices.ts';
import { REPLICATED_TABLES, TABLES } from '../../../../src/protocol/tables.ts';
import type { Database } from '../../../../src/sqlite/database.ts';
import { openReplica } from '../../../bench/dataset.ts';
import { GENERATED_ME, GENERATED_NOW } from '../../../bench/generate.ts';
import { readPage, recordBootstrap } from '../../../bench/recorded.ts';
import { entryOf, testOutbox } from '../../../support/desk/test-outbox.ts';
import { tempDir } from '../../../support/temp-dir.ts';

const OPTIONS = { seed: 31, conversations: 90, messages: 500 };
const RECORDED = recordBootstrap(OPTIONS, 60);
const PAGES = RECORDED.pages.map(readPage);
const SLICE = 25;
/** The page that brings the first open conversation; and that one. */
const FIRST_OPEN = PAGES.findIndex(({ tables }) => tables.some(({ table }) => table === 'conversation'));
const OPENED = asId<'ConversationId'>(
  String(PAGES[FIRST_OPEN]?.tables.find(({ table }) => table === 'conversation')?.puts[0]?.[0]),
);

/** A desk in the middle of filling itself. */
interface Filling {
  readonly db: Database;
  readonly core: DeskCore;
}

function opened(file: string, outbox: Outbox): Filling {
  const db = openReplica(file);
  const replica = new Replica(db);
  if (replica.state().agentId === null)
    replica.setState({ agentId: GENERATED_ME, role: 'agent', workspaceId: 'generated' });
  const core = new DeskCore({
    replica,
    outbox,
    clock: manualClock(GENERATED_NOW),
    onChange: () => undefined,
  });
  return { db, core };
}

/** Goes on where the desk stands; what is yielded after is a moment at which the process may end. */
function* fill({ core }: Filling): Generator<'page' | 'slice'> {
  for (;;) {
    const standing = core.standing();
    if (standing.type !== 'bootstrap') return;
    const index = standing.position === null ? 0 : Number(standing.position.after?.[0]) + 1;
    const page = must(PAGES[index], 'a page');
    if (!core.beginPage(page)) throw new Error('not of this history');
    yield 'page';
    for (const { tables } of slicesOf(page.tables, SLICE)) {
      core.applySlice(tables);
      yield 'slice';
    }
    core.endPage(page);
    core.leavePage();
    yield 'page';
  }
}

/** What `kill -9` at this moment leaves: the file, and its log as far as it was written. */
function copyTo(from: string, to: string): void {
  for (const suffix of ['', '-wal']) if (existsSync(from + suffix)) copyFileSync(from + suffix, to + suffix);
}

/** Every row with its digest, of every table, as the base has it: without what waits here. */
function rowsOf({ db, core }: Filling): readonly (readonly [string, unknown])[] {
  for (const call of core.replica.pending()) core.replica.drop(new Set([call.mid]));
  return REPLICATED_TABLES.map((table) => {
    const key = TABLES[table].key.map((_, column) => column + 1).join(', ');
    const select = `SELECT ${columnsOf(table)}, sum FROM ${TABLES[table].sql} ORDER BY ${key}`;
    return [table, db.prepareRaw(select).all()];
  });
}

/** A bootstrap that nothing interrupts. */
function uninterrupted(): readonly (readonly [string, unknown])[] {
  const filling = opened(':memory:', testOutbox().outbox);
  for (const _ of fill(filling));
  for (const [table, rows] of RECORDED.rows)
    expect(filling.db.pluck(`SELECT count(*) FROM ${TABLES[table].sql}`)).toBe(rows.length);
  return rowsOf(filling);
}

const placeOf = ({ core }: Filling): number =>
  Number(core.replica.state().bootstrap.position?.after?.[0] ?? -1);
const rowsUpTo = (place: number): number =>
  PAGES.slice(0, place + 1)
    .flatMap(({ tables }) => tables)
    .reduce((sum, { puts }) => sum + puts.length, 0);

test('[Y9] [Y1] killed at any moment of a bootstrap, however often, it goes on from its page and ends with every row once', () => {
  const whole = uninterrupted();
  const kills = fc.array(fc.record({ after: fc.integer({ min: 1, max: 60 }), indexed: fc.nat({ max: 3 }) }), {
    minLength: 1,
    maxLength: 4,
  });
  fc.assert(
    fc.property(kills, (moments) => {
      const dir = tempDir();
      const { outbox } = testOutbox();
      outbox.append(entryOf(1, { args: { conversationId: OPENED, tag: 'kept' }, conversationId: OPENED }));
      let filling = opened(path.join(dir, 'replica.db'), outbox);
      for (const [times, { after, indexed }] of moments.entries()) {
        const place = placeOf(filling);
        let steps = 0;
        for (const _ of fill(filling)) if ((steps += 1) >= after) break;
        // Search may have begun with what was there.
        for (let slices = 0; slices < indexed; slices += 1) createIndexer(filling.db, 20).step();
        const file = path.join(dir, `replica-${times}.db`);
        copyTo(filling.db.path, file);
        filling.db.close();
        filling = opened(file, outbox);
        const { state, done } = filling.core.replica.state().bootstrap;
        if (state === 'done') break;
        // What a page ended with is not asked for again, and what did not end does not count.
        expect(placeOf(filling)).toBeGreaterThanOrEqual(place);
        expect(done).toBe(rowsUpTo(placeOf(filling)));
        if (placeOf(filling) > FIRST_OPEN) expect(filling.core.replica.pending()).toHaveLength(1);
      }
      for (const _ of fill(filling));
      const { core, db } = filling;
      expect(core.replica.state().bootstrap).toMatchObject({ state: 'done', done: RECORDED.count });
      expect(core.progress()).toBeNull();
      expect(db.preparePluck("SELECT conversation_id FROM tag WHERE tag = 'kept'").all()).toEqual([OPENED]);
      expect(outbox.entries()).toHaveLength(1);
      const indexer = createIndexer(db, 100);
      while (indexer.step());
      const messages = db.pluck<number>('SELECT count(*) FROM message') ?? 0;
      expect(indexer.scope()).toEqual({ indexed: messages, total: messages });
      expect(rowsOf(filling)).toEqual(whole);
      db.close();
    }),
    { numRuns: 15, seed: 4_711 },
  );
});
