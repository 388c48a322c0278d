import { expect, test } from 'vitest';
import { WORKSPACE_MIGRATIONS } from '../../src/workspace/store/sqlite/migrations/all.ts';
import { readFieldHolders } from '../../src/workspace/store/sqlite/rows.ts';
import { carriesOver } from './carries-over.ts';

test('[Y15] a workspace of before finds who holds a field’s values', () => {
  carriesOver(
    WORKSPACE_MIGRATIONS,
    30,
    (db) =>
      db.exec(`INSERT INTO field_value (conversation_id, field, ordinal, number, text, seq, checksum)
        VALUES ('c1', 'profile.plan', 0, NULL, 'gold', 3, 9)`),
    (db) => expect(readFieldHolders(db, 'profile.plan', 5)).toEqual(['c1']),
  );
});
