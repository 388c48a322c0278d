import { asId } from '../../../src/base/ids.ts';
import { ok } from '../../../src/base/result.ts';
import type { Conversation } from '../../../src/domain/model.ts';
import type { PrepareMutation } from '../../../src/workspace/push-run.ts';

type Args = Readonly<Record<string, unknown>>;

/** A mutation that went through on a conversation where it must not have. */
export interface Wrong {
  readonly rule: string;
  readonly what: string;
}

/** What must have stood before a mutation that went through: worked out from its arguments, apart from its code. */
function wrongWord(name: string, args: Args, before: Conversation, actorId: string): Wrong | null {
  const { assigneeId, priority, description, lastPublicId, lastCustomerMessageId } = before;
  const standing: Readonly<Record<string, string | null>> = {
    'conversation.setPriority': priority,
    'conversation.setDescription': description,
    'conversation.assign': assigneeId,
  };
  const expected = args['expect'];
  const stood = standing[name];
  if (stood !== undefined && expected !== undefined && expected !== stood)
    return { rule: 'Y16', what: `${name} went over ${stood ?? 'nothing'}` };
  if (name === 'conversation.take' && assigneeId !== null)
    if (assigneeId !== actorId && assigneeId !== (args['from'] ?? null))
      return { rule: 'S7', what: `${actorId} took ${before.id} from ${assigneeId}` };
  if (name === 'message.send' && args['offline'] === true && args['lastSeenMessageId'] !== lastPublicId)
    return { rule: 'Y11', what: `a reply to ${before.id} went out over ${lastPublicId ?? 'nothing'}` };
  if (name === 'conversation.close' && lastCustomerMessageId !== null)
    if (args['seenCustomerMessageId'] !== lastCustomerMessageId)
      return { rule: 'S6', what: `${before.id} was closed over ${lastCustomerMessageId}` };
  return null;
}

const WATCHED: readonly string[] = [
  'conversation.setPriority',
  'conversation.setDescription',
  'conversation.assign',
  'conversation.take',
  'conversation.close',
  'message.send',
];

/** Mutations as `prepare` makes them; `onWrong` hears of each that went through against its condition (S6, S7, Y11, Y16). */
export function watched(prepare: PrepareMutation, onWrong: (wrong: Wrong) => void): PrepareMutation {
  return (name, args) => {
    const prepared = prepare(name, args);
    if (!prepared.ok || !WATCHED.includes(name)) return prepared;
    const [id] = prepared.value.reads(asId('nobody')).conversations;
    if (id === undefined) return prepared;
    return ok({
      ...prepared.value,
      run: (rows, ctx) => {
        const before = rows.snapshot(id).conversation;
        const ran = prepared.value.run(rows, ctx);
        const wrong = ran.ok && before !== null ? wrongWord(name, args as Args, before, ctx.actor.id) : null;
        if (wrong !== null) onWrong(wrong);
        return ran;
      },
    });
  };
}
