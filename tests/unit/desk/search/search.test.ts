import { describe, expect, test } from 'vitest';
import { createFinder, rangesOf, SNIPPET_LENGTH, snippetOf } from '../../../../src/desk/search/marks.ts';
import { createSearch, HITS_SQL } from '../../../../src/desk/search/search.ts';
import { PEOPLE_SQL } from '../../../../src/desk/search/people.ts';
import { matchExpression, parseTerms } from '../../../../src/desk/search/terms.ts';
import { fold, indexText, runTokens } from '../../../../src/desk/search/tokens.ts';
import type { Database } from '../../../../src/sqlite/database.ts';
import { queryPlan } from '../../../../src/sqlite/integrity.ts';
import { listWorld } from '../../../support/list-world.ts';

const expression = (text: string): string | null => matchExpression(parseTerms(text));
const marked = (text: string, query: string): string[] =>
  rangesOf(text, createFinder(parseTerms(query))).map(([from, to]) => text.slice(from, to));

describe('words', () => {
  test('folds case, diacritics and compatibility forms, and keeps marks that are letters', () => {
    expect(fold('Devolução ÅNGSTRÖM ＦＵＬＬ')).toBe('devolucao angstrom full');
    expect(fold('\u1112\u116a\u11ab불')).toBe('환불');
    expect(fold('हिन्दी')).toBe('हिन्दी');
    expect(fold('ΟΔΟΣ')).toBe('οδοσ');
    expect(fold('İstanbul')).toBe('istanbul');
  });

  test('cuts runs into pairs with the last character alone, words as they are', () => {
    expect(indexText('환불해주세요! iPhone15를 Now')).toBe('환불 불해 해주 주세 세요 요 iphone15 를 now');
    expect(runTokens('𠮷野家')).toEqual(['𠮷野', '野家', '家']);
    expect(indexText('… — 😀')).toBe('');
  });
});

describe('what is asked for', () => {
  test('the last word may go on, quoted ones may not, a single character begins a pair', () => {
    expect(expression('Refund orde')).toBe('"refund" AND "orde"*');
    expect(expression('refund "my order"')).toBe('"refund" AND "my order"');
    expect(expression('환불')).toBe('"환불"');
    expect(expression('환')).toBe('"환"*');
    expect(expression('환불해 now')).toBe('"환불 불해" AND "now"*');
    expect(expression('"환불 요청 now"')).toBe('"환불 불 요청 청 now"');
  });

  test('operators, quotes left open and signs are only text; nothing to look for is nothing found', () => {
    expect(expression('a OR b* NEAR(c) -d ^e:f "')).toBe(
      '"a" AND "or" AND "b" AND "near" AND "c" AND "d" AND "e" AND "f"',
    );
    expect(expression('"open')).toBe('"open"');
    expect(expression(' !? "" ')).toBeNull();
    const { db } = listWorld(1, 3);
    const search = createSearch(db);
    for (const text of ['', '"', '***', 'a"b"c', "'; --", '\u0000']) {
      expect(search.find(text, null, 5).hits.length).toBeGreaterThanOrEqual(0);
    }
    expect(search.find('x', 'not a number', 5).hits).toEqual([]);
  });
});

describe('marks', () => {
  test('lie on the text as it was written, whatever its folding did to lengths', () => {
    expect(marked('Quero a DEVOLUÇÃO já', 'devolucao')).toEqual(['DEVOLUÇÃO']);
    expect(marked('devoluc\u0327a\u0303o!', 'devolução')).toEqual(['devoluc\u0327a\u0303o']);
    expect(marked('꼭 환불해주세요', '환불')).toEqual(['환불']);
    expect(marked('\u1112\u116a\u11ab불해', '환불')).toEqual(['\u1112\u116a\u11ab불']);
    expect(marked('ﬁne fine', 'fine')).toEqual(['ﬁne', 'fine']);
  });

  test('words only where they are words, beginnings only where they begin', () => {
    expect(marked('order reorder orders', 'order x')).toEqual(['order']);
    expect(marked('order reorder orders', 'order')).toEqual(['order', 'order']);
    expect(marked('my, order / my orders', '"my order"')).toEqual(['my, order']);
  });

  test('overlapping marks are joined', () => {
    expect(marked('환불불', '환불 불불')).toEqual(['환불불']);
  });

  test('a long text is cut around its first mark, never through a character', () => {
    const text = `${'😀'.repeat(300)} needle ${'b '.repeat(300)}`;
    const snippet = snippetOf(text, createFinder(parseTerms('needle')));
    const [range] = snippet.ranges;
    expect(snippet.text.slice(...(range ?? [0, 0]))).toBe('needle');
    expect(snippet.text.length).toBeLessThanOrEqual(SNIPPET_LENGTH + 2);
    expect(snippet.text.isWellFormed()).toBe(true);
    expect(snippet.text.startsWith('…') && snippet.text.endsWith('…')).toBe(true);
  });
});

describe('hits', () => {
  test('[B12] are walked newest first along the index, without sorting', () => {
    const { db } = listWorld(1, 3);
    const plan = queryPlan(db, HITS_SQL, ['"a"', 5, 10]);
    expect(plan[0]).toMatch(/^SCAN f VIRTUAL TABLE INDEX/);
    expect(plan.join('\n')).not.toContain('TEMP B-TREE');
    expect(plan.slice(1).every((line) => line.startsWith('SEARCH'))).toBe(true);
  });

  test('say honestly how much was searched while the index is behind', () => {
    const { db } = listWorld(1, 200);
    const total = db.pluck<number>('SELECT count(*) FROM message') ?? 0;
    const search = createSearch(db, 50);
    search.step();
    expect(search.find('order', null, 1).scope).toEqual({ indexed: 50, total });
    while (search.step());
    expect(search.find('order', null, 1).scope).toEqual({ indexed: total, total });
  });

  test('messages of one millisecond are all found, each once', () => {
    const { db } = listWorld(1, 30);
    db.exec("UPDATE message SET at = 7, text = 'same moment'");
    const total = db.pluck<number>('SELECT count(*) FROM message');
    const search = createSearch(db, 10);
    while (search.step());
    const hits = search.find('moment', null, 500).hits.map((hit) => hit.messageId);
    expect(new Set(hits).size).toBe(total);
  });
});

describe('[B12] [Y9] an index whose messages were replaced', () => {
  const check = (db: Database): void => {
    db.exec("INSERT INTO message_fts (message_fts) VALUES ('integrity-check')");
    expect(db.pluck('SELECT count(*) FROM search_place')).toBe(db.pluck('SELECT count(*) FROM message'));
  };

  test('is begun anew, not taken out message by message, and finds what is there and nothing else', () => {
    const { db } = listWorld(1, 90);
    const total = db.pluck<number>('SELECT count(*) FROM message') ?? 0;
    const search = createSearch(db, 2);
    while (search.step());
    db.exec("UPDATE message SET text = 'walrus ' || n");
    let slices = 1;
    search.step();
    expect(search.progress()).toEqual({ done: 0, total });
    while (search.step()) slices += 1;
    expect(slices).toBe(Math.ceil(total / 2) + 1);
    expect(search.find('order', null, 5).hits).toEqual([]);
    expect(search.find('walrus', null, 1_000).hits).toHaveLength(total);
    check(db);
  });

  test('is kept where only some were, and where it is small', () => {
    const { db } = listWorld(1, 90);
    const total = db.pluck<number>('SELECT count(*) FROM message') ?? 0;
    const search = createSearch(db, 2);
    while (search.step());
    db.run("UPDATE message SET text = 'walrus' WHERE n % 3 = 0");
    search.step();
    expect(search.progress()).toBeNull();
    while (search.step());
    expect(search.find('walrus', null, 1_000).hits).toHaveLength(Math.floor(total / 3));
    check(db);
    const few = listWorld(1, 20).db;
    const small = createSearch(few, 50);
    while (small.step());
    few.exec("UPDATE message SET text = 'walrus'");
    small.step();
    expect(small.progress()).toBeNull();
    check(few);
  });

  test('also when the replica was emptied and filled again under the same numbers, and more came', () => {
    const { db } = listWorld(3, 90);
    const columns = 'id, conversation_id, at, author_kind, author_id, note, text, written_at';
    const search = createSearch(db, 2);
    while (search.step());
    db.exec(`CREATE TEMP TABLE kept AS SELECT ${columns} FROM message; DELETE FROM message;
      INSERT INTO message (${columns}) SELECT ${columns} FROM kept ORDER BY id`);
    search.step();
    db.exec(`INSERT INTO message (${columns})
      SELECT 'new-' || id, conversation_id, at, author_kind, author_id, note, 'walrus', written_at FROM kept LIMIT 7`);
    while (search.step());
    expect(search.progress()).toBeNull();
    expect(search.find('walrus', null, 100).hits).toHaveLength(7);
    check(db);
  });
});

describe('people', () => {
  test('customers whose name begins so come first, with their latest conversation, on the first page alone', () => {
    const { db } = listWorld(1, 12);
    const ids = db.preparePluck<string>('SELECT id FROM conversation ORDER BY started_at').all();
    const latest = ids.at(-1) ?? '';
    db.run("UPDATE customer SET name = 'Zelda Ørn' WHERE n = 1");
    db.run('UPDATE conversation SET customer_id = (SELECT id FROM customer WHERE n = 1)');
    db.run("UPDATE message SET text = 'zelda writes', at = n");
    const search = createSearch(db);
    while (search.step());
    const page = search.find('zelda', null, 3);
    expect(page.hits).toHaveLength(4);
    expect(page.hits[0]).toMatchObject({ conversationId: latest, customerName: 'Zelda Ørn', ranges: [] });
    expect(search.find('zelda', page.next, 3).hits.every((hit) => hit.ranges.length > 0)).toBe(true);
    expect(search.find('ZELDA Ø', null, 3).hits).toHaveLength(1);
    expect(search.find('elda', null, 3).hits).toEqual([]);
  });

  test('are found along the index of names', () => {
    const { db } = listWorld(1, 12);
    expect(queryPlan(db, PEOPLE_SQL, [1, 'a', 'b', 5])[0]).toBe(
      'SEARCH cu USING INDEX customer_name (name>? AND name<?)',
    );
  });
});
