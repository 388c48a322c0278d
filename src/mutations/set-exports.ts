import { z } from 'zod';
import { EXPORTS_KEY } from '../domain/exports/policy.ts';
import { readsSettings } from './documents.ts';
import { exportPolicy } from './export-args.ts';
import { defineMutation } from './mutation.ts';
import { setSetting, unsetSetting, type WholeSetting } from './set-setting.ts';

const args = z.object({ value: exportPolicy.nullable(), expect: exportPolicy.nullable().optional() });

const SETTING: WholeSetting<z.output<typeof exportPolicy>> = {
  name: 'settings.setExports',
  key: EXPORTS_KEY,
  schema: exportPolicy,
};

/** Says who may export and whether a reason is asked for; null: the default. */
export const setExports = defineMutation({
  name: 'settings.setExports',
  args,
  role: 'admin',
  reads: () => readsSettings(EXPORTS_KEY),
  run: (rows, args) => setSetting(SETTING, rows, args),
  inverse: (rows, args) => unsetSetting(SETTING, rows, args),
  audit: ({ value }) => ({ action: 'settings.changed', detail: { key: EXPORTS_KEY, value } }),
});
