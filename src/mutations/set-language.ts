import { z } from 'zod';
import { readsSettings } from './documents.ts';
import { language } from './field-args.ts';
import { defineMutation } from './mutation.ts';
import { setSetting, unsetSetting, type WholeSetting } from './set-setting.ts';
import { LANGUAGE_KEY } from './settings-args.ts';

const args = z.object({ value: language.nullable(), expect: language.nullable().optional() });

const SETTING: WholeSetting<z.output<typeof language>> = {
  name: 'settings.setLanguage',
  key: LANGUAGE_KEY,
  schema: language,
};

/** Sets the workspace's default language (F2); null: English. */
export const setLanguage = defineMutation({
  name: 'settings.setLanguage',
  args,
  role: 'lead',
  reads: () => readsSettings(LANGUAGE_KEY),
  run: (rows, args) => setSetting(SETTING, rows, args),
  inverse: (rows, args) => unsetSetting(SETTING, rows, args),
  audit: ({ value }) => ({ action: 'settings.changed', detail: { key: LANGUAGE_KEY, value } }),
});
