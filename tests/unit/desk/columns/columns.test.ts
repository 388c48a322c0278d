import { describe, expect, test } from 'vitest';
import { nextInt, seededRng } from '../../../../src/base/rng.ts';
import { CODES, isInQueue, priorityRank } from '../../../../src/desk/columns/codes.ts';
import { type ColumnRow, Columns } from '../../../../src/desk/columns/columns.ts';
import { createTagSets } from '../../../../src/desk/columns/dictionary.ts';
import { facetsOf, totalOf } from '../../../../src/desk/columns/facets.ts';
import { createMatcher } from '../../../../src/desk/columns/matcher.ts';
import { compareNocase } from '../../../../src/desk/columns/nocase.ts';
import { createMomentOrder } from '../../../../src/desk/columns/orders.ts';
import { finish, radixSort } from '../../../../src/desk/columns/radix.ts';
import { asId } from '../../../../src/base/ids.ts';
import type { ListQuery } from '../../../../src/protocol/rpc/list.ts';
import { openReplica } from '../../../bench/dataset.ts';

const ME = asId<'AgentId'>('me');
const ALL: ListQuery = { queue: 'all', filters: {}, sort: { by: 'activity', direction: 'desc' } };
const row = (part: Partial<ColumnRow> = {}): ColumnRow => ({
  code: 1,
  channel: 'email',
  assignee: null,
  tags: '[]',
  activity: null,
  waiting: null,
  opened: null,
  started: 1,
  ...part,
});

describe('radix sort', () => {
  test('sorts as a plain sort does, stably, over any span of moments', () => {
    const rng = seededRng(1);
    for (const span of [1, 5, 4_000, 2 ** 24, 2 ** 31, 2 ** 41]) {
      const keys = Float64Array.from({ length: 3_000 }, () => 1_700_000_000_000 + ((rng.u32() * 512) % span));
      const rows = Uint32Array.from({ length: 2_500 }, () => nextInt(rng, 0, 2_999));
      const expected = [...rows].toSorted((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0));
      expect([...finish(radixSort(keys, rows))]).toEqual(expected);
    }
  });

  test('sorts any doubles: fractions, both signs, far apart', () => {
    const rng = seededRng(2);
    for (const scale of [1e-300, 0.01, 1, 2 ** 50, 1e300]) {
      const keys = Float64Array.from({ length: 3_000 }, () => (nextInt(rng, -900, 900) / 7) * scale + 0);
      const rows = Uint32Array.from({ length: 2_500 }, () => nextInt(rng, 0, 2_999));
      const expected = [...rows].toSorted((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0));
      expect([...finish(radixSort(keys, rows))]).toEqual(expected);
    }
    // A part of a larger buffer.
    const part = new Float64Array(9).fill(Number.NaN).subarray(3, 7);
    part.set([2.5, -1e9, 1e-3, 7]);
    expect([...finish(radixSort(part, Uint32Array.from([0, 1, 2, 3])))]).toEqual([1, 2, 0, 3]);
  });

  test('takes nothing, one row, and keys before 1970', () => {
    const keys = Float64Array.from([5, -3, 0]);
    expect([...finish(radixSort(keys, Uint32Array.from([])))]).toEqual([]);
    expect([...finish(radixSort(keys, Uint32Array.from([2])))]).toEqual([2]);
    expect([...finish(radixSort(keys, Uint32Array.from([0, 1, 2])))]).toEqual([1, 2, 0]);
  });
});

describe('names', () => {
  test('compares as NOCASE of SQLite does', () => {
    const names = [
      '',
      'a',
      'A',
      'b',
      'Z',
      '[',
      '_',
      'z',
      'Åke',
      'åke',
      'é',
      'E',
      '김',
      '힣',
      '😀',
      '\uffee',
      'aa',
      'A b',
    ];
    const db = openReplica(':memory:');
    const sign = db.preparePluck<number>(
      'SELECT CASE WHEN ? < ? COLLATE NOCASE THEN -1 WHEN ? > ? COLLATE NOCASE THEN 1 ELSE 0 END',
    );
    for (const a of names) {
      for (const b of names)
        expect([a, b, Math.sign(compareNocase(a, b))]).toEqual([a, b, sign.get(a, b, a, b)]);
    }
    db.close();
  });
});

describe('columns', () => {
  test('count what is held, through writing, rewriting and removing', () => {
    const columns = new Columns();
    columns.set(5_000, row());
    columns.set(3, row({ tags: '["a"]' }));
    columns.set(3, row({ tags: '["a","b"]' }));
    columns.remove(77_777);
    expect([columns.count, columns.end]).toEqual([2, 5_001]);
    expect(totalOf(columns.kinds, ALL, ME)).toBe(2);
    columns.remove(3);
    columns.remove(3);
    expect(columns.count).toBe(1);
    expect(totalOf(columns.kinds, ALL, ME)).toBe(1);
    expect(columns.before(3).kind).toBe(0);
  });

  test('keep moments to the millisecond and tell unset from zero', () => {
    const columns = new Columns();
    columns.set(1, row({ activity: 1_767_225_600_123, waiting: 0, opened: null }));
    expect(columns.before(1)).toMatchObject({ activity: 1_767_225_600_123, waiting: 0, opened: Number.NaN });
  });

  test('[B13] take 36 bytes a conversation, some room to grow apart', () => {
    const columns = new Columns();
    columns.reserve(100_000);
    const arrays = [columns.kind, columns.activity, columns.waiting, columns.opened, columns.started];
    expect(arrays.reduce((sum, array) => sum + array.byteLength, 0)).toBe(36 * 100_000);
  });

  test('tag sets are numbered by what is in them', () => {
    const sets = createTagSets();
    expect(sets.numberOf('[]')).toBe(0);
    const one = sets.numberOf('["a","b"]');
    expect(sets.numberOf('["a","b"]')).toBe(one);
    expect(sets.tagsOf(one).map((tag) => sets.tags.valueOf(tag))).toEqual(['a', 'b']);
    expect(() => sets.tagsOf(99)).toThrow('invariant broken');
  });
});

describe('orders', () => {
  test('unset rows stand apart, by number; a touched row is put where it belongs', () => {
    const columns = new Columns();
    const moments = [30, null, 10, 20, null, 10];
    moments.forEach((activity, index) => columns.set(index + 1, row({ activity })));
    const order = createMomentOrder(columns, 'activity');
    expect(order.current()).toEqual({ set: Uint32Array.of(3, 6, 4, 1), unset: Uint32Array.of(2, 5) });
    columns.set(1, row({ activity: 5 }));
    order.touch(1);
    columns.set(2, row({ activity: 15 }));
    order.touch(2);
    columns.remove(4);
    order.touch(4);
    columns.set(6, row({ activity: null }));
    order.touch(6);
    expect(order.current()).toEqual({ set: Uint32Array.of(1, 3, 2), unset: Uint32Array.of(5, 6) });
  });

  test('many touched rows are sorted in anew', () => {
    const columns = new Columns();
    for (let n = 1; n <= 50; n += 1) columns.set(n, row({ activity: n }));
    const order = createMomentOrder(columns, 'activity');
    order.current();
    for (let n = 1; n <= 50; n += 1) {
      columns.set(n, row({ activity: 100 - n }));
      order.touch(n);
    }
    expect([...order.current().set]).toEqual(Array.from({ length: 50 }, (_, index) => 50 - index));
  });
});

describe('filters and counts', () => {
  test('a query that was made ready stays right when tags, channels and agents are first seen later', () => {
    const columns = new Columns();
    columns.set(1, row());
    const query: ListQuery = {
      ...ALL,
      filters: { tag: ['late'], channel: ['sms'], assignee: ['someone'] },
    };
    const matcher = createMatcher(columns.kinds, query, ME);
    expect(matcher.matches(columns.before(1).kind)).toBe(false);
    columns.set(2, row({ tags: '["late"]', channel: 'sms', assignee: 'someone' }));
    expect(matcher.matches(columns.before(2).kind)).toBe(true);
    expect([...matcher.fails()].filter((fails) => fails === 0)).toHaveLength(1);
    expect(matcher.matches(0)).toBe(false);
  });

  test('an agent who is nowhere assigned has no conversations of their own', () => {
    const columns = new Columns();
    columns.set(1, row());
    expect(totalOf(columns.kinds, { ...ALL, queue: 'mine' }, ME)).toBe(0);
    expect(totalOf(columns.kinds, { ...ALL, queue: 'unassigned' }, ME)).toBe(1);
    columns.set(1, row({ assignee: 'me' }));
    expect(totalOf(columns.kinds, { ...ALL, queue: 'mine' }, ME)).toBe(1);
  });

  test('every code has a place in the queues, and unset priority ranks as medium', () => {
    for (let code = 0; code < CODES; code += 1) {
      expect(isInQueue('all', code, 0, 0)).toBe(true);
      expect([1, 2, 3]).toContain(priorityRank(code));
    }
    expect(priorityRank(0)).toBe(2);
  });

  test('a chosen value that nothing has is shown with zero, so that it can be taken back', () => {
    const columns = new Columns();
    columns.set(1, row({ tags: '["a"]' }));
    const facets = facetsOf(columns.kinds, { ...ALL, filters: { tag: ['gone'] } }, ME);
    expect(facets.filters.tag).toEqual([
      { value: 'a', count: 1 },
      { value: 'gone', count: 0 },
    ]);
    expect(facets.filters.state.map((entry) => entry.value)).toEqual(['none', 'open', 'snoozed', 'closed']);
  });
});
