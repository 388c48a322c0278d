import type { TableName } from '../../domain/rows.ts';
import type { Reads } from '../../mutations/mutation.ts';
import { type ReplicatedTable, TABLES, type WireValue } from '../../protocol/tables.ts';

/**
 * A scope is the smallest group of rows that a mutation reads and writes together: a conversation's id for all its rows,
 * `table:key` for a row of none. A change in one scope cannot alter a mutation of another (Y7).
 */
export type Scope = string;

/** Rows that every mutation may depend on: who acts and what the policy is. A change there re-runs everything. */
export const SHARED_TABLES: readonly TableName[] = ['agent', 'setting'];

/** The scopes that a mutation with these reads belongs to. */
export function scopesOfReads(reads: Reads): readonly Scope[] {
  const scopes = new Set<Scope>(reads.conversations);
  for (const id of reads.messages ?? []) scopes.add(messageScope(id));
  for (const [, conversationId] of reads.readMarkers ?? []) scopes.add(conversationId);
  for (const [conversationId] of reads.verdicts ?? []) scopes.add(conversationId);
  for (const key of reads.settings ?? []) scopes.add(settingScope(key));
  return [...scopes];
}

/** A message named by its id alone, for mutations that read it from outside its conversation. */
export function messageScope(messageId: string): Scope {
  return `message:${messageId}`;
}

/** Whether a scope is a message's. */
export function isMessageScope(scope: Scope): boolean {
  return scope.startsWith('message:');
}

/** A setting named by its key. */
export function settingScope(key: string): Scope {
  return `setting:${key}`;
}

/** The scope of a whole row on the wire. */
export function scopeOfRow(table: ReplicatedTable, values: readonly WireValue[]): Scope {
  const index = SCOPE_INDEX[table];
  return index < 0 ? `${table}:${String(values[0])}` : String(values[index]);
}

/** The scope of a row by its key alone; null where the key does not name the conversation (messages). */
export function scopeOfKey(table: ReplicatedTable, key: readonly WireValue[]): Scope | null {
  const index = KEY_SCOPE_INDEX[table];
  if (index >= 0) return String(key[index]);
  return SCOPE_INDEX[table] >= 0 ? null : `${table}:${String(key[0])}`;
}

/**
 * All scopes that must be rebased together once `changed` have new base rows: mutations that share a scope are linked,
 * and a link is followed to its end. Only scopes of pending mutations and `changed` itself come back.
 */
export function affectedScopes(
  pending: readonly { readonly scopes: readonly Scope[] }[],
  changed: ReadonlySet<Scope>,
): ReadonlySet<Scope> {
  const affected = new Set(changed);
  const linking = pending.filter((call) => call.scopes.length > 1);
  for (let grew = linking.length > 0; grew; ) {
    grew = false;
    for (const { scopes } of linking) {
      if (!scopes.some((scope) => affected.has(scope))) continue;
      for (const scope of scopes) {
        if (affected.has(scope)) continue;
        affected.add(scope);
        grew = true;
      }
    }
  }
  return affected;
}

function columnOf(table: ReplicatedTable, columns: readonly string[]): number {
  return columns.indexOf(table === 'conversation' ? 'id' : 'conversationId');
}

/** Where each table's rows and keys name their conversation; -1 where they do not. */
const SCOPE_INDEX = indexes((table) => columnOf(table, TABLES[table].columns));
const KEY_SCOPE_INDEX = indexes((table) => columnOf(table, TABLES[table].key));

function indexes(of: (table: ReplicatedTable) => number): Readonly<Record<ReplicatedTable, number>> {
  return {
    setting: of('setting'),
    agent: of('agent'),
    customer: of('customer'),
    conversation: of('conversation'),
    cycle: of('cycle'),
    handoff: of('handoff'),
    tag: of('tag'),
    product: of('product'),
    follower: of('follower'),
    fieldValue: of('fieldValue'),
    csat: of('csat'),
    metricEvent: of('metricEvent'),
    verdict: of('verdict'),
    readMarker: of('readMarker'),
    shopOrder: of('shopOrder'),
    message: of('message'),
  };
}
