import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { tempDir } from '../support/temp-dir.ts';
import { type Bench, freshDir, makeTemplates, recordScenario, tryPoint } from './points.ts';
import { powerLoss } from './power.ts';
import { SCENARIOS } from './scenarios.ts';
import { buildShim, type FaultKind } from './shim.ts';
import { verify } from './verify.ts';

const probe = buildShim(process.env['TMPDIR'] ?? '/tmp');
if ('missing' in probe) console.log(`Skipped: faults in file operations, since ${probe.missing}.`);

function scenarioOf(name: string) {
  const scenario = SCENARIOS.find((one) => one.name === name);
  if (scenario === undefined) throw new Error(`no scenario ${name}`);
  return scenario;
}

async function benchOf(): Promise<Bench> {
  const root = tempDir();
  const built = buildShim(root);
  if ('missing' in built) throw new Error(built.missing);
  mkdirSync(path.join(root, 'cache'));
  const bench = { root, shim: built.path };
  await makeTemplates(bench, new Set());
  return bench;
}

describe.skipIf('missing' in probe)('faults in the operations on real files', () => {
  test('[Y1] a reply is there after a kill, a full disk or an error in its own commit, once', async () => {
    const bench = await benchOf();
    const scenario = scenarioOf('draft');
    const { operations, problems } = await recordScenario(bench, scenario);
    expect(problems).toEqual([]);
    const write = operations.findIndex(
      ({ kind, file, length }) => kind === 'write' && file.endsWith('outbox.db-wal') && length > 24,
    );
    const sync = operations.findIndex(
      ({ kind, file }, index) => index > write && kind === 'sync' && file.endsWith('outbox.db-wal'),
    );
    const points: readonly (readonly [number, FaultKind])[] = [
      [write + 1, 'kill'],
      [write + 1, 'full'],
      [sync + 1, 'eio'],
    ];
    for (const [at, kind] of points) {
      const point = await tryPoint(bench, scenario, operations[at - 1], at, kind, 'a');
      expect(point.problems).toEqual([]);
      if (kind === 'full') expect(point.ended).toContain('refused: diskFull');
      if (kind === 'eio') expect(point.ended).toContain('refused: diskFailed');
    }
  });

  test('[Y1] the check can fail: what was said and is not there is called lost', async () => {
    const bench = await benchOf();
    const dir = freshDir(bench, 'house', 'lost');
    const said = { state: 'ack', what: 'reply', text: 'never written', id: 'c1' } as const;
    const problems = await verify(scenarioOf('mutate'), dir, [{ ...said, state: 'try' }, said]);
    expect(problems.join()).toContain('is lost');
  });

  test('[Y1] after a power cut what was saved is there; on a disk that ignores flushes it is not', async () => {
    const bench = await benchOf();
    const problems: string[] = [];
    await powerLoss(bench, scenarioOf('draft'), 1, (image) => problems.push(...image.problems));
    expect(problems).toEqual([]);
    await powerLoss(bench, scenarioOf('draft'), 1, (image) => problems.push(...image.problems), false);
    expect(problems.length).toBeGreaterThan(0);
  });
});
