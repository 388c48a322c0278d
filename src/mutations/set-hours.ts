import { z } from 'zod';
import { readsSettings } from './documents.ts';
import { defineMutation } from './mutation.ts';
import { setSetting, unsetSetting, type WholeSetting } from './set-setting.ts';
import { HOURS_KEY, hours } from './settings-args.ts';

const args = z.object({ value: hours.nullable(), expect: hours.nullable().optional() });

const SETTING: WholeSetting<z.output<typeof hours>> = {
  name: 'settings.setHours',
  key: HOURS_KEY,
  schema: hours,
};

/** Sets every version of the business hours (T5); null: there is no schedule. */
export const setHours = defineMutation({
  name: 'settings.setHours',
  args,
  role: 'lead',
  reads: () => readsSettings(HOURS_KEY),
  run: (rows, args) => setSetting(SETTING, rows, args),
  inverse: (rows, args) => unsetSetting(SETTING, rows, args),
  audit: ({ value }) => ({ action: 'settings.changed', detail: { key: HOURS_KEY, value } }),
});
