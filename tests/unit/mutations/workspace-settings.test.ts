import { describe, expect, test } from 'vitest';
import type { MutationName } from '../../../src/mutations/registry.ts';
import { prepareMutation } from '../../../src/mutations/registry.ts';
import { ANA, BO } from '../../support/domain/history.ts';
import { Office } from '../../support/mutations/office.ts';

const valueOf = (office: Office, key: string): unknown => {
  const setting = office.model.setting(key);
  return setting === null ? null : JSON.parse(setting.value);
};

describe('visibility.setOwn', () => {
  test('[C6] each agent hides and shows fields for themselves', () => {
    const office = new Office();
    office.do('visibility.setOwn', { field: 'priority', visible: false }, 1, ANA);
    office.do('visibility.setOwn', { field: 'profile.plan', visible: true }, 2, ANA);
    office.do('visibility.setOwn', { field: 'priority', visible: true }, 3, BO);
    expect(valueOf(office, 'visibility:ana')).toEqual({ priority: false, 'profile.plan': true });
    expect(valueOf(office, 'visibility:bo')).toEqual({ priority: true });
    expect(valueOf(office, 'visibility')).toBeNull();
  });

  test('[F4] null leaves a field to the workspace’s default; an empty choice leaves no row', () => {
    const office = new Office();
    office.do('visibility.setOwn', { field: 'priority', visible: false }, 1);
    office.do('visibility.setOwn', { field: 'priority', visible: null }, 2);
    expect(office.model.setting('visibility:ana')).toBeNull();
    expect(office.do('visibility.setOwn', { field: 'priority', visible: null }, 3)).toEqual([]);
  });

  test('[Y16] taken back, the choice before stands again, unless it was changed since', () => {
    const office = new Office();
    const ran = office.run('visibility.setOwn', { field: 'priority', visible: false }, 1);
    office.undo(ran, 2);
    expect(office.model.setting('visibility:ana')).toBeNull();
    const again = office.run('visibility.setOwn', { field: 'priority', visible: false }, 3);
    office.do('visibility.setOwn', { field: 'priority', visible: true }, 4);
    expect(office.undo(again, 5)).toMatchObject({ ok: false, error: { type: 'changedSince' } });
    expect(office.run('visibility.setOwn', { field: 'priority', visible: true }, 6).inverse).toBeNull();
  });

  test('[F4] a field by the name of what every object has is a field that nobody spoke of', () => {
    const office = new Office();
    const ran = office.run('visibility.setOwn', { field: 'profile.toString', visible: true }, 1);
    expect(ran.inverse?.args).toEqual({ field: 'profile.toString', visible: null, expect: true });
    expect(office.do('visibility.setOwn', { field: 'profile.toString', visible: true }, 2)).toEqual([]);
  });

  test('is any agent’s to call, and no matter of the audit', () => {
    const prepared = prepareMutation('visibility.setOwn', { field: 'tags', visible: false });
    if (!prepared.ok) throw new Error(prepared.error.type);
    expect(prepared.value.mutation.role).toBe('agent');
    expect(prepared.value.audit()).toBeNull();
  });
});

describe('visibility.setDefault', () => {
  test('[F4] is everybody’s, one field at a time', () => {
    const office = new Office();
    office.do('visibility.setDefault', { field: 'appMessenger', visible: false }, 1);
    office.do('visibility.setDefault', { field: 'goalState', visible: false }, 1, BO);
    expect(valueOf(office, 'visibility')).toEqual({ appMessenger: false, goalState: false });
    expect(office.model.setting('visibility:ana')).toBeNull();
  });

  test('[Y16] is taken back like one’s own', () => {
    const office = new Office();
    const ran = office.run('visibility.setDefault', { field: 'tags', visible: false }, 1);
    expect(ran.inverse).toEqual({
      name: 'visibility.setDefault',
      args: { field: 'tags', visible: null, expect: false },
    });
    office.undo(ran, 2);
    expect(office.model.setting('visibility')).toBeNull();
  });
});

const WEEK = { mon: [['09:00', '18:00']] };
const HOURS = [{ validFrom: '2026-01-01', zone: 'Europe/Stockholm', week: WEEK, holidays: [] }];
const OTHER = [{ validFrom: '2026-07-01', zone: 'Asia/Seoul', week: {}, holidays: ['2026-12-25'] }];

describe.each<[MutationName, string, unknown, unknown]>([
  ['settings.setHours', 'hours', HOURS, OTHER],
  ['settings.setTimingPolicy', 'timingPolicy', 'channel-talk', 'handoff'],
  ['settings.setZone', 'zone', 'Europe/Stockholm', 'America/New_York'],
  ['settings.setLanguage', 'language', 'ko', 'pt-BR'],
  ['settings.setScope', 'scope', { agentDays: 90 }, { agentDays: 7 }],
])('%s', (name, key, value, other) => {
  test('[T5] [T13] [F2] sets the setting as a whole, and unsets it', () => {
    const office = new Office();
    office.do(name, { value }, 1);
    expect(valueOf(office, key)).toEqual(value);
    office.do(name, { value: other }, 2, BO);
    expect(valueOf(office, key)).toEqual(other);
    expect(office.do(name, { value: other }, 3)).toEqual([]);
    office.do(name, { value: null }, 4);
    expect(office.model.setting(key)).toBeNull();
  });

  test('[Y16] taken back, what stood before stands again, unless it was set otherwise since', () => {
    const office = new Office();
    const first = office.run(name, { value }, 1);
    expect(first.inverse).toEqual({ name, args: { value: null, expect: value } });
    office.undo(first, 2);
    expect(office.model.setting(key)).toBeNull();
    office.do(name, { value }, 3);
    const second = office.run(name, { value: other }, 4);
    office.undo(second, 5);
    expect(valueOf(office, key)).toEqual(value);
    office.do(name, { value: other }, 6, BO);
    expect(office.undo(first, 7)).toMatchObject({ ok: false, error: { type: 'changedSince' } });
    expect(office.run(name, { value: other }, 8).inverse).toBeNull();
  });

  test.each(['{broken', '{"none":"such"}'])(
    'over %s, which says nothing, it counts as unset before',
    (text) => {
      const office = new Office();
      office.model.put('setting', { key, value: text });
      const ran = office.run(name, { value }, 1);
      expect(ran.inverse).toEqual({ name, args: { value: null, expect: value } });
      expect(valueOf(office, key)).toEqual(value);
    },
  );

  test('[Y4] leaves a line in the audit that says what was set', () => {
    const prepared = prepareMutation(name, { value });
    expect(prepared.ok && prepared.value.audit()).toEqual({
      action: 'settings.changed',
      detail: { key, value },
    });
  });
});

describe('settings.setScope', () => {
  test('[Y9] how much desks copy is an admin’s to say, and stands in the audit', () => {
    const prepared = prepareMutation('settings.setScope', { value: { agentDays: 90 } });
    if (!prepared.ok) throw new Error(prepared.error.type);
    expect(prepared.value.mutation.role).toBe('admin');
    expect(prepared.value.audit()).toEqual({
      action: 'settings.changed',
      detail: { key: 'scope', value: { agentDays: 90 } },
    });
  });
});

describe('values that settings do not take', () => {
  test.each<[MutationName, unknown, string]>([
    ['settings.setHours', [{ ...HOURS[0], zone: 'Mars/Base' }], 'value.0.zone'],
    ['settings.setHours', [{ ...HOURS[0], week: { mon: [['09:00', '09:00']] } }], 'value.0.week.mon.0.1'],
    ['settings.setHours', [HOURS[0], HOURS[0]], 'value.1.validFrom'],
    ['settings.setTimingPolicy', 'ours', 'value'],
    ['settings.setZone', 'Mars/Base', 'value'],
    ['settings.setLanguage', 'Klingon!', 'value'],
    ['settings.setScope', { agentDays: 6 }, 'value.agentDays'],
    ['settings.setScope', { agentDays: 3_651 }, 'value.agentDays'],
    ['settings.setScope', 90, 'value'],
  ])('[T5] [T13] %s refuses %j with its place', (name, value, path) => {
    expect(prepareMutation(name, { value })).toEqual({
      ok: false,
      error: { type: 'invalidArguments', detail: { path } },
    });
  });
});
