import { z } from 'zod';
import { NO_CHANGES } from './history.ts';
import { defineMutation } from './mutation.ts';

/** What a recalled message becomes, so that `mid`s stay gapless (Y12). */
export const noop = defineMutation({
  name: 'noop',
  args: z.object({}),
  role: 'agent',
  reads: () => ({ conversations: [] }),
  run: () => NO_CHANGES,
  inverse: () => null,
});
