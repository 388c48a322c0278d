import { createHash, type Hash, hash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { RowChange, TableName } from '../../domain/rows.ts';
import { keyOfRow, rowToWire, type WireValue } from '../../protocol/tables.ts';
import type { Identity, SentRow } from './store.ts';

/** The chain before the first commit (Y6). */
export function genesisChain(identity: Identity): string {
  return hash('sha256', `handoff-log-1\n${identity.workspaceId}`);
}

/** chain_n = sha256(chain_{n-1} ‖ digest_n): two logs that differ anywhere differ from there on (Y6). */
export function nextChain(chain: string, digest: string): string {
  return hash('sha256', chain + digest);
}

/** The checksum of a row's text, stored beside it: finds flipped bits, promises nothing against an attacker. */
export function checksum(text: string): number {
  return crc32(text);
}

/** The digests of rows as they go to a desk: of each one's JSON text, as `checksum` makes it. */
export function rowSums(rows: readonly (readonly WireValue[])[]): number[] {
  return rows.map((values) => checksum(JSON.stringify(values)));
}

/** A row as it goes to a desk. */
export function sentRow(values: readonly WireValue[]): SentRow {
  return { values, sum: checksum(JSON.stringify(values)) };
}

/** One change as the store writes and hashes it. */
export interface WireChange {
  readonly table: TableName;
  readonly op: 'put' | 'delete';
  /** A put's values in column order, a delete's key. */
  readonly values: readonly WireValue[];
  /** JSON of `values`. */
  readonly text: string;
}

/** The form of a change that is hashed: the same bytes for every store. */
export function wireChange(change: RowChange): WireChange {
  const values: readonly WireValue[] = change.op === 'put' ? rowToWire(change.table, change.row) : change.key;
  return { table: change.table, op: change.op, values, text: JSON.stringify(values) };
}

/** Collects the digest of one commit over the rows it really changed, in their order. */
export class CommitDigest {
  count = 0;
  private sum: Hash | null = null;
  private text = '';

  add(change: WireChange): void {
    this.text += `${change.table} ${change.op} ${change.text}\n`;
    this.count += 1;
    if (this.text.length < AT_ONCE) return;
    this.sum ??= createHash('sha256');
    this.sum.update(this.text);
    this.text = '';
  }

  /** Hex; call once. */
  end(): string {
    return this.sum === null ? hash('sha256', this.text) : this.sum.update(this.text).digest('hex');
  }
}

/** Hashed in one piece up to this many UTF-16 code units, as nearly every commit is: a third of the time of one piece a row. */
const AT_ONCE = 65_536;

/** A key as text, one for each key of a table. Most are one id. */
export function keyId(key: readonly WireValue[]): string {
  return key.length === 1 ? String(key[0]) : JSON.stringify(key);
}

/** The key a change is about, as text. */
export function changeKey(change: RowChange): string {
  const key = change.op === 'put' ? keyOfRow(change.table, change.row) : change.key;
  return `${change.table} ${keyId(key)}`;
}

/** Leaves the last change of each key, in the order of the keys' last changes: what a transaction has to write. */
export function lastChanges(changes: readonly RowChange[]): readonly RowChange[] {
  if (changes.length < 2) return changes;
  const byKey = new Map<string, RowChange>();
  for (const change of changes) {
    const key = changeKey(change);
    if (byKey.has(key)) byKey.delete(key);
    byKey.set(key, change);
  }
  return byKey.size === changes.length ? changes : [...byKey.values()];
}
