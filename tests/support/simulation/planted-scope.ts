import { ok } from '../../../src/base/result.ts';
import { DAY } from '../../../src/base/time.ts';
import type { HeldFrom } from '../../../src/domain/desk-scope.ts';
import type { PullRequest } from '../../../src/protocol/sync.ts';
import type { Plant } from './plant.ts';

function furtherBack(held: HeldFrom | null): HeldFrom | null {
  return held === null ? null : { ...held, at: held.at - 75 * DAY };
}

/** What goes wrong with desks that hold a part (Y9). */
export const PLANTED_SCOPE: readonly Plant[] = [
  {
    name: 'a step back claims more than it brought',
    workspace: (workspace) => ({
      ...workspace,
      pull: async (desk, body) => {
        const answer = await workspace.pull(desk, body);
        if (!answer.ok || answer.value.kind !== 'changes' || answer.value.scope === undefined) return answer;
        const { scope } = answer.value;
        return ok({ ...answer.value, scope: { ...scope, held: furtherBack(scope.held) } });
      },
    }),
  },
  {
    name: 'a changed conversation that a desk does not hold comes in half',
    workspace: (workspace) => ({
      ...workspace,
      pull: (desk, body) => {
        // The body is the desk's own, checked by the workspace it goes to.
        const { scope, ...changes } = body as PullRequest;
        const isOnlyFollowing = scope !== undefined && scope.reach === undefined && scope.ids.length === 0;
        return workspace.pull(desk, isOnlyFollowing ? changes : body);
      },
    }),
  },
];
