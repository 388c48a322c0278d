import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { asId } from '../../../../src/base/ids.ts';
import { must } from '../../../../src/base/must.ts';
import { nextInt, pick, seededRng } from '../../../../src/base/rng.ts';
import { epochMillis } from '../../../../src/base/time.ts';
import { DamagedReplica } from '../../../../src/desk/digests/damage.ts';
import {
  DamagedText,
  TEXT_SLICES,
  type TextSlices,
  textWalk,
} from '../../../../src/desk/digests/text-walk.ts';
import { createIndexer } from '../../../../src/desk/search/indexer.ts';
import type { Replica } from '../../../../src/desk/replica/replica.ts';
import type { Database } from '../../../../src/sqlite/database.ts';
import { integrityCheck } from '../../../../src/sqlite/integrity.ts';
import { flipWord } from '../../../support/desk/damage-file.ts';
import { tempDir } from '../../../support/temp-dir.ts';
import { AT, deletes, messageRow, puts } from '../../../support/desk/sample-rows.ts';
import { FULL, openReplicaFile, testReplica } from '../../../support/desk/test-replica.ts';

const TEXTS = ['Where is my order?', '환불해 주세요, 아직 못 받았어요', 'Devolução — já!', '…', ''];

function filled(texts: readonly string[] = TEXTS, file = ':memory:'): Replica {
  const replica = testReplica(openReplicaFile(file));
  const rows = texts.map((text, n) => messageRow('c1', `m${n}`, { text, at: epochMillis(AT + n) }));
  replica.apply([puts('message', ...rows)], FULL);
  index(replica.db);
  return replica;
}

function index(db: Database): void {
  const indexer = createIndexer(db);
  while (indexer.step());
}

/** Ids of the messages that one walk misses, and how many it looked at. */
function walked(
  db: Database,
  slices: TextSlices = TEXT_SLICES,
): { readonly missed: readonly string[]; readonly looked: number } {
  const walk = textWalk(db, slices);
  const missed: string[] = [];
  let looked = 0;
  for (;;) {
    const slice = walk.next();
    looked += slice.looked;
    if (slice.damage instanceof DamagedText) missed.push(...slice.damage.messages);
    if (slice.isEnd) return { missed, looked };
  }
}

function placeOf(db: Database, id: string): number {
  const sql = 'SELECT p.place FROM search_place p JOIN message m ON m.n = p.message WHERE m.id = ?';
  return must(db.pluck<number>(sql, id), 'the place of a message');
}

describe('a walk through the full text', () => {
  test('[Y1] finds nothing where every message is found by its words, in slices of any size', () => {
    const { db } = filled();
    for (const batch of [1, 2, 5, 100])
      for (const messages of [1, 3])
        for (const words of [1, 7])
          expect(walked(db, { batch, messages, words, numbers: messages })).toEqual({
            missed: [],
            looked: TEXTS.length,
          });
  });

  test('[Y1] a letter that flips in a word of the index is found, where SQLite’s own check finds nothing', () => {
    const { db } = filled(TEXTS, path.join(tempDir(), 'replica.db'));
    flipWord(db.path, 'order', 'orded');
    expect(integrityCheck(db)).toEqual([]);
    expect(walked(db).missed).toEqual(['m0']);
  });

  test('[Y1] a message that is found by all of its words but one is named', () => {
    const words = [
      'alfa',
      'bravo',
      'charlie',
      'delta',
      'echo',
      'foxtrot',
      'golf',
      'hotel',
      'india',
      'juliett',
    ];
    for (const word of words) {
      const { db } = filled([words.join(' '), 'another one']);
      const place = placeOf(db, 'm0');
      db.run('DELETE FROM message_fts WHERE rowid = ?', place);
      const others = words.filter((one) => one !== word).join(' ');
      db.run('INSERT INTO message_fts (rowid, body) VALUES (?, ?)', place, others);
      expect(walked(db).missed, word).toEqual(['m0']);
    }
  });

  test('[Y1] a message that is found by a word of another is named', () => {
    const { db } = filled(['first second', 'third']);
    const place = placeOf(db, 'm0');
    db.run('DELETE FROM message_fts WHERE rowid = ?', place);
    db.run('INSERT INTO message_fts (rowid, body) VALUES (?, ?)', place, 'first second third');
    expect(walked(db).missed).toEqual(['m0']);
  });

  test('[Y1] a place where no message lies is damage, and so are words at a place that is none', () => {
    const { db } = filled(['first second']);
    db.run('INSERT INTO message_fts (rowid, body) VALUES (?, ?)', placeOf(db, 'm0') - 1, 'second');
    expect(walked(db).missed).toEqual([`place ${placeOf(db, 'm0') - 1}`]);
    db.run('INSERT INTO search_place (place, message) VALUES (7, 999)');
    expect(walked(db).missed).toContain('place 7');
  });

  test('[Y1] a message that the index lacks is found, also where its words are elsewhere', () => {
    const { db } = filled(['Where is it?', 'Where is it?']);
    db.run(`DELETE FROM message_fts WHERE rowid = (SELECT min(place) FROM search_place)`);
    expect(walked(db).missed).toEqual(['m0']);
    db.run(`DELETE FROM search_place WHERE place = (SELECT max(place) FROM search_place)`);
    expect(walked(db).missed).toEqual(['m1', 'm0']);
  });

  test('[B12] what waits to be indexed is not missed: new messages, older ones, rewritten ones', () => {
    const { db, ...rest } = filled();
    expect(rest).toBeDefined();
    db.run(`UPDATE message SET text = 'Another' WHERE id = 'm0'`);
    db.run(
      `INSERT INTO message (id, conversation_id, at, author_kind, note, text) VALUES ('m9', 'c1', 5, 'ai', 0, 'New')`,
    );
    expect(walked(db)).toEqual({ missed: [], looked: TEXTS.length });
    index(db);
    expect(walked(db)).toEqual({ missed: [], looked: TEXTS.length + 1 });
    db.run('DELETE FROM search_place WHERE message = 1');
    expect(walked(db).missed).not.toEqual([]);
    db.run('DELETE FROM message_fts WHERE rowid NOT IN (SELECT place FROM search_place)');
    db.run('UPDATE search_state SET low = 2');
    expect(walked(db).missed).toEqual([]);
  });

  test('[B12] a replica whose index was never begun has nothing to look at', () => {
    const replica = testReplica(openReplicaFile(':memory:'));
    expect(walked(replica.db)).toEqual({ missed: [], looked: 0 });
  });

  test.each([1, 2, 3, 4])(
    '[Y1] whatever was written, rewritten and deleted, the index is sound (seed %i)',
    (seed) => {
      const rng = seededRng(seed);
      const replica = testReplica(openReplicaFile(':memory:'));
      const indexer = createIndexer(replica.db, 3);
      for (let round = 0; round < 120; round += 1) {
        const id = `m${nextInt(rng, 0, 25)}`;
        const text = `${pick(rng, TEXTS)} ${pick(rng, TEXTS)} ${nextInt(rng, 0, 9)}`;
        const at = epochMillis(AT + nextInt(rng, 0, 5));
        const change =
          nextInt(rng, 0, 4) === 0
            ? deletes('message', [id])
            : puts('message', messageRow('c1', id, { text, at }));
        replica.apply([change], round === 0 ? FULL : {});
        if (nextInt(rng, 0, 2) === 0) indexer.step();
        const slices = { batch: nextInt(rng, 1, 9), messages: 3, words: nextInt(rng, 1, 5), numbers: 4 };
        expect(walked(replica.db, slices).missed).toEqual([]);
      }
    },
  );

  test('[Y1] what is found is named, for people and logs', () => {
    const damage = new DamagedText([asId<'MessageId'>('m0')]);
    expect(damage).toBeInstanceOf(DamagedReplica);
    expect(damage.message).toBe('damaged full text: search "m0"');
  });
});
