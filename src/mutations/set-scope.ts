import { z } from 'zod';
import { SCOPE_KEY } from '../domain/desk-scope.ts';
import { readsSettings } from './documents.ts';
import { defineMutation } from './mutation.ts';
import { setSetting, unsetSetting, type WholeSetting } from './set-setting.ts';
import { scope } from './settings-args.ts';

const args = z.object({ value: scope.nullable(), expect: scope.nullable().optional() });

const SETTING: WholeSetting<z.output<typeof scope>> = {
  name: 'settings.setScope',
  key: SCOPE_KEY,
  schema: scope,
};

/** Says how much agents' desks copy by themselves (Y9); null: everything. */
export const setScope = defineMutation({
  name: 'settings.setScope',
  args,
  role: 'admin',
  reads: () => readsSettings(SCOPE_KEY),
  run: (rows, args) => setSetting(SETTING, rows, args),
  inverse: (rows, args) => unsetSetting(SETTING, rows, args),
  audit: ({ value }) => ({ action: 'settings.changed', detail: { key: SCOPE_KEY, value } }),
});
