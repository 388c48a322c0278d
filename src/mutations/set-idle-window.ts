import { z } from 'zod';
import { ok } from '../base/result.ts';
import { readsSettings, settingChanges, standingPolicy } from './documents.ts';
import { refuse } from './history.ts';
import { defineMutation } from './mutation.ts';
import {
  DEFAULT_IDLE_HOURS,
  idleHours,
  type IdleHours,
  idleHoursOf,
  POLICY_KEY,
  policyValue,
  sourceName,
  windowOf,
  withIdleHours,
} from './policy-args.ts';

const args = z.object({
  /** Null: every source that has no window of its own. */
  source: sourceName.nullable(),
  /** Null: no window of its own; for every source: 48 hours. */
  hours: idleHours.nullable(),
  /** What must still stand (Y16); absent: whatever it is. */
  expect: z.number().positive().nullable().optional(),
});
type Args = z.output<typeof args>;

function withWindow(standing: IdleHours, { source, hours }: Args): IdleHours {
  if (source === null) return { ...standing, hours: hours ?? DEFAULT_IDLE_HOURS };
  const others = Object.entries(standing.bySource).filter(([name]) => name !== source);
  return {
    ...standing,
    bySource: Object.fromEntries(hours === null ? others : [...others, [source, hours]]),
  };
}

/**
 * Sets how long an AI conversation of a source may be idle before it closes by itself (S3, O5); windows of other sources stay,
 * so that two who set them do not meet. Counts for what is said from now on.
 */
export const setIdleWindow = defineMutation({
  name: 'settings.setIdleWindow',
  args,
  role: 'lead',
  reads: () => readsSettings(POLICY_KEY),
  run: (rows, args, { now }) => {
    const policy = standingPolicy(rows);
    const standing = idleHoursOf(policy);
    const current = windowOf(standing, args.source);
    if (args.expect !== undefined && args.expect !== current) return refuse('changedSince');
    if (current === args.hours) return ok([]);
    const value = policyValue(withIdleHours(policy, withWindow(standing, args), now));
    return ok(settingChanges(rows.setting(POLICY_KEY), POLICY_KEY, value));
  },
  inverse: (rows, { source, hours }) => {
    const current = windowOf(idleHoursOf(standingPolicy(rows)), source);
    return current === hours
      ? null
      : { name: 'settings.setIdleWindow', args: { source, hours: current, expect: hours } };
  },
  audit: ({ source, hours }) => ({
    action: 'settings.changed',
    detail: { key: 'idleHours', source, value: hours },
  }),
});
