import { expect, test } from 'vitest';
import { usedFields, valueCount, valuesOf } from '../../src/desk/queries/field-values.ts';
import { REPLICA_MIGRATIONS } from '../../src/desk/store/replica-migrations.ts';
import { carriesOver } from './carries-over.ts';

test('[Y15] a replica of before counts the values of its fields', () => {
  carriesOver(
    REPLICA_MIGRATIONS,
    130,
    (db) =>
      db.exec(`INSERT INTO field_value (conversation_id, field, ordinal, number, text) VALUES
        ('c1', 'profile.b', 0, NULL, 'x'), ('c1', 'profile.b', 1, NULL, 'y'),
        ('c2', 'profile.b', 0, NULL, 'y'), ('c2', 'profile.a', 0, 4, NULL)`),
    (db) => {
      expect(usedFields(db)).toEqual(['profile.a', 'profile.b']);
      expect(valueCount(db, 'profile.b')).toBe(2);
      expect(valueCount(db, 'profile.c')).toBe(0);
      expect(valuesOf(db, 'profile.b')).toEqual(['y', 'x']);
      expect(valuesOf(db, 'profile.a')).toEqual([]);
    },
  );
});
