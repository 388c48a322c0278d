import { must } from '../../../src/base/must.ts';
import { DAY } from '../../../src/base/time.ts';
import type { IngestEventInput } from '../../../src/protocol/ingest.ts';
import type { DeskContract } from '../../../src/protocol/rpc/contract.ts';
import type { Handlers } from '../../../src/protocol/rpc/handlers.ts';
import {
  escalated,
  hire,
  NEVER,
  openTestDesk,
  openWorld,
  START,
  type TestDesk,
  type World,
} from './world.ts';

/** A conversation that the AI resolved within a minute. */
function resolved(id: string, at: number): readonly IngestEventInput[] {
  const [started, asked] = escalated(id, at);
  const done: IngestEventInput = {
    id: `${id}-done`,
    at: at + 60_000,
    conversationId: id,
    type: 'conversation.resolved',
  };
  return [must(started, 'a start'), must(asked, 'a question'), done];
}

/** One open conversation, and one resolved on each of 5, 15, 25 … days before. */
export async function worldWithScope(agentDays: number | null): Promise<World> {
  const world = await openWorld();
  await world.workspace.importSettings({ scope: { agentDays } });
  const old = [5, 15, 25, 35, 45].flatMap((days) => resolved(`day-${days}`, START - days * DAY));
  await world.ingest(...escalated('open', START - 90 * DAY), ...old);
  return world;
}

/** An agent's desk on another machine than such a workspace. */
export async function scoped(agentDays: number | null = 20): Promise<{ world: World; ada: TestDesk }> {
  const world = await worldWithScope(agentDays);
  const ada = await openTestDesk(world, await hire(world, 'ada'), { remote: true });
  return { world, ada };
}

/** The conversations that a desk holds. */
export const idsOf = ({ desk }: TestDesk): readonly string[] =>
  desk.core.replica.db.preparePluck<string>('SELECT id FROM conversation ORDER BY id').all();

/** Asks a desk as a screen would. */
export function ask<M extends keyof DeskContract>(
  { desk }: TestDesk,
  method: M,
  input: Parameters<Handlers<DeskContract>[M]>[0],
) {
  return desk.handlers[method](input as never, NEVER);
}
