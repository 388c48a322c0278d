import { asId } from '../../../src/base/ids.ts';
import { ok } from '../../../src/base/result.ts';
import type { PrepareMutation } from '../../../src/workspace/push-run.ts';
import type { Plant } from './plant.ts';

type Args = Readonly<Record<string, unknown>>;

/** A workspace that runs mutations of one name with other arguments than those that were pushed. */
function argsWith(
  names: readonly string[],
  change: (args: Args) => Args,
): (prepare: PrepareMutation) => PrepareMutation {
  return (prepare) => (name, args) => prepare(name, names.includes(name) ? change(args as Args) : args);
}

/** A close that takes whatever stands for what its agent saw. */
function blindClose(prepare: PrepareMutation): PrepareMutation {
  return (name, args) => {
    const prepared = prepare(name, args);
    if (!prepared.ok || name !== 'conversation.close') return prepared;
    const id = asId<'ConversationId'>(String((args as Args)['conversationId']));
    return ok({
      ...prepared.value,
      run: (rows, ctx) => {
        const seenCustomerMessageId = rows.snapshot(id).conversation?.lastCustomerMessageId ?? null;
        const blind = prepare(name, { ...(args as Args), seenCustomerMessageId });
        return blind.ok ? blind.value.run(rows, ctx) : blind;
      },
    });
  };
}

/** Bugs of words that are conditional on what their author saw. */
export const PLANTED_WORDS: readonly Plant[] = [
  {
    name: 'a reply written offline goes out whatever was said meanwhile',
    prepare: argsWith(['message.send'], (args) => ({ ...args, offline: false })),
  },
  { name: 'a close closes over a message that its agent did not see', prepare: blindClose },
  {
    name: 'the last word wins whatever its author saw',
    prepare: argsWith(
      ['conversation.setPriority', 'conversation.setDescription', 'conversation.assign'],
      (args) => ({ ...args, expect: undefined }),
    ),
  },
];
