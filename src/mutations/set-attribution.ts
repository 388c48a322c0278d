import { z } from 'zod';
import { readsSettings } from './documents.ts';
import { ATTRIBUTION_KEY, attribution } from './insight-args.ts';
import { defineMutation } from './mutation.ts';
import { setSetting, unsetSetting, type WholeSetting } from './set-setting.ts';

const args = z.object({ value: attribution.nullable(), expect: attribution.nullable().optional() });

const SETTING: WholeSetting<z.output<typeof attribution>> = {
  name: 'settings.setAttribution',
  key: ATTRIBUTION_KEY,
  schema: attribution,
};

/** Says what makes an order a sale of the AI's on SMS, e-mail and WhatsApp (A1); null: no such sales. */
export const setAttribution = defineMutation({
  name: 'settings.setAttribution',
  args,
  role: 'lead',
  reads: () => readsSettings(ATTRIBUTION_KEY),
  run: (rows, args) => setSetting(SETTING, rows, args),
  inverse: (rows, args) => unsetSetting(SETTING, rows, args),
  audit: ({ value }) => ({ action: 'settings.changed', detail: { key: ATTRIBUTION_KEY, value } }),
});
