import type { EpochMillis } from '../../base/time.ts';
import type { Conversation, Csat, Customer, FieldValue, Message, Role, Tag } from '../../domain/model.ts';
import type { FieldDefinition } from '../../domain/fields/definition.ts';
import type { ExportDay } from '../../domain/exports/policy.ts';
import type { CycleTimings, Timings, TimingRules } from '../../domain/timings/timings.ts';
import type { Labels } from './labels.ts';

/** One conversation with everything that an export says of it. */
export interface ExportedConversation {
  readonly conversation: Conversation;
  readonly customer: Customer | null;
  readonly tags: readonly Tag[];
  readonly fields: readonly FieldValue[];
  readonly cycles: readonly CycleTimings[];
  /** The current cycle's (T9). */
  readonly timings: Timings;
  /** By cycle. */
  readonly csat: readonly Csat[];
}

export interface ExportedMessage {
  readonly message: Message;
  readonly customerName: string | null;
}

/** How much of who the customers are goes into an export: an agent gets no addresses and numbers. */
export type Identity = 'full' | 'name';

/** What a role may take along of the customers' identity. */
export function identityOf(role: Role): Identity {
  return role === 'agent' ? 'name' : 'full';
}

/** What the tables of one export are made with. */
export interface ReportContext {
  readonly labels: Labels;
  readonly agentNames: ReadonlyMap<string, string>;
  /** The active ones, in their order. */
  readonly fields: readonly FieldDefinition[];
  readonly identity: Identity;
  readonly rules: TimingRules;
}

/** The latest answered survey: what `profile.csat` means (Q6); null when none was answered. */
export function latestAnswer(csat: readonly Csat[]): Csat | null {
  let latest: Csat | null = null;
  for (const row of csat)
    if (row.score !== null && (latest === null || row.ordinal > latest.ordinal)) latest = row;
  return latest;
}

/** The survey of the latest cycle that was asked or scored; null when none was. */
export function latestSurvey(csat: readonly Csat[]): Csat | null {
  let latest: Csat | null = null;
  for (const row of csat) if (latest === null || row.ordinal > latest.ordinal) latest = row;
  return latest;
}

/** Moments of a range: from the first, before the last. */
export interface ExportRange {
  readonly by: ExportDay;
  readonly from: EpochMillis | null;
  readonly to: EpochMillis | null;
}
