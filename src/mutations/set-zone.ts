import { z } from 'zod';
import { readsSettings } from './documents.ts';
import { defineMutation } from './mutation.ts';
import { setSetting, unsetSetting, type WholeSetting } from './set-setting.ts';
import { ZONE_KEY, zone } from './settings-args.ts';

const args = z.object({ value: zone.nullable(), expect: zone.nullable().optional() });

const SETTING: WholeSetting<z.output<typeof zone>> = {
  name: 'settings.setZone',
  key: ZONE_KEY,
  schema: zone,
};

/** Sets the account's time zone (O2); null unsets it. */
export const setZone = defineMutation({
  name: 'settings.setZone',
  args,
  role: 'lead',
  reads: () => readsSettings(ZONE_KEY),
  run: (rows, args) => setSetting(SETTING, rows, args),
  inverse: (rows, args) => unsetSetting(SETTING, rows, args),
  audit: ({ value }) => ({ action: 'settings.changed', detail: { key: ZONE_KEY, value } }),
});
