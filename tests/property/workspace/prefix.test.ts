import { expect, test } from 'vitest';
import { nextInt, pick, type Rng, seededRng } from '../../../src/base/rng.ts';
import type { IngestEventInput } from '../../../src/protocol/ingest.ts';
import type { BootstrapPosition, Cursor, TableRows } from '../../../src/protocol/sync.ts';
import { TABLES } from '../../../src/protocol/tables.ts';
import { WIRE_VERSION } from '../../../src/protocol/version.ts';
import type { Desk } from '../../../src/workspace/push.ts';
import { type Call, type House, openHouse } from '../../support/workspace/house.ts';
import { randomDay } from '../../support/workspace/random-events.ts';

/** What a desk holds: rows by table and key, and where it stands. */
class Follower {
  cursor: Cursor | null = null;
  private readonly house: House;
  private readonly desk: Desk;
  private readonly tables = new Map<string, Map<string, readonly unknown[]>>();

  constructor(house: House, desk: Desk) {
    this.house = house;
    this.desk = desk;
  }

  private take(rows: readonly TableRows[]): void {
    for (const { table, puts, deletes } of rows) {
      const columns: readonly string[] = TABLES[table].columns;
      const at = TABLES[table].key.map((column) => columns.indexOf(column));
      const held = this.tables.get(table) ?? new Map<string, readonly unknown[]>();
      this.tables.set(table, held);
      for (const values of puts) held.set(JSON.stringify(at.map((index) => values[index])), values);
      for (const key of deletes) held.delete(JSON.stringify(key));
    }
  }

  async bootstrap(between: () => Promise<void>): Promise<void> {
    let position: BootstrapPosition | null = null;
    let first: Cursor | null = null;
    do {
      const body = { version: WIRE_VERSION, clientId: 'k', position, limit: 25 };
      const answer = await this.house.workspace.bootstrap(this.desk, body);
      if (!answer.ok) throw new Error(answer.error.type);
      first ??= answer.value.cursor;
      this.take(answer.value.tables);
      position = answer.value.next;
      await between();
    } while (position !== null);
    this.cursor = first;
    await this.pull();
  }

  async pull(): Promise<void> {
    const body = { version: WIRE_VERSION, clientId: 'k', cursor: this.cursor };
    const answer = await this.house.workspace.pull(this.desk, body);
    if (!answer.ok || answer.value.kind !== 'changes') throw new Error(JSON.stringify(answer));
    expect(answer.value.from).toEqual(this.cursor);
    this.take(answer.value.tables);
    this.cursor = answer.value.to;
  }

  rows(): Record<string, string[]> {
    return sorted(Object.fromEntries([...this.tables].map(([table, rows]) => [table, [...rows.values()]])));
  }
}

function sorted(rows: Readonly<Record<string, readonly (readonly unknown[])[]>>): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(rows)
      .filter(([, list]) => list.length > 0)
      .map(([table, list]) => [table, list.map((row) => JSON.stringify(row)).sort()]),
  );
}

function randomCall(rng: Rng): Call {
  const conversationId = `c${nextInt(rng, 0, 3)}`;
  const tag = pick(rng, ['x', 'y', 'vip']);
  return pick<() => Call>(rng, [
    () => ['conversation.take', { conversationId }],
    () => [
      'conversation.assign',
      { conversationId, assigneeId: pick(rng, ['mina', 'joao', null]), expect: null },
    ],
    () => ['conversation.setPriority', { conversationId, priority: pick(rng, ['high', 'low', null]) }],
    () => ['tag.add', { conversationId, tag }],
    () => ['tag.remove', { conversationId, tag }],
    () => ['conversation.follow', { conversationId }],
    () => ['conversation.unfollow', { conversationId }],
    () => ['conversation.reopen', { conversationId }],
    () => ['conversation.undoReopen', { conversationId, cycle: nextInt(rng, 1, 3) }],
    () => ['conversation.undoClose', { conversationId, cycle: nextInt(rng, 1, 3) }],
    () => ['conversation.close', { conversationId, seenCustomerMessageId: null }],
    () => ['conversation.takeOver', { conversationId }],
    () => ['conversation.markRead', { conversationId, readThroughAt: nextInt(rng, 0, 2_000_000_000_000) }],
    () => ['conversation.snooze', { conversationId, until: 2_000_000_000_000 }],
  ])();
}

test.each(Array.from({ length: 40 }, (_, seed) => seed))(
  '[Y7] what a desk holds is the workspace at exactly its cursor, whenever it asks (seed %i)',
  async (seed) => {
    const rng = seededRng(seed);
    const house = await openHouse();
    const desks = [await house.hire('mina'), await house.hire('joao')];
    const left: IngestEventInput[] = randomDay(rng, 4, 80);
    const mids = [0, 0];
    const step = async (): Promise<void> => {
      house.clock.advance(nextInt(rng, 0, 90_000));
      const who = nextInt(rng, 0, 1);
      const desk = desks[who];
      if (desk === undefined || nextInt(rng, 0, 2) === 0) {
        const answer = await house.workspace.ingest('test', { events: left.splice(0, nextInt(rng, 1, 9)) });
        expect(answer.ok).toBe(true);
        return;
      }
      const calls = Array.from({ length: nextInt(rng, 1, 4) }, () => randomCall(rng));
      const answer = await house.push(desk, `client-${who}`, (mids[who] ?? 0) + 1, ...calls);
      mids[who] = answer.lastMid;
    };
    const [mina] = desks;
    if (mina === undefined) throw new Error('nobody');
    const follower = new Follower(house, mina);
    await step();
    await follower.bootstrap(step);
    for (let turn = 0; turn < 25; turn += 1) {
      for (let steps = nextInt(rng, 0, 3); steps > 0; steps -= 1) await step();
      await follower.pull();
      expect(follower.cursor?.seq).toBe(await house.workspace.head());
      expect(follower.rows()).toEqual(sorted(await house.rows(mina.agentId)));
    }
    expect((await house.workspace.check()).damage).toEqual([]);
    expect(house.log).toEqual([]);
  },
);
