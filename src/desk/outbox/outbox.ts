import { asId, type ClientId, type ConversationId } from '../../base/ids.ts';
import { type EpochMillis, epochMillis } from '../../base/time.ts';
import type { IdSource } from '../../base/uuid.ts';
import type { Outcome } from '../../protocol/sync.ts';
import type { Database } from '../../sqlite/database.ts';
import { type AttentionItem, type AttentionTable, attentionTable } from './attention.ts';
import { checksum } from './checksum.ts';
import { type DraftKind, type DraftTable, draftTable } from './drafts.ts';
import { EntryTable } from './entries.ts';
import { type Entry, emptied, NOOP, type OutboxEntry } from './entry.ts';
import { type MergeItem, type MergeTable, mergeTable } from './merges.ts';
import { type PreferenceTable, preferenceTable } from './preferences.ts';
import { type UndoableEntry, undoChains } from './undo-chains.ts';

/** A text to leave in the composer in the same commit as a change of the outbox. */
export interface DraftChange {
  readonly conversationId: ConversationId;
  readonly kind: DraftKind;
  /** Empty removes it. */
  readonly text: string;
  readonly at: EpochMillis;
}

/** What a new entry takes with it. */
export interface Used {
  readonly draft: DraftChange | null;
  /** The attention item that it answers. */
  readonly settles: number | null;
}

const NOTHING_USED: Used = { draft: null, settles: null };

/**
 * All that exists only on this desk (Y1), over a file whose commits survive a power cut. What changes something is durable
 * when it returns. Entries waiting are few, so they are kept in memory beside the file.
 */
export class Outbox {
  readonly clientId: ClientId;
  readonly drafts: DraftTable;
  readonly preferences: PreferenceTable;
  /** Entries whose record was damaged: their number stays as a noop, their payload is gone. */
  readonly damaged: readonly number[];
  readonly #db: Database;
  readonly #table: EntryTable;
  readonly #attention: AttentionTable;
  readonly #mergeTable: MergeTable;
  #entries: readonly OutboxEntry[];
  #items: readonly AttentionItem[];
  #merges: readonly MergeItem[];
  #highest: number;
  /** The highest number in the journal; null: to be asked. */
  #journalled: number | null = null;

  /** Opens the outbox in a migrated file; makes the client's id the first time. */
  constructor(db: Database, ids: IdSource) {
    this.#db = db;
    this.clientId = readClientId(db) ?? makeClientId(db, ids.next());
    this.#table = new EntryTable(db);
    this.#attention = attentionTable(db);
    this.#mergeTable = mergeTable(db);
    this.drafts = draftTable(db);
    this.preferences = preferenceTable(db);
    const loaded = this.#table.load();
    this.#entries = loaded.entries;
    this.damaged = loaded.damaged;
    this.#setAside(loaded.entries.filter((entry) => loaded.damaged.includes(entry.mid)));
    this.#items = this.#attention.load();
    this.#merges = this.#mergeTable.load();
    this.#highest = Math.max(this.#table.highestWaiting(), this.#highestJournalled());
  }

  nextMid(): number {
    return this.#highest + 1;
  }

  /** Appends an entry whose `mid` is `nextMid()`, in one commit with the draft and the attention item that it uses up. */
  append(entry: Entry, { draft, settles }: Used = NOTHING_USED): void {
    if (entry.mid !== this.nextMid())
      throw new Error(`invariant broken: mid ${entry.mid} after ${this.#highest}`);
    const standing = draft === null ? [] : this.drafts.of(draft.conversationId);
    const touchesDraft =
      draft !== null && (draft.text !== '' || standing.some(({ kind }) => kind === draft.kind));
    if (touchesDraft || settles !== null) {
      this.#db.transaction(() => {
        this.#table.insert(entry);
        this.#putDraft(draft);
        if (settles !== null) this.#attention.remove(settles);
      });
    } else {
      // A statement alone is a commit of its own, without the two around it.
      this.#table.insert(entry);
    }
    if (settles !== null) this.#items = this.#items.filter((item) => item.mid !== settles);
    this.#highest = entry.mid;
    this.#entries = [...this.#entries, { ...entry, attempted: false, outcome: null }];
  }

  /** Not yet in the replica's base, in `mid` order; noops included. */
  entries(): readonly OutboxEntry[] {
    return this.#entries;
  }

  /** What the view must show above a base that holds mutations up to `lastMid`: journalled ones too. */
  pendingAfter(lastMid: number): readonly Entry[] {
    const waiting = this.#entries.filter((entry) => entry.mid > lastMid && isShown(entry));
    return lastMid >= this.#highestJournalled()
      ? waiting
      : [...this.#table.journalAfter(lastMid), ...waiting];
  }

  /** The next contiguous batch without an answer, at most `limit` entries. */
  batch(limit: number): readonly OutboxEntry[] {
    const batch: OutboxEntry[] = [];
    let next: number | null = null;
    for (const entry of this.#entries) {
      if (entry.outcome !== null) continue;
      if (batch.length === limit || entry.mid !== (next ?? entry.mid)) break;
      batch.push(entry);
      next = entry.mid + 1;
    }
    return batch;
  }

  /** Marks entries up to `mid` as part of a push, before it leaves (Y12). */
  markAttempted(mid: number): void {
    if (!this.#entries.some((entry) => entry.mid <= mid && !entry.attempted)) return;
    this.#db.run('UPDATE outbox SET attempted = 1 WHERE mid <= ?', mid);
    this.#entries = this.#entries.map((entry) => (entry.mid <= mid ? { ...entry, attempted: true } : entry));
  }

  /** Takes a mutation back that no push has carried; its text becomes `draft` in the same commit. False: too late. */
  recall(mid: number, draft: DraftChange | null): boolean {
    const entry = this.#find(mid);
    if (entry === undefined || entry.attempted || entry.name === NOOP) return false;
    const replacement: OutboxEntry = { ...emptied(entry), attempted: false, outcome: null };
    this.#db.transaction(() => {
      this.#table.replace(replacement);
      this.#putDraft(draft);
    });
    this.#keep([replacement]);
    return true;
  }

  /**
   * Records the workspace's answers in one commit; refused ones become attention items (Y4), and what was merged is kept to be
   * told (F1). Returns the newly refused.
   */
  record(outcomes: readonly Outcome[]): readonly AttentionItem[] {
    const answered: OutboxEntry[] = [];
    const emptiedOnes: OutboxEntry[] = [];
    const refused: AttentionItem[] = [];
    const merged: MergeItem[] = [];
    for (const outcome of outcomes) {
      const entry = this.#find(outcome.mid);
      if (entry === undefined || entry.outcome !== null) continue;
      if (outcome.status === 'applied' || entry.name === NOOP) {
        answered.push({ ...entry, attempted: true, outcome: outcome.status });
        merged.push(...mergeOf(entry, outcome));
        continue;
      }
      refused.push(attentionOf(entry, outcome));
      // The payload lives on in the attention item; what stays only keeps the numbers gapless.
      emptiedOnes.push({ ...emptied(entry), attempted: true, outcome: 'refused' });
    }
    if (answered.length + emptiedOnes.length === 0) return [];
    this.#db.transaction(() => {
      for (const { mid, outcome } of answered) this.#table.answer(mid, outcome);
      for (const entry of emptiedOnes) this.#table.replace(entry);
      for (const item of refused) this.#attention.put(item);
      for (const item of merged) this.#mergeTable.put(item);
    });
    this.#keep([...answered, ...emptiedOnes]);
    this.#items = [...this.#items, ...refused];
    if (merged.length > 0) this.#merges = this.#mergeTable.load();
    return refused;
  }

  /** The base holds everything up to `lastMid`: answered entries move to the journal. */
  settle(lastMid: number, now: EpochMillis): void {
    if (!this.#entries.some((entry) => entry.mid <= lastMid && entry.outcome !== null)) return;
    this.#table.settle(lastMid, now);
    if (this.#merges.length > 0) this.#trimMerges(now);
    const isLeft = (entry: OutboxEntry): boolean => entry.mid > lastMid || entry.outcome === null;
    const last = this.#entries.findLast((entry) => !isLeft(entry));
    if (this.#journalled !== null) this.#journalled = Math.max(this.#journalled, last?.mid ?? 0);
    this.#entries = this.#entries.filter(isLeft);
  }

  /**
   * The workspace expects `from` next (a restored backup, a lost record): what the journal holds from there is offered
   * again, and numbers that exist nowhere any more are filled with noops (Y6, Y12).
   */
  reofferFrom(from: number): void {
    if (from > this.#highest) return;
    this.#entries = this.#db.transaction(() => {
      this.#table.reoffer(from);
      const { entries } = this.#table.load();
      const held = new Set(entries.map((entry) => entry.mid));
      let isWhole = true;
      for (let mid = from; mid <= this.#highest; mid += 1) {
        if (held.has(mid)) continue;
        isWhole = false;
        this.#table.insert(emptied({ mid, madeAt: NO_TIME }));
      }
      return isWhole ? entries : this.#table.load().entries;
    });
    this.#journalled = null;
  }

  /** The workspace has answered a mutation beyond `mid`, as far as this desk remembers. */
  isAnsweredAfter(mid: number): boolean {
    return (
      this.#entries.some((entry) => entry.mid > mid && entry.outcome !== null) ||
      this.#highestJournalled() > mid
    );
  }

  /** Numbers go on after `mid`, which the workspace says it has seen. */
  continueAfter(mid: number): void {
    this.#highest = Math.max(this.#highest, mid);
  }

  /** What a person must look at, in `mid` order. */
  attention(): readonly AttentionItem[] {
    return this.#items;
  }

  attentionOf(conversationId: ConversationId): 'held' | 'refused' | null {
    const own = this.#items.filter((item) => item.conversationId === conversationId);
    if (own.length === 0) return null;
    return own.some((item) => item.kind === 'held') ? 'held' : 'refused';
  }

  dismiss(mid: number): void {
    this.#attention.remove(mid);
    this.#items = this.#items.filter((item) => item.mid !== mid);
  }

  /** Lists that were merged with others' changes and that nobody has read yet, latest first (F1, S8). */
  merges(): readonly MergeItem[] {
    return this.#merges;
  }

  /** The agent has read it. */
  forgetMerge(mid: number): void {
    this.#mergeTable.remove(mid);
    this.#merges = this.#merges.filter((item) => item.mid !== mid);
  }

  /** The last actions that can be, or were, taken back; latest first (Y16). */
  undoable(limit: number): readonly UndoableEntry[] {
    const highest = this.#highest;
    return undoChains(this.#table.undoable(limit, highest), this.#table.undoings(highest));
  }

  close(): void {
    this.#db.close();
  }

  #trimMerges(now: EpochMillis): void {
    this.#mergeTable.trim(now);
    this.#merges = this.#mergeTable.load();
  }

  #highestJournalled(): number {
    this.#journalled ??= this.#table.highestJournalled();
    return this.#journalled;
  }

  #find(mid: number): OutboxEntry | undefined {
    return this.#entries.find((entry) => entry.mid === mid);
  }

  #keep(changed: readonly OutboxEntry[]): void {
    const byMid = new Map(changed.map((entry) => [entry.mid, entry]));
    this.#entries = this.#entries.map((entry) => byMid.get(entry.mid) ?? entry);
  }

  /** A damaged entry is shown as refused, and its number goes on as a noop: nothing jams, nothing is hidden (Y1, Y4). */
  #setAside(damaged: readonly OutboxEntry[]): void {
    if (damaged.length === 0) return;
    this.#db.transaction(() => {
      for (const entry of damaged) {
        this.#table.replace(entry);
        this.#attention.put({
          ...entry,
          kind: 'refused',
          code: 'invalidArguments',
          detail: { damaged: entry.mid },
        });
      }
    });
  }

  #putDraft(draft: DraftChange | null): void {
    if (draft !== null) this.drafts.put(draft.conversationId, draft.kind, draft.text, draft.at);
  }
}

const NO_TIME = epochMillis(0);

function isShown(entry: OutboxEntry): boolean {
  return entry.outcome !== 'refused' && entry.name !== NOOP;
}

function attentionOf(entry: OutboxEntry, outcome: Outcome): AttentionItem {
  const code = outcome.code ?? 'invalidState';
  return {
    mid: entry.mid,
    kind: code === 'staleReply' ? 'held' : 'refused',
    name: entry.name,
    args: entry.args,
    madeAt: entry.madeAt,
    conversationId: entry.conversationId,
    code,
    detail: outcome.detail ?? null,
  };
}

function mergeOf({ mid, conversationId }: Entry, { status, merged }: Outcome): readonly MergeItem[] {
  if (status !== 'applied' || merged === undefined || conversationId === null) return [];
  return [{ ...merged, mid, conversationId }];
}

function readClientId(db: Database): ClientId | null {
  const row = db.get<{ readonly client_id: string; readonly sum: number }>(
    'SELECT client_id, sum FROM client WHERE id = 1',
  );
  return row === undefined || row.sum !== checksum([row.client_id]) ? null : asId<'ClientId'>(row.client_id);
}

function makeClientId(db: Database, id: string): ClientId {
  db.run('INSERT OR REPLACE INTO client (id, client_id, sum) VALUES (1, ?, ?)', id, checksum([id]));
  return asId<'ClientId'>(id);
}
