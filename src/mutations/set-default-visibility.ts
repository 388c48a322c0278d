import { VISIBILITY_KEY } from '../domain/fields/visibility.ts';
import { readsSettings } from './documents.ts';
import { defineMutation } from './mutation.ts';
import { choose, unchoose, visibilityArgs } from './visibility.ts';

/** A lead shows or hides a field for everybody who did not choose for themselves (C6, F4). */
export const setDefaultVisibility = defineMutation({
  name: 'visibility.setDefault',
  args: visibilityArgs,
  role: 'lead',
  reads: () => readsSettings(VISIBILITY_KEY),
  run: (rows, args) => choose(rows, VISIBILITY_KEY, args),
  inverse: (rows, args) => unchoose(rows, 'visibility.setDefault', VISIBILITY_KEY, args),
  audit: ({ field, visible }) => ({ action: 'visibility.changed', detail: { field, visible } }),
});
