import { z } from 'zod';
import { readsSettings } from './documents.ts';
import { defineMutation } from './mutation.ts';
import { setSetting, unsetSetting, type WholeSetting } from './set-setting.ts';
import { TIMING_POLICY_KEY, timingPolicy } from './settings-args.ts';

const args = z.object({ value: timingPolicy.nullable(), expect: timingPolicy.nullable().optional() });

const SETTING: WholeSetting<z.output<typeof timingPolicy>> = {
  name: 'settings.setTimingPolicy',
  key: TIMING_POLICY_KEY,
  schema: timingPolicy,
};

/** Puts a policy of the timings in force (T13); null: the default one. */
export const setTimingPolicy = defineMutation({
  name: 'settings.setTimingPolicy',
  args,
  role: 'lead',
  reads: () => readsSettings(TIMING_POLICY_KEY),
  run: (rows, args) => setSetting(SETTING, rows, args),
  inverse: (rows, args) => unsetSetting(SETTING, rows, args),
  audit: ({ value }) => ({ action: 'settings.changed', detail: { key: TIMING_POLICY_KEY, value } }),
});
