import { type AgentId, asId, type ConversationId } from '../../../src/base/ids.ts';
import type { Result } from '../../../src/base/result.ts';
import { refoldChanges } from '../../../src/domain/conversation-rows.ts';
import { DEFAULT_POLICY, type Fact, type HistoryEvent, type Policy } from '../../../src/domain/events.ts';
import type { Agent, Conversation, ReadMarker } from '../../../src/domain/model.ts';
import type { RowChange } from '../../../src/domain/rows.ts';
import { step } from '../../../src/domain/step.ts';
import type {
  InverseCall,
  LoadedRows,
  MutationContext,
  Reads,
  Refusal,
} from '../../../src/mutations/mutation.ts';
import { type MutationName, prepareMutation } from '../../../src/mutations/registry.ts';
import { ANA, BO, C1, DAWN, minute, Story } from '../domain/history.ts';
import { TableModel } from '../domain/table-model.ts';

export const CLEO = asId<'AgentId'>('cleo');

const AGENTS: readonly Agent[] = [
  { id: ANA, name: 'Ana', role: 'agent', active: true },
  { id: BO, name: 'Bo', role: 'lead', active: true },
  { id: CLEO, name: 'Cleo', role: 'agent', active: false },
];

/** Rows that throw when a mutation reads what its `reads` did not name (Y2). */
export function onlyNamed(rows: LoadedRows, reads: Reads): LoadedRows {
  const named = (holds: boolean | undefined, what: string): void => {
    if (holds !== true) throw new Error(`reads did not name ${what}`);
  };
  return {
    snapshot: (id) => {
      named(reads.conversations.includes(id), id);
      return rows.snapshot(id);
    },
    message: (id) => {
      named(reads.messages?.includes(id), id);
      return rows.message(id);
    },
    agent: (id) => {
      named(reads.agents?.includes(id), id);
      return rows.agent(id);
    },
    readMarker: (agentId, id) => {
      named(
        reads.readMarkers?.some(([a, c]) => a === agentId && c === id),
        `${agentId} ${id}`,
      );
      return rows.readMarker(agentId, id);
    },
    setting: (key) => {
      named(reads.settings?.includes(key), key);
      return rows.setting(key);
    },
    verdict: (id, agentId) => {
      named(
        reads.verdicts?.some(([c, a]) => c === id && a === agentId),
        `${agentId} ${id}`,
      );
      return rows.verdict(id, agentId);
    },
  };
}

export interface Ran {
  readonly result: Result<readonly RowChange[], Refusal>;
  /** The mutation that takes it back, from the rows before it ran. */
  readonly inverse: InverseCall | null;
}

/** A workspace in memory: the rows of one story, and agents who run mutations on them. */
export class Office {
  readonly model = new TableModel();
  readonly policy: Policy;
  /** Everything that has happened at the source. */
  readonly ingested: HistoryEvent[] = [];
  private received: number;

  constructor(story: Story = new Story(), policy: Policy = DEFAULT_POLICY) {
    this.policy = policy;
    this.received = story.events.length;
    this.ingested.push(...story.events);
    const { rows } = story.fold(undefined, policy);
    this.model.put('conversation', rows.conversation);
    this.model.apply(
      refoldChanges(
        {
          ...rows,
          cycles: [],
          handoffs: [],
          tags: [],
          products: [],
          fields: [],
          csat: [],
          metricEvents: [],
          followers: [],
          messages: [],
        },
        rows,
      ),
    );
    for (const agent of AGENTS) this.model.put('agent', agent);
  }

  context(at: number, actor: AgentId): MutationContext {
    this.received += 1;
    return {
      now: minute(at),
      actor: { id: actor, role: 'agent' },
      eventId: asId<'EventId'>(`z-${String(this.received).padStart(6, '0')}`),
      arrival: this.received,
      policy: this.policy,
    };
  }

  /** Runs a mutation at a minute, as Ana unless told, and takes over its changes. */
  run(name: MutationName, args: Record<string, unknown>, at: number, actor: AgentId = ANA): Ran {
    const prepared = prepareMutation(name, { conversationId: C1, ...args });
    if (!prepared.ok) return { result: prepared, inverse: null };
    const rows = onlyNamed(this.model, prepared.value.reads(actor));
    const inverse = prepared.value.inverse(rows, actor);
    const result = prepared.value.run(rows, this.context(at, actor));
    if (result.ok) this.model.apply(result.value);
    return { result, inverse };
  }

  /** Runs what must be accepted, and answers its changes. */
  do(
    name: MutationName,
    args: Record<string, unknown>,
    at: number,
    actor: AgentId = ANA,
  ): readonly RowChange[] {
    const { result } = this.run(name, args, at, actor);
    if (!result.ok) throw new Error(`${name} was refused: ${JSON.stringify(result.error)}`);
    return result.value;
  }

  /** Runs what must be refused, and answers why. */
  refusal(name: MutationName, args: Record<string, unknown>, at: number, actor: AgentId = ANA): Refusal {
    const { result } = this.run(name, args, at, actor);
    if (result.ok) throw new Error(`${name} was accepted`);
    return result.error;
  }

  /** Takes back what `ran` did. */
  undo(ran: Ran, at: number, actor: AgentId = ANA): Result<readonly RowChange[], Refusal> {
    if (ran.inverse === null) throw new Error('it has no inverse');
    return this.run(ran.inverse.name as MutationName, ran.inverse.args as Record<string, unknown>, at, actor)
      .result;
  }

  /** Something happens at the source. */
  ingest(at: number, fact: Fact): void {
    this.received += 1;
    const event: HistoryEvent = {
      id: asId<'EventId'>(`a-${String(this.received).padStart(6, '0')}`),
      conversationId: C1,
      at: minute(at),
      arrival: this.received,
      origin: 'source',
      fact,
    };
    this.ingested.push(event);
    this.model.apply(step(this.model.snapshot(C1), event, this.policy).changes);
  }

  /** All that its rows should be made of: what was ingested, and the history that mutations wrote. */
  events(): readonly HistoryEvent[] {
    const written = this.model.history().map(
      ({ id, conversationId, at, arrival, origin, fact }): HistoryEvent => ({
        id,
        conversationId,
        at,
        arrival,
        origin,
        fact: JSON.parse(fact) as Fact,
      }),
    );
    return [...this.ingested, ...written];
  }

  get conversation(): Conversation {
    const { conversation } = this.model.snapshot(C1);
    if (conversation === null) throw new Error('no conversation');
    return conversation;
  }

  marker(agentId: AgentId = ANA, id: ConversationId = C1): ReadMarker | null {
    return this.model.readMarker(agentId, id);
  }

  /** The facts that the history holds of desks, in order. */
  facts(): readonly unknown[] {
    return this.model.history().map((row) => JSON.parse(row.fact) as unknown);
  }
}

/** Handed over at 2 with the customer's message m1 before it; open since. */
export function openStory(): Story {
  return new Story().customer(1).escalated(2);
}

/** Handed over at 2, answered at 5, closed at 6 by Ana. */
export function closedStory(): Story {
  return openStory().agent(5).close(6);
}

/** Epoch milliseconds of a minute, as a wire carries them. */
export function wireMinute(minutes: number): number {
  return DAWN + minutes * 60_000;
}
