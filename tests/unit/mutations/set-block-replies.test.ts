import { describe, expect, test } from 'vitest';
import { HOUR } from '../../../src/base/time.ts';
import { DEFAULT_POLICY, type Policy } from '../../../src/domain/events.ts';
import { blocksReplies } from '../../../src/domain/state/messages.ts';
import { parsePolicy, POLICY_KEY, policyValue, withBlocking } from '../../../src/mutations/policy-args.ts';
import { findMutation, prepareMutation } from '../../../src/mutations/registry.ts';
import { ANA, BO } from '../../support/domain/history.ts';
import { Office } from '../../support/mutations/office.ts';

const SET = 'settings.setBlockReplies';

function policyOf(office: Office): Policy {
  const setting = office.model.setting(POLICY_KEY);
  const policy = setting === null ? DEFAULT_POLICY : parsePolicy(setting.value);
  if (policy === null) throw new Error('the policy cannot be read');
  return policy;
}

describe('settings.setBlockReplies', () => {
  test('[S5] counts from the next receipt number on; what was received before stays as it was', () => {
    const office = new Office();
    const { arrival } = office.context(1, ANA);
    office.do(SET, { value: true }, 2);
    const policy = policyOf(office);
    expect(policy.blockRepliesAfterClosing).toBe(true);
    expect(blocksReplies(policy, arrival)).toBe(false);
    expect(blocksReplies(policy, arrival + 1)).toBe(true);
    expect(blocksReplies(policy, arrival + 1_000)).toBe(true);
  });

  test('[S5] what else the policy says stays, and stays when the windows change', () => {
    const office = new Office();
    office.do('settings.setIdleWindow', { source: 'zendesk', hours: 72 }, 1);
    office.do(SET, { value: true }, 2);
    office.do('settings.setIdleWindow', { source: null, hours: 24 }, 3);
    expect(policyOf(office)).toMatchObject({
      blockRepliesAfterClosing: true,
      earlierBlocking: [{ until: 3, blocks: false }],
      idleWindow: 24 * HOUR,
      idleWindowBySource: { zendesk: 72 * HOUR },
    });
  });

  test('[Y16] taken back, replies come back from then on; taken back by a colleague before, nothing is left to do', () => {
    const office = new Office();
    const first = office.run(SET, { value: true }, 1);
    expect(first.inverse).toEqual({ name: SET, args: { value: false } });
    office.undo(first, 2);
    const policy = policyOf(office);
    expect([1, 2, 3, 4].map((arrival) => blocksReplies(policy, arrival))).toEqual([
      false,
      true,
      false,
      false,
    ]);
    expect(office.undo(first, 3)).toEqual({ ok: true, value: [] });
    expect(office.run(SET, { value: false }, 4, BO).inverse).toBeNull();
  });

  test('[S5] said again it changes nothing', () => {
    const office = new Office();
    expect(office.do(SET, { value: false }, 1)).toEqual([]);
    office.do(SET, { value: true }, 2);
    const before = policyOf(office);
    expect(office.do(SET, { value: true }, 9)).toEqual([]);
    expect(policyOf(office)).toEqual(before);
  });

  test('[S5] over what cannot be read it counts as the default before', () => {
    const office = new Office();
    office.model.put('setting', { key: POLICY_KEY, value: '{broken' });
    office.do(SET, { value: true }, 1);
    expect(policyOf(office)).toMatchObject({ ...DEFAULT_POLICY, blockRepliesAfterClosing: true });
  });

  test('[S5] is a lead’s, and leaves a line in the audit log', () => {
    expect(findMutation(SET)?.role).toBe('lead');
    const prepared = prepareMutation(SET, { value: true });
    expect(prepared.ok && prepared.value.audit()).toEqual({
      action: 'settings.changed',
      detail: { key: 'blockRepliesAfterClosing', value: true },
    });
  });

  test.each([
    [{}, 'value'],
    [{ value: 'yes' }, 'value'],
    [{ value: null }, 'value'],
  ])('[S5] %j is refused with its place', (args, path) => {
    expect(prepareMutation(SET, args)).toEqual({
      ok: false,
      error: { type: 'invalidArguments', detail: { path } },
    });
  });
});

describe('a policy with its earlier words about replies', () => {
  test('[S5] is read back as it was kept', () => {
    const policy = withBlocking(withBlocking(DEFAULT_POLICY, true, 5), false, 9);
    expect(parsePolicy(policyValue(policy) ?? '')).toEqual(policy);
    expect(policy.earlierBlocking).toEqual([
      { until: 5, blocks: false },
      { until: 9, blocks: true },
    ]);
  });

  test('[S5] before anything was received it counts from the beginning', () => {
    expect(withBlocking(DEFAULT_POLICY, true, 1)).toEqual({
      ...DEFAULT_POLICY,
      blockRepliesAfterClosing: true,
    });
  });

  test('[S5] what nothing was received under leaves no trace', () => {
    const there = withBlocking(DEFAULT_POLICY, true, 7);
    expect(withBlocking(there, false, 7)).toEqual(DEFAULT_POLICY);
    expect(policyValue(withBlocking(there, false, 7))).toBeNull();
    expect(withBlocking(withBlocking(there, false, 9), true, 9)).toEqual(there);
  });
});
