import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { asId } from '../../src/base/ids.ts';
import { epochMillis } from '../../src/base/time.ts';
import { put } from '../../src/domain/rows.ts';
import { openDatabase } from '../../src/sqlite/database.ts';
import { openSqliteStore } from '../../src/workspace/store/sqlite/sqlite-store.ts';
import type { Damage, Identity, Store, VerifiedSlice, VerifyPlace } from '../../src/workspace/store/store.ts';
import { tempDir } from '../support/temp-dir.ts';
import { storeContract } from './store.contract.ts';
import { conversationRow } from './store-rows.ts';

const NOW = epochMillis(1_700_000_000_000);
const IDENTITY: Identity = { workspaceId: 'w', epoch: 'e' };

async function openAt(file: string, identity = IDENTITY): Promise<Store> {
  const opened = openSqliteStore(file, identity, NOW);
  if (!opened.ok) throw new Error(opened.error.type);
  onTestFinished(() => opened.value.close());
  return opened.value;
}

storeContract('SQLite', (identity) => openAt(':memory:', identity));

async function damagedStore(sql: string): Promise<Store> {
  const file = path.join(tempDir(), 'workspace.db');
  const store = await openAt(file);
  for (const [seq, id] of ['a', 'b', 'c'].entries())
    await store.commit({ expectedHead: seq, at: NOW, changes: [put('conversation', conversationRow(id))] });
  await store.close();
  const raw = openDatabase(file, { synchronous: 'NORMAL' });
  if (!raw.ok) throw new Error(raw.error.type);
  raw.value.exec(sql);
  raw.value.close();
  return openAt(file);
}

async function damaged(sql: string): Promise<readonly Damage[]> {
  return (await damagedStore(sql)).verify(10);
}

/** What a walk in slices of `size` finds, and how many rows it looked at. */
async function walked(store: Store, size: number): Promise<{ rows: number; damage: readonly Damage[] }> {
  const damage: Damage[] = [];
  let rows = 0;
  let place: VerifyPlace | null = null;
  do {
    const slice: VerifiedSlice = await store.verifySlice(place, size);
    expect(slice.rows).toBeLessThanOrEqual(size);
    damage.push(...slice.damage);
    rows += slice.rows;
    place = slice.next;
  } while (place !== null);
  return { rows, damage };
}

test('[Y6] a file keeps its identity and its log when it is opened again', async () => {
  const file = path.join(tempDir(), 'workspace.db');
  const first = await openAt(file);
  const client = { id: asId<'ClientId'>('k'), agentId: asId<'AgentId'>('mina'), lastMid: 3 };
  await first.commit({
    expectedHead: 0,
    at: NOW,
    changes: [put('setting', { key: 'a', value: '1' })],
    client,
  });
  const head = await first.head();
  await first.close();
  const again = await openAt(file, { workspaceId: 'fresh', epoch: 'fresh' });
  expect(await again.identity()).toEqual(IDENTITY);
  expect(await again.head()).toEqual(head);
  expect(await again.client(client.id)).toEqual(client);
});

test('[Y15] a file from a newer build is refused and not written', async () => {
  const file = path.join(tempDir(), 'workspace.db');
  await (await openAt(file)).close();
  const raw = openDatabase(file, { synchronous: 'NORMAL' });
  if (!raw.ok) throw new Error(raw.error.type);
  raw.value.exec('PRAGMA user_version = 990');
  raw.value.close();
  expect(openSqliteStore(file, IDENTITY, NOW)).toMatchObject({ ok: false, error: { type: 'fromTheFuture' } });
});

test('a row whose bytes were changed behind the store’s back is found', async () => {
  expect(await damaged(`UPDATE conversation SET channel = 'web_chaT' WHERE id = 'b'`)).toEqual([
    { type: 'row', place: 'conversation ["b"]' },
  ]);
});

test('[Y6] a walk in slices of any size looks at each row once, and finds what is damaged', async () => {
  const sql = `UPDATE conversation SET channel = 'web_chaT' WHERE id = 'b'; UPDATE commit_log SET chain = 'x' WHERE seq = 3`;
  const store = await damagedStore(sql);
  for (const size of [1, 2, 100]) {
    expect(await walked(store, size)).toEqual({
      rows: 6,
      damage: [
        { type: 'chain', place: '3' },
        { type: 'row', place: 'conversation ["b"]' },
      ],
    });
  }
});

test('[Y6] a log that was rewritten or cut is found', async () => {
  expect(await damaged(`UPDATE commit_log SET digest = 'x' WHERE seq = 2`)).toEqual([
    { type: 'chain', place: '2' },
  ]);
  expect(await damaged('DELETE FROM commit_log WHERE seq = 1')).toEqual([{ type: 'chain', place: '2' }]);
});

test('the audit log cannot be changed or cut', async () => {
  await expect(
    damaged(`INSERT INTO audit (at, actor, action) VALUES (1, 'a', 'b'); DELETE FROM audit`),
  ).rejects.toThrow('append-only');
  await expect(
    damaged(`INSERT INTO audit (at, actor, action) VALUES (1, 'a', 'b'); UPDATE audit SET actor = 'c'`),
  ).rejects.toThrow('append-only');
});
