import { z } from 'zod';
import { ok } from '../base/result.ts';
import { readsSettings, settingChanges, standingPolicy } from './documents.ts';
import { defineMutation } from './mutation.ts';
import { POLICY_KEY, policyValue, withBlocking } from './policy-args.ts';

/** Of two values there is no third to overwrite unseen: who finds it set as they wanted has what they wanted (Y16). */
const args = z.object({ value: z.boolean() });

/**
 * Sets whether a customer's reply after closing starts a new conversation (S5, S10). Counts for what is received from now on:
 * what was received before stays where it is, also when a late event folds its history again.
 */
export const setBlockReplies = defineMutation({
  name: 'settings.setBlockReplies',
  args,
  role: 'lead',
  reads: () => readsSettings(POLICY_KEY),
  run: (rows, { value }, { arrival }) => {
    const policy = standingPolicy(rows);
    if (value === policy.blockRepliesAfterClosing) return ok([]);
    const next = policyValue(withBlocking(policy, value, arrival));
    return ok(settingChanges(rows.setting(POLICY_KEY), POLICY_KEY, next));
  },
  inverse: (rows, { value }) =>
    standingPolicy(rows).blockRepliesAfterClosing === value
      ? null
      : { name: 'settings.setBlockReplies', args: { value: !value } },
  audit: ({ value }) => ({
    action: 'settings.changed',
    detail: { key: 'blockRepliesAfterClosing', value },
  }),
});
