import { z } from 'zod';
import { ok } from '../base/result.ts';
import { readsSettings, settingChanges } from './documents.ts';
import { refuse } from './history.ts';
import { defineMutation } from './mutation.ts';
import { ADDRESS_KEY, address, addressOfSetting, addressSetting } from './public-address.ts';

const args = z.object({
  /** Null: customers reach nothing, and surveys stay (Q5). */
  url: address.nullable(),
  /** The address that must still stand (Y16); absent: whatever it is. */
  expect: address.nullable().optional(),
});

/** Says where customers reach the workspace's pages (C11). */
export const setPublicAddress = defineMutation({
  name: 'address.set',
  args,
  role: 'admin',
  reads: () => readsSettings(ADDRESS_KEY),
  run: (rows, { url, expect }) => {
    const standing = addressOfSetting(rows.setting(ADDRESS_KEY)?.value ?? null);
    if (expect !== undefined && expect !== (standing?.url ?? null)) return refuse('changedSince');
    const value = url === null ? null : addressSetting({ url, by: 'admin' });
    return ok(settingChanges(rows.setting(ADDRESS_KEY), ADDRESS_KEY, value));
  },
  inverse: (rows, { url }) => {
    const standing = addressOfSetting(rows.setting(ADDRESS_KEY)?.value ?? null);
    if ((standing?.url ?? null) === url) return null;
    return { name: 'address.set', args: { url: standing?.url ?? null, expect: url } };
  },
  audit: ({ url }) => ({ action: 'address.set', detail: { url } }),
});
