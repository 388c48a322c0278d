import { nextFloat, nextInt, pick, type Rng } from '../../base/rng.ts';
import type { IngestEventInput } from '../../protocol/ingest.ts';
import type { Casting } from './plan.ts';
import type { ScenarioLine } from './scenario-data.ts';

type Unplaced<E> = E extends unknown ? Omit<E, 'id' | 'at' | 'conversationId'> : never;
/** An event of one conversation before it has an id and a time; texts may hold slots. */
export type Body = Unplaced<Exclude<IngestEventInput, { type: 'agent.known' | 'agent.statusChanged' }>>;

/** An event and how long after the previous one it comes, in milliseconds. */
export interface Step {
  readonly gap: number;
  readonly body: Body;
}

/** Who speaks in a draft: ids of the authors. */
export interface Voices {
  readonly customerId: string;
  readonly aiId: string;
  /** The human agent; null while nobody took it. */
  readonly agentId: string | null;
}

/** A conversation while it is being written: steps, and what the rhythm of the next one needs. */
export interface Draft {
  readonly steps: Step[];
  readonly rng: Rng;
  readonly channel: string;
  readonly voices: Voices;
  /** Which wordings belong together: those at even or those at odd places. */
  readonly thread: 0 | 1;
  /** How often each wording was used in the whole workspace, so that the least used comes next. */
  readonly used: Map<string, number>;
  messages: number;
  lastKind: 'customer' | 'ai' | 'agent' | 'note' | null;
}

const SECONDS = 1_000;
const MINUTES = 60_000;

/** Shortest and longest gap in milliseconds before a message, by channel and by who speaks after whom. */
type Pace = Readonly<Record<'customer' | 'ai' | 'agentFirst' | 'agent', readonly [number, number]>>;
const CHAT: Pace = {
  customer: [14 * SECONDS, 150 * SECONDS],
  ai: [3 * SECONDS, 13 * SECONDS],
  agentFirst: [2 * MINUTES, 75 * MINUTES],
  agent: [40 * SECONDS, 9 * MINUTES],
};
const MESSENGER: Pace = {
  customer: [30 * SECONDS, 14 * MINUTES],
  ai: [4 * SECONDS, 20 * SECONDS],
  agentFirst: [4 * MINUTES, 150 * MINUTES],
  agent: [MINUTES, 25 * MINUTES],
};
const MAIL: Pace = {
  customer: [20 * MINUTES, 260 * MINUTES],
  ai: [35 * SECONDS, 150 * SECONDS],
  agentFirst: [25 * MINUTES, 300 * MINUTES],
  agent: [20 * MINUTES, 180 * MINUTES],
};

function paceOf(channel: string): Pace {
  if (channel === 'email') return MAIL;
  return channel === 'web_chat' ? CHAT : MESSENGER;
}

/** A length between the two, short ones more often. */
export function shortish(rng: Rng, [from, to]: readonly [number, number]): number {
  return Math.round(from + (to - from) * nextFloat(rng) ** 2);
}

/** Starts a draft with nothing in it. */
export function newDraft(
  casting: Casting,
  channel: string,
  voices: Voices,
  used: Map<string, number>,
  rng: Rng,
): Draft {
  const { thread } = casting.opener;
  return { steps: [], rng, channel, voices, thread, used, messages: 0, lastKind: null };
}

/** Adds an event that is not a message. */
export function addStep(draft: Draft, gap: number, body: Body): void {
  draft.steps.push({ gap, body });
}

function gapBefore(draft: Draft, kind: 'customer' | 'ai' | 'agent' | 'note'): number {
  const pace = paceOf(draft.channel);
  if (kind === 'note') return shortish(draft.rng, [20 * SECONDS, 6 * MINUTES]);
  if (kind === 'customer') {
    const afterAgent = draft.lastKind === 'agent' && draft.channel === 'web_chat';
    return shortish(draft.rng, afterAgent ? [25 * SECONDS, 12 * MINUTES] : pace.customer);
  }
  if (kind === 'ai') return shortish(draft.rng, pace.ai);
  const agentSpoke = draft.steps.some(
    ({ body }) => body.type === 'message.posted' && body.author.kind === 'agent' && body.note !== true,
  );
  return shortish(draft.rng, agentSpoke ? pace.agent : pace.agentFirst);
}

function authorOf(draft: Draft, kind: 'customer' | 'ai' | 'agent' | 'note') {
  if (kind === 'customer') return { kind: 'customer', id: draft.voices.customerId } as const;
  if (kind === 'ai') return { kind: 'ai', id: draft.voices.aiId } as const;
  if (draft.voices.agentId === null) throw new Error('invariant broken: an agent speaks whom nobody cast');
  return { kind: 'agent', id: draft.voices.agentId } as const;
}

const KINDS = { c: 'customer', ai: 'ai', a: 'agent', n: 'note' } as const;

/** The kind of author a line speaks with. */
export function kindOf([who]: ScenarioLine): 'customer' | 'ai' | 'agent' | 'note' {
  if (who.startsWith('ai')) return 'ai';
  return who.startsWith('c') ? KINDS.c : who.startsWith('a') ? KINDS.a : KINDS.n;
}

/** Adds a text as one message, or as several sent one right after another. */
export function addText(draft: Draft, kind: 'customer' | 'ai' | 'agent' | 'note', text: string): void {
  text.split(' // ').forEach((part, index) => {
    const gap = index === 0 ? gapBefore(draft, kind) : nextInt(draft.rng, 2 * SECONDS, 11 * SECONDS);
    draft.messages += 1;
    addStep(draft, draft.steps.length === 0 ? 0 : gap, {
      type: 'message.posted',
      messageId: `m${String(draft.messages).padStart(3, '0')}`,
      author: authorOf(draft, kind),
      ...(kind === 'note' ? { note: true } : {}),
      text: part,
    });
  });
  draft.lastKind = kind === 'note' ? draft.lastKind : kind;
}

/** The least used wording of the draft's thread, or of all where the thread has none. */
export function pickWording(draft: Draft, wordings: readonly string[]): string {
  const own = wordings.filter((_wording, index) => index % 2 === draft.thread);
  const fitting = own.length > 0 ? own : wordings;
  const usesOf = (wording: string): number => draft.used.get(wording) ?? 0;
  const least = Math.min(...fitting.map(usesOf));
  const chosen = pick(
    draft.rng,
    fitting.filter((wording) => usesOf(wording) === least),
  );
  draft.used.set(chosen, least + 1);
  return chosen;
}

/** Plays a line: a wording is chosen, a line with `?` is left out in four of ten cases. Says whether it was played. */
export function addLine(draft: Draft, scriptLine: ScenarioLine): boolean {
  const [who, ...wordings] = scriptLine;
  if (who.endsWith('?') && nextFloat(draft.rng) < 0.4) return false;
  addText(draft, kindOf(scriptLine), pickWording(draft, wordings));
  return true;
}
