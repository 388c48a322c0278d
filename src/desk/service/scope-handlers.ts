import { asId } from '../../base/ids.ts';
import { EVERYTHING } from '../../domain/desk-scope.ts';
import { type Handlers, WireFailure } from '../../protocol/rpc/handlers.ts';
import type { scopeMethods } from '../../protocol/rpc/scope.ts';
import type { DeskCore } from '../desk-core.ts';

/** What the scope needs of a desk. */
export interface ScopeDeps {
  readonly core: Pick<DeskCore, 'part'>;
  readonly link: { kick(): void };
}

/** Null: the desk holds everything from a moment on. Otherwise why there is no figure; a range is then being fetched. */
export type FigureGuard = (from: number) => WireFailure | null;

/**
 * Never a figure over a part (Y9): what a range needs is fetched by itself, and stays. All there is may be years: for that
 * somebody has to ask.
 */
export function figureGuard({ core: { part }, link }: ScopeDeps): FigureGuard {
  return (from) => {
    if (part.holds(from)) return null;
    if (from > EVERYTHING && part.reachBack(from)) link.kick();
    return new WireFailure({ type: 'notHeld', detail: { from, since: part.state().since } });
  };
}

/** Answers what this desk holds, and fetches more. */
export function scopeHandlers({ core: { part }, link }: ScopeDeps): Handlers<typeof scopeMethods> {
  return {
    'scope.state': () => part.state(),
    'scope.reach': ({ from }) => {
      if (part.reachBack(from)) link.kick();
      return part.state();
    },
    'scope.conversation': ({ conversationId }) => {
      const found = part.find(asId<'ConversationId'>(conversationId));
      if (found === 'coming') link.kick();
      return found;
    },
  };
}
