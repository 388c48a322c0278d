import { asId } from '../base/ids.ts';
import type { WhoRequest, WhoResponse } from '../protocol/sync.ts';
import type { Desk, PushDeps } from './push.ts';
import { prepareCall } from './push-run.ts';
import { lastInTheWay } from './who-changed.ts';

/**
 * Whose change stands in the way of a call that a desk's own copy refuses (Y4, Y16), from the conversation's history, which
 * desks do not hold. Runs nothing. A call that is wrong in form, or that its caller may not make, is told nothing.
 */
export async function who(deps: PushDeps, desk: Desk, request: WhoRequest): Promise<WhoResponse> {
  const now = deps.clock.now();
  const { name, args } = request;
  const prepared = prepareCall(deps.prepare, { mid: 1, name, args, madeAt: now }, desk, deps.log);
  if (!prepared.ok) return { by: null, now };
  const conversationId = prepared.reads.conversations[0] ?? null;
  const batch = { history: [], clientId: asId<'ClientId'>(request.clientId), agentId: desk.agentId };
  return { by: await lastInTheWay(deps.store, { name, args, conversationId }, batch), now };
}
