import { expect, test } from 'vitest';
import { unreadableSettings } from '../../../../src/desk/queries/unreadable-settings.ts';
import { puts } from '../../../support/desk/sample-rows.ts';
import { FULL, testReplica } from '../../../support/desk/test-replica.ts';

test('settings whose text is no JSON are named, for doctor; the others are not', () => {
  const replica = testReplica();
  const rows = puts(
    'setting',
    { key: 'zone', value: '"Asia/Seoul"' },
    { key: 'language', value: 'ko' },
    { key: 'hours', value: '{"versions":[' },
  );
  replica.apply([rows], FULL);
  expect(unreadableSettings(replica.db)).toEqual(['hours', 'language']);
});
