import { describe, expect, test } from 'vitest';
import { epochMillis, HOUR } from '../../../src/base/time.ts';
import { DEFAULT_POLICY, type Policy } from '../../../src/domain/events.ts';
import { idleWindowOf } from '../../../src/domain/step.ts';
import {
  idleHoursOf,
  parsePolicy,
  POLICY_KEY,
  policyValue,
  withIdleHours,
} from '../../../src/mutations/policy-args.ts';
import { findMutation, prepareMutation } from '../../../src/mutations/registry.ts';
import { ANA, BO, minute } from '../../support/domain/history.ts';
import { Office } from '../../support/mutations/office.ts';

const SET = 'settings.setIdleWindow';

const policyOf = (office: Office): Policy => {
  const setting = office.model.setting(POLICY_KEY);
  const policy = setting === null ? DEFAULT_POLICY : parsePolicy(setting.value);
  if (policy === null) throw new Error('the policy cannot be read');
  return policy;
};
const hoursOf = (office: Office) => idleHoursOf(policyOf(office));

describe('settings.setIdleWindow', () => {
  test('[O5] [S3] sets the window of one source, and of every other, one without the other', () => {
    const office = new Office();
    office.do(SET, { source: 'zendesk', hours: 72 }, 1, BO);
    office.do(SET, { source: null, hours: 24 }, 2, ANA);
    expect(hoursOf(office)).toEqual({ hours: 24, bySource: { zendesk: 72 } });
    office.do(SET, { source: 'zendesk', hours: null }, 3, BO);
    expect(hoursOf(office)).toEqual({ hours: 24, bySource: {} });
    office.do(SET, { source: null, hours: null }, 4, BO);
    expect(hoursOf(office)).toEqual({ hours: 48, bySource: {} });
  });

  test('[S3] two who set windows of different sources do not meet', () => {
    const office = new Office();
    office.do(SET, { source: 'zendesk', hours: 72, expect: null }, 1, BO);
    office.do(SET, { source: 'shop', hours: 12, expect: null }, 2, ANA);
    expect(hoursOf(office).bySource).toEqual({ shop: 12, zendesk: 72 });
  });

  test('[S3] the order in which sources were named makes no other policy, and no window of the past', () => {
    const values = [
      ['zendesk', 'shop', 'mail'],
      ['mail', 'zendesk', 'shop'],
    ].map((sources) => {
      const office = new Office();
      for (const source of sources) office.do(SET, { source, hours: 72 }, 1);
      return office.model.setting(POLICY_KEY)?.value;
    });
    expect(values[0]).toBe(values[1]);
    expect(parsePolicy(values[0] ?? '')?.idleWindowBySource).toEqual({
      mail: 72 * HOUR,
      shop: 72 * HOUR,
      zendesk: 72 * HOUR,
    });
  });

  test('[O5] a source by the name of what every object has is a source without a window', () => {
    const office = new Office();
    const ran = office.run(SET, { source: 'constructor', hours: 72, expect: null }, 1);
    expect(ran.result.ok).toBe(true);
    expect(ran.inverse?.args).toEqual({ source: 'constructor', hours: null, expect: 72 });
    expect(office.do(SET, { source: 'constructor', hours: 72 }, 2)).toEqual([]);
  });

  test('[O5] what else the policy says stays', () => {
    const office = new Office();
    office.model.put('setting', {
      key: POLICY_KEY,
      value: JSON.stringify({ ...DEFAULT_POLICY, blockRepliesAfterClosing: true }),
    });
    office.do(SET, { source: null, hours: 72 }, 1);
    expect(policyOf(office)).toMatchObject({ blockRepliesAfterClosing: true, idleWindow: 72 * HOUR });
  });

  test('[S3] what was idle before keeps its window: no figure of the past moves', () => {
    const office = new Office();
    office.do(SET, { source: 'zendesk', hours: 72 }, 10);
    office.do(SET, { source: 'zendesk', hours: 1 }, 20);
    const window = (at: number): number => idleWindowOf(policyOf(office), 'zendesk', epochMillis(at)) / HOUR;
    expect([minute(10) - 1, minute(10), minute(20) - 1, minute(20), minute(9_999)].map(window)).toEqual([
      48, 72, 72, 1, 1,
    ]);
    expect(idleWindowOf(policyOf(office), 'shop', minute(15)) / HOUR).toBe(48);
  });

  test('[S3] windows that were never in force leave no trace', () => {
    const office = new Office();
    office.do(SET, { source: 'zendesk', hours: 72 }, 10);
    office.do(SET, { source: 'zendesk', hours: null }, 10);
    expect(office.model.setting(POLICY_KEY)).toBeNull();
    expect(office.do(SET, { source: 'zendesk', hours: null }, 11)).toEqual([]);
  });

  test('[Y16] taken back, what stood before stands again, unless it was set otherwise since', () => {
    const office = new Office();
    const first = office.run(SET, { source: 'zendesk', hours: 72 }, 1);
    expect(first.inverse).toEqual({ name: SET, args: { source: 'zendesk', hours: null, expect: 72 } });
    office.undo(first, 2);
    expect(hoursOf(office).bySource).toEqual({});
    office.do(SET, { source: 'zendesk', hours: 12 }, 3, BO);
    expect(office.undo(first, 4)).toMatchObject({ ok: false, error: { type: 'changedSince' } });
    expect(office.run(SET, { source: 'zendesk', hours: 12 }, 5).inverse).toBeNull();
  });

  test('[O5] over what cannot be read it counts as the default before', () => {
    const office = new Office();
    office.model.put('setting', { key: POLICY_KEY, value: '{broken' });
    office.do(SET, { source: 'zendesk', hours: 72 }, 1);
    expect(hoursOf(office)).toEqual({ hours: 48, bySource: { zendesk: 72 } });
  });

  test('[O5] is a lead’s, and leaves a line in the audit log', () => {
    expect(findMutation(SET)?.role).toBe('lead');
    const prepared = prepareMutation(SET, { source: 'zendesk', hours: 72 });
    expect(prepared.ok && prepared.value.audit()).toEqual({
      action: 'settings.changed',
      detail: { key: 'idleHours', source: 'zendesk', value: 72 },
    });
  });

  test.each([
    [{ source: 'zendesk', hours: 0 }, 'hours'],
    [{ source: 'zendesk', hours: 1.5 }, 'hours'],
    [{ source: 'zendesk', hours: 8_761 }, 'hours'],
    [{ source: '', hours: 48 }, 'source'],
    [{ source: '__proto__', hours: 48 }, 'source'],
  ])('[O5] %j is refused with its place', (args, path) => {
    expect(prepareMutation(SET, args)).toEqual({
      ok: false,
      error: { type: 'invalidArguments', detail: { path } },
    });
  });
});

describe('a policy as it is kept', () => {
  test('[S3] earlier windows are read back as they were kept', () => {
    const policy = withIdleHours(DEFAULT_POLICY, { hours: 24, bySource: { b: 2, a: 1 } }, epochMillis(5));
    expect(parsePolicy(policyValue(policy) ?? '')).toEqual(policy);
    expect(policy.earlierIdle).toEqual([{ idleWindow: 48 * HOUR, idleWindowBySource: {}, until: 5 }]);
  });

  test('[S3] said from the beginning, it has no earlier ones', () => {
    const changed = withIdleHours(DEFAULT_POLICY, { hours: 24, bySource: {} }, epochMillis(5));
    const policy = withIdleHours(changed, { hours: 72, bySource: {} }, null);
    expect(policy).toEqual({ ...DEFAULT_POLICY, idleWindow: 72 * HOUR });
  });

  test('[S3] of very many changes the oldest are as if they had never been', () => {
    let policy: Policy = DEFAULT_POLICY;
    for (let at = 1; at <= 1_200; at += 1)
      policy = withIdleHours(policy, { hours: 1 + (at % 50), bySource: {} }, epochMillis(at));
    expect(policy.earlierIdle).toHaveLength(1_000);
    expect(policy.earlierIdle?.[0]?.until).toBe(201);
  });
});
