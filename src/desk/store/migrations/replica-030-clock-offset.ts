import type { Migration } from '../../../sqlite/migrations.ts';

/** The desk's measured distance from the workspace's clock (Y10), so that it is known again before the first answer. */
export const replicaClockOffset: Migration = {
  id: 30,
  name: 'clock-offset',
  up: (db) => {
    db.exec('ALTER TABLE sync_state ADD COLUMN clock_offset INTEGER NOT NULL DEFAULT 0');
  },
};
