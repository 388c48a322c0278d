import { expect, test } from 'vitest';
import { readSyncState } from '../../src/desk/replica/sync-state.ts';
import { REPLICA_MIGRATIONS } from '../../src/desk/store/replica-migrations.ts';
import { carriesOver } from './carries-over.ts';

test('[Y15][Y9] a replica of before holds everything, as it was filled', () => {
  carriesOver(
    REPLICA_MIGRATIONS,
    160,
    (db) => db.exec(`UPDATE sync_state SET epoch = 'e', seq = 4, chain = 'c', bootstrap_state = 'done'`),
    (db) => {
      const { held, asked, cursor, bootstrap } = readSyncState(db);
      expect({ held, asked }).toEqual({ held: null, asked: null });
      expect(cursor).toEqual({ epoch: 'e', seq: 4, chain: 'c' });
      expect(bootstrap.state).toBe('done');
    },
  );
});
