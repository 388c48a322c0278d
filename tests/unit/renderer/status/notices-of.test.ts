import { describe, expect, test } from 'vitest';
import { noticesOf } from '../../../../renderer/desk/features/status/notices-of.ts';
import { epochMillis } from '../../../../src/base/time.ts';
import type { SyncStatus } from '../../../../src/protocol/rpc/status.ts';

const WELL: SyncStatus = {
  network: 'up',
  workspace: 'connected',
  problem: null,
  since: epochMillis(0),
  mended: null,
  lastSyncAt: epochMillis(1),
  pending: 0,
  needsAttention: 0,
  bootstrap: null,
  indexing: null,
};
const OUTBOX = { path: 'd/outbox.db.1', entries: 2, drafts: 1, attention: 0 };
const NONE: ReadonlySet<string> = new Set();
const kinds = (status: Partial<SyncStatus>, read = NONE) =>
  noticesOf({ ...WELL, ...status }, read).map(({ kind }) => kind);

describe('what is said above the list', () => {
  test('nothing while all is well, nor for what the status bar says: offline, waiting, indexing', () => {
    expect(kinds({})).toEqual([]);
    expect(
      kinds({
        network: 'down',
        workspace: 'disconnected',
        problem: 'unavailable',
        pending: 9,
        needsAttention: 1,
      }),
    ).toEqual([]);
    expect(kinds({ workspace: 'offlineByChoice', indexing: { done: 1, total: 2 } })).toEqual([]);
  });

  test('[Y14] “desk too old” and “workspace too old” are two things, and neither is an unknown desk', () => {
    const refused = (problem: SyncStatus['problem']) =>
      noticesOf({ ...WELL, workspace: 'refused', problem, pending: 3 }, NONE);
    expect(refused('deskTooOld')).toEqual([{ kind: 'refused', why: 'deskTooOld', pending: 3 }]);
    expect(refused('workspaceTooOld')).toEqual([{ kind: 'refused', why: 'workspaceTooOld', pending: 3 }]);
    expect(refused('unauthorized')).toEqual([{ kind: 'refused', why: 'unknown', pending: 3 }]);
    expect(refused('forbidden')).toEqual([{ kind: 'refused', why: 'unknown', pending: 3 }]);
  });

  test('[Y1] a rebuilt replica and a salvaged outbox, each until it was read; another damage is news', () => {
    const mended = { replica: { path: 'd/replica.db.1' }, outbox: OUTBOX };
    expect(kinds({ mended })).toEqual(['outbox', 'replica']);
    expect(noticesOf({ ...WELL, mended }, NONE)[1]).toMatchObject({ workIsWhole: false });
    expect(noticesOf({ ...WELL, mended: { ...mended, outbox: null } }, NONE)[0]).toMatchObject({
      workIsWhole: true,
    });
    expect(kinds({ mended }, new Set([OUTBOX.path]))).toEqual(['replica']);
    expect(kinds({ mended }, new Set([OUTBOX.path, 'd/replica.db.1']))).toEqual([]);
    expect(
      kinds({ mended: { ...mended, replica: { path: 'd/replica.db.2' } } }, new Set(['d/replica.db.1'])),
    ).toEqual(['outbox', 'replica']);
  });

  test('[Y9] how far rows have come, and that a replica is still being rebuilt by them', () => {
    const bootstrap = { done: 30, total: 40 };
    expect(noticesOf({ ...WELL, bootstrap }, NONE)).toEqual([{ kind: 'fetching', share: 0.75 }]);
    expect(noticesOf({ ...WELL, bootstrap: { done: 0, total: 0 } }, NONE)).toEqual([
      { kind: 'fetching', share: 0 },
    ]);
    expect(noticesOf({ ...WELL, bootstrap: { done: 50, total: 40 } }, NONE)).toEqual([
      { kind: 'fetching', share: 1 },
    ]);
    const mended = { replica: { path: 'p' }, outbox: null };
    expect(noticesOf({ ...WELL, bootstrap, mended }, NONE)[0]).toMatchObject({ rebuilding: true });
    expect(noticesOf({ ...WELL, mended }, NONE)[0]).toMatchObject({ rebuilding: false });
  });

  test('a refused desk fetches nothing, so no progress is claimed', () => {
    expect(kinds({ workspace: 'refused', problem: 'deskTooOld', bootstrap: { done: 1, total: 2 } })).toEqual([
      'refused',
    ]);
  });
});
