import { ownVisibilityKey } from '../domain/fields/visibility.ts';
import { readsSettings } from './documents.ts';
import { defineMutation } from './mutation.ts';
import { choose, unchoose, visibilityArgs } from './visibility.ts';

/** An agent shows or hides a field for themselves (C6, F4). */
export const setOwnVisibility = defineMutation({
  name: 'visibility.setOwn',
  args: visibilityArgs,
  role: 'agent',
  reads: (_args, actorId) => readsSettings(ownVisibilityKey(actorId)),
  run: (rows, args, ctx) => choose(rows, ownVisibilityKey(ctx.actor.id), args),
  inverse: (rows, args, actorId) => unchoose(rows, 'visibility.setOwn', ownVisibilityKey(actorId), args),
});
