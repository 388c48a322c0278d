import type { Refusal } from '../../mutations/mutation.ts';
import type { Answer } from '../../protocol/rpc/contract.ts';
import type { Saved } from '../../protocol/rpc/status.ts';
import type { WhoResponse } from '../../protocol/sync.ts';
import type { DeskCore, NewCall } from '../desk-core.ts';

/** Asks the workspace whose change stands in a call's way; null where it cannot be asked, or nothing tells. */
export type AskWho = (call: Pick<NewCall, 'name' | 'args'>) => Promise<WhoResponse['by']>;

/** Whether the workspace knows all that this desk knows of a call's conversation: else its last change is not the one in the way. */
function isSettled({ outbox }: Pick<DeskCore, 'outbox'>, { args }: NewCall): boolean {
  const id: unknown =
    typeof args === 'object' && args !== null
      ? Object.getOwnPropertyDescriptor(args, 'conversationId')?.value
      : undefined;
  return outbox.entries().every(({ conversationId, outcome }) => outcome !== null || conversationId !== id);
}

function withWho(refusal: Refusal, by: NonNullable<WhoResponse['by']>): Refusal {
  return { ...refusal, detail: { ...refusal.detail, agentId: by.agentId, at: by.at } };
}

/**
 * A refusal of this desk's own copy, with whose change stands in the way and since when where the workspace can be asked (Y16):
 * the copy holds values, and no history of who set them. Everything else is passed on as it is, at once.
 */
export function naming(
  core: Pick<DeskCore, 'outbox'>,
  ask: AskWho,
  call: NewCall | null,
  answer: Answer<Saved>,
): Answer<Saved> | Promise<Answer<Saved>> {
  if (answer.ok || call === null || answer.refusal.type !== 'changedSince' || !isSettled(core, call))
    return answer;
  const { refusal } = answer;
  return ask(call).then((by) => (by === null ? answer : { ok: false, refusal: withWho(refusal, by) }));
}
