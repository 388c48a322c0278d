import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asId, type ConversationId } from '../../../src/base/ids.ts';
import { nextFloat, nextInt, pick, type Rng, seededRng } from '../../../src/base/rng.ts';
import type { FieldType } from '../../../src/domain/fields/definition.ts';
import {
  type FieldCondition,
  fieldSort,
  type ListQuery,
  type ListRow,
} from '../../../src/protocol/rpc/list.ts';
import { Story } from '../../support/domain/history.ts';
import {
  defineField,
  type ProfileWorld,
  profileWorld,
  writeField,
  writeHistory,
} from '../../support/profile-world.ts';

const CONVERSATIONS = 30;
const idOf = (index: number): ConversationId => asId(`c-${String(index).padStart(2, '0')}`);
type Items = readonly (number | string)[];

const TYPES: readonly FieldType[] = ['Boolean', 'String', 'Number', 'Date', 'Datetime', 'List'];
const keyOf = (type: FieldType): string => `profile.${type.toLowerCase()}`;
const WORDS = ['blue', 'Blue', 'red', '빨강', 'Åland', 'éclair', 'z', 'blueish'];
const DAYS = ['2026-01-31', '2026-02-01', '2025-12-31', '02-29', '12-24'];

function randomItems(rng: Rng, type: FieldType): Items {
  switch (type) {
    case 'Boolean':
      return [nextInt(rng, 0, 1)];
    case 'Number':
      return [pick(rng, [-3, 0, 0.5, 2.25, 7, 1e15, 1e-3])];
    case 'Datetime':
      return [1_790_000_000_000 + nextInt(rng, -5, 5) * 86_400_000];
    case 'Date':
      return [pick(rng, DAYS)];
    case 'String':
      return [pick(rng, WORDS)];
    case 'List':
      return WORDS.filter(() => nextFloat(rng) < 0.3);
  }
}

const lower = (text: string): string => text.toLowerCase();

/** The same condition, decided the slow and obvious way. */
function passesPlainly(items: Items, condition: FieldCondition): boolean {
  if (condition.type === 'empty') return items.length === 0;
  const [first] = items;
  if (first === undefined) return false;
  switch (condition.type) {
    case 'filled':
      return true;
    case 'is':
      return first === (condition.value ? 1 : 0);
    case 'anyOf':
      return items.some((item) => condition.values.includes(String(item)));
    case 'contains':
      return items.some((item) => lower(String(item)).includes(lower(condition.text)));
    case 'range':
      return Number(first) >= (condition.from ?? -Infinity) && Number(first) <= (condition.to ?? Infinity);
    case 'dates': {
      const bound = condition.from ?? condition.to;
      if (bound !== null && bound.length !== String(first).length) return false;
      return String(first) >= (condition.from ?? '') && String(first) <= (condition.to ?? '99');
    }
  }
}

const CONDITIONS: Readonly<Record<FieldType, readonly FieldCondition[]>> = {
  Boolean: [
    { type: 'is', value: true },
    { type: 'is', value: false },
  ],
  String: [
    { type: 'anyOf', values: ['blue', '빨강'] },
    { type: 'contains', text: 'LUE' },
  ],
  Number: [
    { type: 'range', from: 0, to: 2.25 },
    { type: 'range', from: null, to: 0.5 },
    { type: 'range', from: 7, to: null },
  ],
  Datetime: [{ type: 'range', from: 1_790_000_000_000, to: null }],
  Date: [
    { type: 'dates', from: '2026-01-01', to: '2026-01-31' },
    { type: 'dates', from: '02-01', to: null },
    { type: 'dates', from: null, to: null },
  ],
  List: [
    { type: 'anyOf', values: ['red', 'z'] },
    { type: 'contains', text: 'bLu' },
  ],
};
const ANY: readonly FieldCondition[] = [{ type: 'empty' }, { type: 'filled' }];

function rowsOf(
  { lists, turns }: ProfileWorld,
  query: ListQuery,
  columns: string[] = [],
): readonly ListRow[] {
  lists.open(query, 1);
  turns.all();
  const opened = lists.open(query, 100, columns);
  expect(opened.ready).toBe(true);
  expect(opened.total).toBe(opened.rows.length);
  return opened.rows;
}

function filled(): ProfileWorld {
  const world = profileWorld();
  for (const type of TYPES) defineField(world, keyOf(type), type);
  for (let index = 0; index < CONVERSATIONS; index += 1)
    writeHistory(world, idOf(index), new Story().customer(1).events);
  world.turns.all();
  return world;
}

const filter = (fields: Record<string, FieldCondition>): ListQuery => ({
  queue: 'all',
  filters: { fields },
  sort: { by: 'started', direction: 'asc' },
});

function passingIds({ db, lists }: ProfileWorld, query: ListQuery): readonly string[] | null {
  const passes = lists.passing(query);
  if (passes === null) return null;
  const rows = db.all<{ n: number; id: string }>('SELECT n, id FROM conversation ORDER BY id LIMIT ?', 1_000);
  return rows.filter(({ n }) => passes(n)).map(({ id }) => id);
}

describe('fields in lists', () => {
  test('[C12] [B4] which rows pass is not known before its columns are, and does not change once it was told', () => {
    const world = filled();
    writeField(world, idOf(1), 'profile.number', [5]);
    world.lists.changed({ conversations: [idOf(1)], messages: [], customers: [] });
    const query = filter({ 'profile.number': { type: 'filled' } });
    expect(passingIds(world, query)).toBeNull();
    world.turns.all();
    const passes = world.lists.passing(query);
    const n = world.db.pluck<number>('SELECT n FROM conversation WHERE id = ?', idOf(1)) ?? 0;
    writeField(world, idOf(1), 'profile.number', []);
    world.lists.changed({ conversations: [idOf(1)], messages: [], customers: [] });
    expect(passingIds(world, query)).toEqual([]);
    expect(passes?.(n)).toBe(true);
    world.db.close();
  });

  test('[B4] [C7] [C14] every type is filtered and sorted as a slow and obvious reading says, whatever changes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 1_000_000 }), async (seed) => {
        const rng = seededRng(seed);
        const world = filled();
        const held = new Map<string, Items>();
        for (let round = 0; round < 3; round += 1) {
          for (let count = 0; count < 40; count += 1) {
            const [id, type] = [idOf(nextInt(rng, 0, CONVERSATIONS - 1)), pick(rng, TYPES)];
            const items = nextFloat(rng) < 0.2 ? [] : randomItems(rng, type);
            writeField(world, id, keyOf(type), items);
            held.set(`${id} ${type}`, items);
            world.lists.changed({ conversations: [id], messages: [], customers: [] });
          }
          const itemsOf = (index: number, type: FieldType): Items => held.get(`${idOf(index)} ${type}`) ?? [];
          for (const type of TYPES) {
            for (const condition of [...CONDITIONS[type], ...ANY]) {
              const query = filter({ [keyOf(type)]: condition });
              const expected = Array.from({ length: CONVERSATIONS }, (_, index) => index)
                .filter((index) => passesPlainly(itemsOf(index, type), condition))
                .map(idOf);
              expect(
                rowsOf(world, query)
                  .map((row) => row.id)
                  .toSorted(),
              ).toEqual(expected);
              // What an export of the list takes.
              expect(passingIds(world, query)).toEqual(expected);
              const facets = await world.lists.facets(query);
              expect([facets.total, facets.queues.all]).toEqual([expected.length, expected.length]);
            }
            checkOrder(world, type);
          }
        }
        world.db.close();
      }),
      { numRuns: 8, seed: 5 },
    );
  });

  /** Numbers by size, texts by their letters without case; those without a value come last both ways. */
  function checkOrder(world: ProfileWorld, type: FieldType): void {
    const key = keyOf(type);
    for (const direction of ['asc', 'desc'] as const) {
      const sort = { by: fieldSort(key), direction };
      const rows = rowsOf(world, { queue: 'all', filters: {}, sort }, [key]);
      expect(rows).toHaveLength(CONVERSATIONS);
      const cells = rows.map((row) => row.fields[key]);
      const values = cells.filter((cell) => cell !== undefined);
      expect(cells.slice(values.length).every((cell) => cell === undefined)).toBe(true);
      if (type === 'List') continue;
      const keys = values.map((value) =>
        typeof value === 'string' ? Buffer.from(asciiLower(value)) : Number(value),
      );
      const ordered = keys.toSorted((a, b) =>
        Buffer.isBuffer(a) && Buffer.isBuffer(b) ? a.compare(b) : Number(a) - Number(b),
      );
      expect(keys).toEqual(direction === 'asc' ? ordered : ordered.toReversed());
    }
  }

  const asciiLower = (text: string): string => text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());

  test('[C7] several conditions hold together, with the plain filters', () => {
    const world = filled();
    writeField(world, idOf(1), 'profile.number', [5]);
    writeField(world, idOf(2), 'profile.number', [5]);
    writeField(world, idOf(2), 'profile.list', ['a', 'b']);
    world.lists.changed({ conversations: [idOf(1), idOf(2)], messages: [], customers: [] });
    const both = filter({
      'profile.number': { type: 'range', from: 5, to: 5 },
      'profile.list': { type: 'anyOf', values: ['b'] },
    });
    expect(rowsOf(world, both, ['profile.list']).map((row) => row.fields)).toEqual([
      { 'profile.list': ['a', 'b'] },
    ]);
    expect(rowsOf(world, { ...both, filters: { ...both.filters, channel: ['fax'] } })).toEqual([]);
  });

  test('[B4] an open list stands still while a field changes, and counts what would come, go and move', () => {
    const world = filled();
    for (const index of [1, 2, 3]) writeField(world, idOf(index), 'profile.number', [index]);
    world.lists.changed({ conversations: [1, 2, 3].map(idOf), messages: [], customers: [] });
    const query: ListQuery = {
      ...filter({ 'profile.number': { type: 'filled' } }),
      sort: { by: fieldSort('profile.number'), direction: 'asc' },
    };
    rowsOf(world, query);
    const { viewId } = world.lists.open(query, 10, ['profile.number']);
    const change = (index: number, items: Items): number | undefined => {
      writeField(world, idOf(index), 'profile.number', items);
      world.lists.changed({ conversations: [idOf(index)], messages: [], customers: [] });
      return world.lists.rows(viewId, 0, 10)?.changed;
    };
    expect(change(1, [1.5])).toBe(0);
    expect(change(1, [9])).toBe(1);
    expect(change(4, [4])).toBe(2);
    expect(change(2, [])).toBe(3);
    expect(world.lists.rows(viewId, 0, 10)?.rows.map((row) => row.fields['profile.number'])).toEqual([
      9,
      undefined,
      3,
    ]);
    expect(world.lists.refresh(viewId, 0, 10)?.rows.map((row) => row.fields['profile.number'])).toEqual([
      3, 4, 9,
    ]);
  });

  test('[C8] scores are filtered and shown with their scale, and whether a survey was answered', () => {
    const world = filled();
    const insert = `INSERT INTO csat (conversation_id, ordinal, scale, sent_at, score, answered_at, answer_count)
      VALUES (?, ?, ?, 1, ?, ?, ?)`;
    world.db.run(insert, idOf(1), 1, 5, 4, 2, 1);
    world.db.run(insert, idOf(1), 2, 3, null, null, 0);
    world.db.run(insert, idOf(2), 1, 2, 5, 3, 1);
    writeField(world, idOf(1), 'profile.csat', [4]);
    writeField(world, idOf(2), 'profile.csat', [5]);
    world.lists.changed({ conversations: [idOf(1), idOf(2)], messages: [], customers: [] });
    const score = filter({ 'profile.csat': { type: 'range', from: 4, to: null } });
    expect(
      rowsOf(world, score, ['profile.csat', 'csat.scale', 'csat.answered']).map((row) => row.fields),
    ).toEqual([
      { 'profile.csat': 4, 'csat.scale': 5, 'csat.answered': false },
      { 'profile.csat': 5, 'csat.scale': 2, 'csat.answered': true },
    ]);
    const open = filter({ 'csat.answered': { type: 'is', value: false } });
    expect(rowsOf(world, open).map((row) => row.id)).toEqual([idOf(1)]);
    expect(rowsOf(world, filter({ 'csat.scale': { type: 'anyOf', values: ['2', '3'] } }))).toHaveLength(1);
  });

  test('[C2] the inflow page, and a key that nobody defined, are text', () => {
    const world = filled();
    world.db.run("UPDATE conversation SET page = 'https://shop.example/Cart' WHERE id = ?", idOf(7));
    writeField(world, idOf(8), 'goalState', ['reached']);
    world.lists.changed({ conversations: [idOf(7), idOf(8)], messages: [], customers: [] });
    expect(
      rowsOf(world, filter({ 'source.page': { type: 'contains', text: 'cart' } })).map((row) => row.id),
    ).toEqual([idOf(7)]);
    expect(
      rowsOf(world, filter({ goalState: { type: 'anyOf', values: ['reached'] } }), ['goalState']),
    ).toMatchObject([{ id: idOf(8), fields: { goalState: 'reached' } }]);
  });
});
