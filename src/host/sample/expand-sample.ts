import { nextFloat, type Rng, seededRng } from '../../base/rng.ts';
import type { EpochMillis } from '../../base/time.ts';
import type { Role } from '../../domain/model.ts';
import type { IngestEventInput } from '../../protocol/ingest.ts';
import { Customers } from './cast.ts';
import { csatEvents } from './csat-part.ts';
import { SAMPLE_SPAN } from './place.ts';
import { type Casting, planConversations } from './plan.ts';
import type { SampleAgent, SampleData } from './scenario-data.ts';
import { type Written, writeConversation } from './write-conversation.ts';

/** How far the local user has read one conversation; the ingest format has no event for it. */
export interface SampleRead {
  readonly agentId: string;
  readonly conversationId: string;
  /** Epoch milliseconds. */
  readonly readThroughAt: number;
}

/** A living workspace: its agents (the local user first), its events in the order they happened, what was read. */
export interface SampleWorkspace {
  readonly agents: readonly { readonly id: string; readonly name: string; readonly role: Role }[];
  readonly events: readonly IngestEventInput[];
  readonly reads: readonly SampleRead[];
}

const pad = (value: number, width: number): string => String(value).padStart(width, '0');

/** Gives the steps their ids and times; two events of one conversation are never at the same moment. */
function toEvents({ steps, start }: Written, conversationId: string): IngestEventInput[] {
  let at = start - 1;
  return steps.map(({ gap, body }, index) => {
    at += Math.max(1, gap);
    const place = { id: `${conversationId}-e${pad(index + 1, 3)}`, at, conversationId };
    if (body.type !== 'message.posted') return { ...body, ...place };
    return { ...body, ...place, messageId: `${conversationId}-${body.messageId}` };
  });
}

/** How likely the local user has read it: their own nearly always, closed ones too, new ones often not. */
function readChance({ stage }: Casting): number {
  if (stage === null) return 0;
  if (stage.state !== 'open') return 0.92;
  if (stage.owner === 'me') return 0.6;
  return stage.owner === 'none' ? 0.3 : 0.45;
}

function readOf(
  written: Written,
  events: readonly IngestEventInput[],
  me: SampleAgent,
  rng: Rng,
): SampleRead[] {
  const messages = events.filter((event) => event.type === 'message.posted');
  const last = messages.at(-1);
  const before = messages.at(-3);
  const read =
    nextFloat(rng) < readChance(written.casting) ? last : nextFloat(rng) < 0.4 ? before : undefined;
  if (written.casting.stage === null || read === undefined || typeof read.at !== 'number') return [];
  return [{ agentId: me.id, conversationId: read.conversationId, readThroughAt: read.at }];
}

/**
 * Writes the sample workspace from its scenarios: the same data, `now` and seed give the same workspace.
 * Every event lies in the 28 days before `now`; only the ends of snoozes lie after it.
 */
export function expandSample(
  data: SampleData,
  { now, seed }: { readonly now: EpochMillis; readonly seed: number },
): SampleWorkspace {
  const rng = seededRng(seed);
  const customers = new Customers(data, rng);
  const used = new Map<string, number>();
  const agents = data.people.agents;
  const [me] = agents;
  if (me === undefined) throw new Error('invariant broken: the sample has no agents');
  const written = planConversations(data.files, rng)
    .map((casting) => writeConversation(data, casting, customers, used, now, rng))
    .sort((a, b) => a.start - b.start);
  const threads = written.map((one, index) => toEvents(one, `sample-${pad(index + 1, 3)}`));
  const asked = threads.flatMap((events, index) => {
    const language = written[index]?.casting.language ?? 'en';
    // Each from a seed of its own: what customers answered changes nothing else.
    return csatEvents(data, { events, language }, now, seededRng(seed + index + 1));
  });
  const known = agents.map(({ id, name }) => ({
    type: 'agent.known' as const,
    id: `sample-${id}`,
    at: now - SAMPLE_SPAN,
    agentId: id,
    name,
  }));
  const happened = [...threads.flat(), ...asked].sort((a, b) => Number(a.at) - Number(b.at));
  return {
    agents: agents.map(({ id, name, role }) => ({ id, name, role })),
    events: [...known, ...happened],
    reads: written.flatMap((one, index) => readOf(one, threads[index] ?? [], me, rng)),
  };
}
