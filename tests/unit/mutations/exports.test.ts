import { describe, expect, test } from 'vitest';
import { prepareMutation } from '../../../src/mutations/registry.ts';
import { Office } from '../../support/mutations/office.ts';

const RECORD = {
  exportId: 'x1',
  format: 'xlsx',
  languages: ['ko', 'sv'],
  zone: 'Asia/Seoul',
  range: { by: 'closed', from: '2026-06-01', to: '2026-06-07' },
  queue: 'all',
  filters: '{"tag":["vip"]}',
  withMessages: false,
  reason: 'Kvartalsgranskning',
  rows: { userChats: 12, cycles: 14 },
  digest: 'a'.repeat(64),
};

describe('export.record', () => {
  test('[C12] agents may not export while nobody said so; leads may', () => {
    expect(new Office().refusal('export.record', RECORD, 1)).toEqual({ type: 'forbidden' });
  });

  test('[C12] where the workspace allows agents, one may, and changes no row', () => {
    const office = new Office();
    office.do('settings.setExports', { value: { role: 'agent', reasonRequired: true } }, 1);
    expect(office.do('export.record', RECORD, 2)).toEqual([]);
  });

  test('[C12] a reason is asked for, and space is none', () => {
    const office = new Office();
    office.do('settings.setExports', { value: { role: 'agent', reasonRequired: true } }, 1);
    const refused = { type: 'invalidArguments', detail: { path: 'reason' } };
    expect(office.refusal('export.record', { ...RECORD, reason: null }, 2)).toEqual(refused);
    expect(office.refusal('export.record', { ...RECORD, reason: ' \t' }, 3)).toEqual(refused);
    office.do('settings.setExports', { value: { role: 'agent', reasonRequired: false } }, 4);
    expect(office.do('export.record', { ...RECORD, reason: null }, 5)).toEqual([]);
  });

  test('its line of the audit log holds who wanted what, why, how much, and the digest', () => {
    const prepared = prepareMutation('export.record', RECORD);
    if (!prepared.ok) throw new Error(prepared.error.type);
    expect(prepared.value.audit()).toEqual({ action: 'export.made', detail: RECORD });
  });

  test('it cannot be taken back', () => {
    const office = new Office();
    office.do('settings.setExports', { value: { role: 'agent', reasonRequired: true } }, 1);
    expect(office.run('export.record', RECORD, 2).inverse).toBeNull();
  });

  test.each([
    ['digest', 'abc'],
    ['languages', []],
    ['languages', ['en', 'ko', 'sv']],
    ['format', 'pdf'],
    ['rows', { userChats: -1 }],
  ])('a wrong %s is refused with its place', (path, value) => {
    const prepared = prepareMutation('export.record', { ...RECORD, [path]: value });
    expect(prepared).toMatchObject({ ok: false, error: { type: 'invalidArguments' } });
    expect(prepared.ok ? '' : String(prepared.error.detail?.['path'])).toContain(path);
  });
});

describe('settings.setExports', () => {
  test('is an admin’s to call and leaves a line of the audit log', () => {
    const value = { role: 'lead', reasonRequired: true };
    const prepared = prepareMutation('settings.setExports', { value });
    if (!prepared.ok) throw new Error(prepared.error.type);
    expect(prepared.value.mutation.role).toBe('admin');
    expect(prepared.value.audit()).toEqual({ action: 'settings.changed', detail: { key: 'exports', value } });
  });

  test('[Y16] taken back, the rule before stands again, unless it was changed since', () => {
    const office = new Office();
    const ran = office.run('settings.setExports', { value: { role: 'admin', reasonRequired: false } }, 1);
    expect(office.model.setting('exports')?.value).toBe('{"role":"admin","reasonRequired":false}');
    office.undo(ran, 2);
    expect(office.model.setting('exports')).toBeNull();
    const again = office.run('settings.setExports', { value: { role: 'admin', reasonRequired: false } }, 3);
    office.do('settings.setExports', { value: null }, 4);
    expect(office.undo(again, 5)).toMatchObject({ ok: false, error: { type: 'changedSince' } });
  });
});
