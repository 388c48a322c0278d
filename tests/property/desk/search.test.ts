import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextFloat, nextInt, pick, type Rng, seededRng } from '../../../src/base/rng.ts';
import { createSearch } from '../../../src/desk/search/search.ts';
import type { Database } from '../../../src/sqlite/database.ts';
import { replicaOf } from '../../bench/dataset.ts';
import { generateBundle } from '../../bench/generate.ts';

const seeds = fc.integer({ min: 1, max: 1_000_000 });

const LATIN = [
  'refund',
  'Refunds',
  'devolução',
  'Devolver',
  'återbetalning',
  'order',
  'iPhone15',
  'Straße',
  'ÅR',
];
const SYLLABLES = ['환', '불', '해', '주', '세', '요', '배', '송', '日', '本', '語', 'カ', 'ー'];

function randomText(rng: Rng): string {
  const parts: string[] = [];
  for (let count = nextInt(rng, 1, 6); count > 0; count -= 1) {
    if (nextFloat(rng) < 0.5) parts.push(pick(rng, LATIN));
    else {
      let run = '';
      for (let length = nextInt(rng, 1, 5); length > 0; length -= 1) run += pick(rng, SYLLABLES);
      parts.push(run);
    }
  }
  return parts.join(pick(rng, [' ', ', ', '. ', '']));
}

const plainly = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .normalize('NFC');
const isLatin = (letter: string): boolean => /[\p{sc=Latin}\p{N}]/u.test(letter);

/** Whether a text holds a word (or, for the last, its beginning), or a run as LIKE would find it; no tokens involved. */
function holds(text: string, term: string, isPrefix: boolean): boolean {
  const hay = plainly(text);
  const needle = plainly(term);
  if (!isLatin(needle[0] ?? '')) return hay.includes(needle);
  for (let from = hay.indexOf(needle); from >= 0; from = hay.indexOf(needle, from + 1)) {
    const before = hay[from - 1];
    const after = hay[from + needle.length];
    if ((before === undefined || !isLatin(before)) && (isPrefix || after === undefined || !isLatin(after))) {
      return true;
    }
  }
  return false;
}

function replicaOfTexts(texts: readonly string[]): Database {
  const bundle = generateBundle({ seed: 1, conversations: 1, messages: 1 }, 0);
  const db = replicaOf([{ ...bundle, messages: [] }]);
  texts.forEach((text, index) => {
    const values = [
      `m${index}`,
      bundle.conversation.id,
      1_000 + (index % 7),
      'customer',
      null,
      0,
      text,
      null,
    ];
    db.run(
      'INSERT INTO message (id, conversation_id, at, author_kind, author_id, note, text, written_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      ...values,
    );
  });
  return db;
}

function everyHit(db: Database, text: string, pageSize: number): string[] {
  const search = createSearch(db);
  while (search.step());
  const found: string[] = [];
  let after: string | null = null;
  do {
    const page = search.find(text, after, pageSize);
    found.push(...page.hits.map((hit) => hit.messageId));
    after = page.next;
  } while (after !== null);
  return found;
}

describe('search against plain substring search', () => {
  test('[B12] finds every message that holds the words, and no other, newest first, in any mix of scripts', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const rng = seededRng(seed);
        const texts = Array.from({ length: 30 }, () => randomText(rng));
        const db = replicaOfTexts(texts);
        for (let round = 0; round < 8; round += 1) {
          const run = pick(rng, SYLLABLES) + (nextFloat(rng) < 0.7 ? pick(rng, SYLLABLES) : '');
          const word = pick(rng, LATIN);
          const beginning = word.slice(0, nextInt(rng, 2, word.length));
          const [query, isHeld] = pick<[string, (text: string) => boolean]>(rng, [
            [run, (text) => holds(text, run, false)],
            [beginning, (text) => holds(text, beginning, true)],
            [`${word} ${run}`, (text) => holds(text, word, false) && holds(text, run, false)],
            [`${run} ${beginning}`, (text) => holds(text, beginning, true) && holds(text, run, false)],
          ]);
          const expected = texts
            .map((text, index) => ({ id: `m${index}`, at: 1_000 + (index % 7), index, text }))
            .filter(({ text }) => isHeld(text))
            .toSorted((a, b) => b.at - a.at || b.index - a.index)
            .map(({ id }) => id);
          expect(everyHit(db, query, nextInt(rng, 1, 10)).toSorted()).toEqual(expected.toSorted());
          const order = everyHit(db, query, 100).map((id) => Number(id.slice(1)) % 7);
          expect(order).toEqual(order.toSorted((a, b) => b - a));
        }
      }),
      { numRuns: 40, seed: 11 },
    );
  });

  test('[B12] the index follows messages that are written, rewritten and deleted at any point of its building', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const rng = seededRng(seed);
        const db = replicaOfTexts(Array.from({ length: 20 }, () => randomText(rng)));
        const search = createSearch(db, 3);
        for (let round = 0; round < 12; round += 1) {
          const id = db.pluck<string>(
            'SELECT id FROM message ORDER BY n LIMIT 1 OFFSET ?',
            nextInt(rng, 0, 15),
          );
          switch (nextInt(rng, 0, 5)) {
            case 0:
              db.run('DELETE FROM message WHERE id = ?', id ?? '');
              break;
            case 1:
              db.run('UPDATE message SET text = ?, at = ? WHERE id = ?', randomText(rng), 1_003, id ?? '');
              break;
            case 2:
              // The greatest number goes, and is given to another message.
              db.run('DELETE FROM message WHERE n = (SELECT max(n) FROM message)');
              break;
            case 3:
              db.run(
                "INSERT INTO message (id, conversation_id, at, author_kind, author_id, note, text, written_at) SELECT ?, id, 1001, 'agent', NULL, 0, ?, NULL FROM conversation LIMIT 1",
                `new${round}`,
                randomText(rng),
              );
              break;
            default:
              search.step();
          }
        }
        while (search.step());
        const texts = db.all<{ id: string; text: string }>('SELECT id, text FROM message');
        for (const run of ['환불', '해', '日本', 'カー']) {
          const expected = texts.filter(({ text }) => holds(text, run, false)).map(({ id }) => id);
          const found = search.find(run, null, 500).hits.map((hit) => hit.messageId);
          expect(found.toSorted()).toEqual(expected.toSorted());
        }
        const { scope } = search.find('x', null, 1);
        expect(scope).toEqual({ indexed: texts.length, total: texts.length });
        expect(search.progress()).toBeNull();
      }),
      { numRuns: 60, seed: 12 },
    );
  });
});
