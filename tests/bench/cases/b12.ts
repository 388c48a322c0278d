import { copyFileSync, existsSync, renameSync } from 'node:fs';
import { createSearch, type Search } from '../../../src/desk/search/search.ts';
import type { Database } from '../../../src/sqlite/database.ts';
import { openReplica, replicaFile } from '../dataset.ts';
import type { GeneratorOptions } from '../generate.ts';
import { type Bench, digestOf } from '../harness.ts';

const LIMIT = 50;
const CACHE_MIB = 64;
const EVER = Number.MAX_SAFE_INTEGER;

/** What is typed, and the FTS5 expression that one would write by hand over the same index. */
const QUERIES: readonly (readonly [string, string])[] = [
  ['refund', '"refund"*'],
  ['stopped working', '"stopped" AND "working"*'],
  ['"charged twice"', '"charged twice"'],
  ['warehouse today', '"warehouse" AND "today"*'],
  ['환불', '"환불"'],
  ['배송', '"배송"'],
  ['교환', '"교환"'],
  ['물류센터', '"물류 류센 센터"'],
];

const HAND = `
  SELECT m.id, m.conversation_id, m.at, m.text, m.author_kind, cu.name
  FROM message_fts f CROSS JOIN search_place p ON p.place = f.rowid CROSS JOIN message m ON m.n = p.message
  CROSS JOIN conversation c ON c.id = m.conversation_id LEFT JOIN customer cu ON cu.id = c.customer_id
  WHERE message_fts MATCH ? AND f.rowid < ? ORDER BY f.rowid DESC LIMIT ?`;

/** A copy of the generated replica with its search index built, kept beside it. */
function indexedFile(options: GeneratorOptions, note: (line: string) => void): string {
  const plain = replicaFile(options, note);
  const file = `${plain.slice(0, -'.db'.length)}-indexed.db`;
  if (existsSync(file)) return file;
  copyFileSync(plain, `${file}.unfinished`);
  const db = openReplica(`${file}.unfinished`, CACHE_MIB);
  const search = createSearch(db);
  const started = performance.now();
  while (search.step());
  note(`indexed in ${Math.round(performance.now() - started)} ms`);
  db.checkpoint();
  db.close();
  renameSync(`${file}.unfinished`, file);
  return file;
}

function sides(db: Database, search: Search) {
  const hand = db.prepare<{ id: string }>(HAND);
  return {
    ours: (text: string): readonly string[] =>
      search.find(text, null, LIMIT).hits.map((hit) => hit.messageId),
    beside: (expression: string): readonly string[] =>
      hand.all(expression, EVER, LIMIT).map((record) => record.id),
  };
}

/** B12: the first page of a search, newest first, with its marks. */
export const b12: Bench = {
  id: 'B12',
  title: 'search over 1,000,000 messages beside raw FTS5',
  run: async (bench) => {
    const conversations = bench.quick ? 20_000 : 1_000_000;
    const options = { seed: bench.seed, conversations, messages: conversations };
    const db = openReplica(indexedFile(options, bench.note), CACHE_MIB);
    try {
      const search = createSearch(db);
      const { ours, beside } = sides(db, search);
      bench.note(`${search.find('x', null, 1).scope.indexed.toLocaleString('en')} messages`);
      let turn = 0;
      let other = 0;
      return [
        await bench.ratio({
          name: `first page of ${LIMIT}, English words and Korean of two syllables and more`,
          ours: { run: () => QUERIES.map(([text]) => ours(text)), digest: digestOf },
          beside: { run: () => QUERIES.map(([, expression]) => beside(expression)), digest: digestOf },
          bar: { kind: 'time', limit: 1.2 },
          pairs: 30,
          sample: `${QUERIES.length} searches`,
        }),
        await bench.absolute({
          name: 'one search',
          run: () => ours(QUERIES[turn++ % QUERIES.length]?.[0] ?? ''),
          control: () => beside(QUERIES[other++ % QUERIES.length]?.[1] ?? '""'),
          limits: [{ quantile: 0.95, maxMs: 100 }],
        }),
      ];
    } finally {
      db.close();
    }
  },
};
