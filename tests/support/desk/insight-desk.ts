import type { AgentId } from '../../../src/base/ids.ts';
import type { IngestEventInput } from '../../../src/protocol/ingest.ts';
import type { DeskContract } from '../../../src/protocol/rpc/contract.ts';
import { WireFailure } from '../../../src/protocol/rpc/handlers.ts';
import type { InputOf, OutputOf } from '../../../src/protocol/rpc/method.ts';
import { customerWrites, hire, NEVER, openTestDesk, type TestDesk, type World } from './world.ts';

type InsightMethod = Extract<keyof DeskContract, `insight.${string}`>;

/** What a desk answers, refusals included. */
export async function raw<M extends InsightMethod>(
  desk: TestDesk,
  method: M,
  input: InputOf<DeskContract[M]>,
) {
  const handler: (typeof desk.desk.handlers)[M] = desk.desk.handlers[method];
  return handler(input, NEVER);
}

/** What a desk answers; throws where it refuses. */
export async function ask<M extends InsightMethod>(
  desk: TestDesk,
  method: M,
  input: InputOf<DeskContract[M]>,
): Promise<OutputOf<DeskContract[M]>> {
  const answer = await raw(desk, method, input);
  if (answer instanceof WireFailure) throw new Error(answer.error.type);
  return answer;
}

export const HOUR = 3_600_000;

/** A conversation that starts, is asked, and is handed over for a reason. */
export function handedOver(
  id: string,
  at: number,
  reasonCode: string | null = 'policy',
): readonly IngestEventInput[] {
  return [
    {
      id: `${id}-1`,
      at,
      conversationId: id,
      type: 'conversation.started',
      channel: 'web_chat',
      initialSkill: 'orders',
      profile: { id: `k-${id}`, name: `Name ${id}`, email: `${id}@example.com` },
    },
    customerWrites(id, `${id}-m`, at + 1, 'Where is it?'),
    {
      id: `${id}-3`,
      at: at + 2,
      conversationId: id,
      type: 'conversation.escalated',
      reasonCode,
      reason: 'It may not say',
      tags: ['refund'],
    },
  ];
}

/** A lead's desk on a world. */
export async function deskOn(world: World, name = 'ada'): Promise<TestDesk & { readonly agentId: AgentId }> {
  const agentId = await hire(world, name, 'lead');
  return { ...(await openTestDesk(world, agentId)), agentId };
}
