import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { runHandoff } from '../support/host-process.ts';

const LONG = 120_000;
const found = z.object({ id: z.string(), known: z.number(), members: z.array(z.looseObject({})) });
let folder = '';

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'handoff-segment-'));
  const made = await runHandoff('sample', 'reset', '--data', folder);
  expect(made.code, made.errors).toBe(0);
}, LONG);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function segment(name: string) {
  const ran = await runHandoff('segment', name, '--json', '--data', folder);
  expect(ran.code, ran.errors).toBe(0);
  return found.parse(JSON.parse(ran.output));
}

test(
  '[K6] a ready-made segment answers to its id and to its name in every shipped language',
  async () => {
    const byId = await segment('escalated-last-7-days');
    expect(byId.known).toBeGreaterThan(0);
    expect(byId.members).toHaveLength(byId.known);
    expect(await segment('escalated in the last 7 days')).toEqual(byId);
    expect((await segment('최근 7일 동안 인계된 고객')).id).toBe(byId.id);
  },
  LONG,
);

test(
  '[K6] a name that nothing has ends with 2, and says which there are',
  async () => {
    const ran = await runHandoff('segment', 'nobody', '--data', folder);
    expect(ran.code).toBe(2);
    expect(ran.errors).toContain('recommended-no-order');
  },
  LONG,
);
