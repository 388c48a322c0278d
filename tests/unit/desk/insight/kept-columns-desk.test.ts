import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Driver from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import type { AgentId } from '../../../../src/base/ids.ts';
import { must } from '../../../../src/base/must.ts';
import { WORTH_KEEPING } from '../../../../src/desk/insight/kept-columns.ts';
import { ask, handedOver } from '../../../support/desk/insight-desk.ts';
import {
  type DeskSettings,
  hire,
  openTestDesk,
  openWorld,
  START,
  type TestDesk,
  type World,
} from '../../../support/desk/world.ts';

const KEPT: DeskSettings = { worthKeeping: 2 };
const WEEK = { range: { preset: 'last7Days' }, group: 'channel' } as const;

interface Stamp {
  readonly bytes: number;
  readonly crc: number;
  readonly replica: string;
}

async function worldOfTwo(): Promise<{ readonly world: World; readonly ada: AgentId }> {
  const world = await openWorld();
  const ada = await hire(world, 'ada', 'lead');
  await world.ingest(...handedOver('c1', START - 600_000), ...handedOver('c2', START - 500_000));
  return { world, ada };
}

async function volumeOn(desk: TestDesk): Promise<number> {
  const { figures } = await ask(desk, 'insight.overview', WEEK);
  return figures.totalVolume;
}

/** Opens a desk, asks for its figures, and closes it in order. */
async function run(world: World, ada: AgentId, settings: DeskSettings = KEPT): Promise<number> {
  const desk = await openTestDesk(world, ada, settings);
  const volume = await volumeOn(desk);
  await desk.close();
  return volume;
}

function filesOf(world: World, ada: AgentId) {
  const replica = path.join(world.dir, ada, 'replica.db');
  return { replica, columns: `${replica}.columns`, stamp: `${replica}.columns.json` };
}

function readStamp(file: string): Stamp {
  return JSON.parse(readFileSync(file, 'utf8')) as Stamp;
}

describe('what a desk keeps of its figures from one run to the next', () => {
  test('[O8][Y1] is written when it closes in order, and taken away from the next run as it begins', async () => {
    const { world, ada } = await worldOfTwo();
    const { columns, stamp } = filesOf(world, ada);
    expect(await run(world, ada)).toBe(2);
    expect(existsSync(columns)).toBe(true);
    expect(existsSync(stamp)).toBe(true);
    const next = await openTestDesk(world, ada, KEPT);
    expect(existsSync(stamp)).toBe(false);
    expect(await volumeOn(next)).toBe(2);
  });

  test('[O8] is what the next run answers from: the replica is not read again', async () => {
    const { world, ada } = await worldOfTwo();
    const { columns, stamp } = filesOf(world, ada);
    await run(world, ada);
    const { bytes, crc } = readStamp(stamp);
    copyFileSync(columns, `${columns}.of-two`);
    await world.ingest(...handedOver('c3', START - 400_000));
    expect(await run(world, ada)).toBe(3);
    // The columns of two conversations, vouched for beside the replica of three: only who reads them answers two.
    copyFileSync(`${columns}.of-two`, columns);
    writeFileSync(stamp, JSON.stringify({ ...readStamp(stamp), bytes, crc }));
    expect(await run(world, ada)).toBe(2);
  });

  test('[O8] comes up to date with what arrives in the next run', async () => {
    const { world, ada } = await worldOfTwo();
    await run(world, ada);
    await world.ingest(...handedOver('c3', START - 400_000));
    expect(await run(world, ada)).toBe(3);
    expect(await run(world, ada)).toBe(3);
  });

  test('[Y1] is thrown away when the replica was changed behind it', async () => {
    const { world, ada } = await worldOfTwo();
    const { replica, columns } = filesOf(world, ada);
    await run(world, ada);
    const db = new Driver(replica);
    expect(db.prepare(`DELETE FROM conversation WHERE id = 'c2'`).run().changes).toBe(1);
    db.close();
    const next = await openTestDesk(world, ada, { ...KEPT, start: false });
    expect(existsSync(columns)).toBe(false);
    expect(await volumeOn(next)).toBe(1);
  });

  test('[Y1] with a flipped bit is ignored: the replica is read', async () => {
    const { world, ada } = await worldOfTwo();
    const { columns } = filesOf(world, ada);
    await run(world, ada);
    const bytes = readFileSync(columns);
    const at = Math.floor(bytes.length / 2);
    bytes[at] = must(bytes[at], 'a byte') ^ 1;
    writeFileSync(columns, bytes);
    expect(await run(world, ada)).toBe(2);
    expect(await run(world, ada)).toBe(2);
  });

  test('[Y1] is none where figures were never asked for, and where a desk is small', async () => {
    const { world, ada } = await worldOfTwo();
    const { columns } = filesOf(world, ada);
    await (await openTestDesk(world, ada, KEPT)).close();
    expect(existsSync(columns)).toBe(false);
    expect(await run(world, ada, { worthKeeping: 1_000 })).toBe(2);
    expect(existsSync(columns)).toBe(false);
    expect(await run(world, ada, {})).toBe(2);
    expect(existsSync(columns)).toBe(false);
    expect(WORTH_KEEPING).toBeGreaterThan(100_000);
  });
});
