import { describe, expect, test } from 'vitest';
import {
  DEFAULT_EXPORT_POLICY,
  exportRefusal,
  parseExportPolicy,
  ROLES,
} from '../../../../src/domain/exports/policy.ts';

describe('who may export', () => {
  test('[C12] by default leads and admins, who say why', () => {
    expect(ROLES.map((role) => exportRefusal(DEFAULT_EXPORT_POLICY, role, 'review'))).toEqual([
      'forbidden',
      null,
      null,
    ]);
    expect(exportRefusal(DEFAULT_EXPORT_POLICY, 'lead', null)).toBe('reasonRequired');
    expect(exportRefusal(DEFAULT_EXPORT_POLICY, 'admin', '\n ')).toBe('reasonRequired');
  });

  test('who may not is told so whether they give a reason or not', () => {
    expect(exportRefusal(DEFAULT_EXPORT_POLICY, 'agent', null)).toBe('forbidden');
  });

  test.each(ROLES)('a rule for %s lets that role and greater ones', (least) => {
    const allowed = ROLES.filter(
      (role) => exportRefusal({ role: least, reasonRequired: false }, role, null) === null,
    );
    expect(allowed).toEqual(ROLES.slice(ROLES.indexOf(least)));
  });

  test('what is written is read again', () => {
    const policy = { role: 'admin', reasonRequired: false } as const;
    expect(parseExportPolicy(JSON.stringify(policy))).toEqual(policy);
  });

  test.each([
    null,
    '',
    'null',
    '[]',
    '{"role":"owner","reasonRequired":true}',
    '{"role":"agent"}',
    '{"role":"agent","reasonRequired":1}',
  ])('what cannot be read, %s, is the default and not leave to everyone', (value) => {
    expect(parseExportPolicy(value)).toEqual(DEFAULT_EXPORT_POLICY);
  });
});
