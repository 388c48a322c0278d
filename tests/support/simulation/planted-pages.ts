import { ok } from '../../../src/base/result.ts';
import type { DeskCore } from '../../../src/desk/desk-core.ts';
import type { Replica } from '../../../src/desk/replica/replica.ts';
import { patch, type Plant, targetWith } from './plant.ts';

/** Runs one step of a target while the view is not derived again from the outbox. */
function underived<T>({ replica }: DeskCore, step: () => T): T {
  const { start } = replica;
  patch(replica, 'start', () => replica.apply([], {}));
  try {
    return step();
  } finally {
    patch(replica, 'start', start.bind(replica));
  }
}

/** Forgets where pages were read after any pull, wherever it led. */
function forgettingSeen(replica: Replica, step: () => boolean): boolean {
  const isDone = step();
  const { bootstrap } = replica.state();
  if (bootstrap.seen !== null) replica.setState({ bootstrap: { ...bootstrap, seen: null } });
  return isDone;
}

/** Bugs of the bootstrap and of what follows a restored backup: where pages were read, what is offered and shown again. */
export const PLANTED_PAGES: readonly Plant[] = [
  {
    name: 'an answer to an old pull ends the asking about the pages of a bootstrap',
    target: (core) =>
      targetWith(core, { follow: (changes) => forgettingSeen(core.replica, () => core.follow(changes)) }),
  },
  {
    name: 'pages of a history that was taken back are followed',
    workspace: (workspace) => ({
      ...workspace,
      bootstrap: async (desk, body) => {
        const answer = await workspace.bootstrap(desk, body);
        if (!answer.ok || answer.value.rewritten === undefined) return answer;
        const { rewritten: _, ...page } = answer.value;
        return ok(page);
      },
    }),
  },
  {
    name: 'pending work that needs no row is not shown in an emptied replica',
    target: (core) => targetWith(core, { clearSome: () => underived(core, () => core.clearSome()) }),
  },
  {
    name: 'what a restored workspace forgot is offered again and not shown',
    target: (core) =>
      targetWith(core, {
        follow: (changes) => underived(core, () => core.follow(changes)),
        beginPage: (page) => underived(core, () => core.beginPage(page)),
      }),
  },
];
