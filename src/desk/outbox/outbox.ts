import { asId, type ClientId, type ConversationId } from '../../base/ids.ts';
import type { EpochMillis } from '../../base/time.ts';
import type { IdSource } from '../../base/uuid.ts';
import type { Outcome } from '../../protocol/sync.ts';
import type { Database } from '../../sqlite/database.ts';
import { type AttentionItem, attentionTable } from './attention.ts';
import { checksum } from './checksum.ts';
import { type DraftKind, draftTable, type DraftTable } from './drafts.ts';
import { entryTable } from './entries.ts';
import { emptied, type Entry, NOOP, type OutboxEntry } from './entry.ts';
import { type PreferenceTable, preferenceTable } from './preferences.ts';

/** A text to leave in the composer in the same commit as a change of the outbox. */
export interface DraftChange {
  readonly conversationId: ConversationId;
  readonly kind: DraftKind;
  /** Empty removes it. */
  readonly text: string;
  readonly at: EpochMillis;
}

/** All that exists only on this desk (Y1). Every method that changes something is durable when it returns. */
export interface Outbox {
  readonly clientId: ClientId;
  readonly drafts: DraftTable;
  readonly preferences: PreferenceTable;
  /** Entries whose record was damaged: their number stays as a noop, their payload is gone. */
  readonly damaged: readonly number[];
  nextMid(): number;
  /** Appends an entry whose `mid` is `nextMid()`; one commit with the draft that it used up. */
  append(entry: Entry, draft: DraftChange | null): void;
  /** Not yet in the replica's base, in `mid` order; noops included. */
  entries(): readonly OutboxEntry[];
  /** What the view must show above a base that holds mutations up to `lastMid`: journalled ones too. */
  pendingAfter(lastMid: number): readonly Entry[];
  /** The next contiguous batch without an answer. */
  batch(limit: number): readonly OutboxEntry[];
  /** Marks entries up to `mid` as part of a push, before it leaves (Y12). */
  markAttempted(mid: number): void;
  /** Takes a mutation back that no push has carried; its text becomes `draft` in the same commit. False: too late. */
  recall(mid: number, draft: DraftChange | null): boolean;
  /** Records the workspace's answers; refused ones become attention items (Y4). Returns the newly refused. */
  record(outcomes: readonly Outcome[]): readonly AttentionItem[];
  /** The base holds everything up to `lastMid`: answered entries move to the journal. */
  settle(lastMid: number, now: EpochMillis): void;
  /** The workspace's memory ends at `lastMid` (a restored backup): offers everything after it again (Y6). */
  reoffer(lastMid: number): readonly Entry[];
  /** Numbers go on after `mid`, which the workspace says it has seen. */
  continueAfter(mid: number): void;
  attention(): readonly AttentionItem[];
  attentionOf(conversationId: ConversationId): 'held' | 'refused' | null;
  dismiss(mid: number): void;
  /** The last actions that can be, or were, taken back; latest first (Y16). */
  undoable(limit: number): readonly (Entry & { readonly undone: boolean })[];
  close(): void;
}

/** Opens the outbox in a migrated file; makes the client's id the first time. */
export function openOutbox(db: Database, ids: IdSource): Outbox {
  const clientId = readClientId(db) ?? makeClientId(db, ids.next());
  const table = entryTable(db);
  const attention = attentionTable(db);
  const drafts = draftTable(db);
  const loaded = table.load();
  let entries: readonly OutboxEntry[] = loaded.entries;
  let items = attention.load();
  let highest = table.highestMid();

  const find = (mid: number): OutboxEntry | undefined => entries.find((entry) => entry.mid === mid);
  const replaced = (entry: OutboxEntry): void => {
    table.replace(entry);
    entries = entries.map((old) => (old.mid === entry.mid ? entry : old));
  };
  const putDraft = (draft: DraftChange | null): void => {
    if (draft !== null) drafts.put(draft.conversationId, draft.kind, draft.text, draft.at);
  };

  function recordOne(outcome: Outcome): AttentionItem | null {
    const entry = find(outcome.mid);
    if (entry === undefined || entry.outcome !== null) return null;
    if (outcome.status === 'applied' || entry.name === NOOP) {
      replaced({ ...entry, attempted: true, outcome: outcome.status });
      return null;
    }
    const item = attentionOf(entry, outcome);
    attention.put(item);
    // The payload lives on in the attention item; what stays only keeps the numbers gapless.
    replaced({ ...emptied(entry), attempted: true, outcome: 'refused' });
    return item;
  }

  return {
    clientId,
    drafts,
    preferences: preferenceTable(db),
    damaged: loaded.damaged,
    nextMid: () => highest + 1,
    append: (entry, draft) => {
      if (entry.mid !== highest + 1) throw new Error(`invariant broken: mid ${entry.mid} after ${highest}`);
      db.transaction(() => {
        table.insert(entry);
        putDraft(draft);
      });
      highest = entry.mid;
      entries = [...entries, { ...entry, attempted: false, outcome: null }];
    },
    entries: () => entries,
    pendingAfter: (lastMid) => [
      ...table.journalAfter(lastMid),
      ...entries.filter((entry) => entry.mid > lastMid && isShown(entry)),
    ],
    batch: (limit) => contiguous(entries.filter((entry) => entry.outcome === null)).slice(0, limit),
    markAttempted: (mid) => {
      const fresh = entries.filter((entry) => entry.mid <= mid && !entry.attempted);
      if (fresh.length === 0) return;
      db.run('UPDATE outbox SET attempted = 1 WHERE mid <= ?', mid);
      entries = entries.map((entry) => (entry.mid <= mid ? { ...entry, attempted: true } : entry));
    },
    recall: (mid, draft) => {
      const entry = find(mid);
      if (entry === undefined || entry.attempted || entry.name === NOOP) return false;
      db.transaction(() => {
        replaced({ ...emptied(entry), attempted: false, outcome: null });
        putDraft(draft);
      });
      return true;
    },
    record: (outcomes) => {
      const refused = db.transaction(() => outcomes.map(recordOne).filter((item) => item !== null));
      if (refused.length > 0) items = attention.load();
      return refused;
    },
    settle: (lastMid, now) => {
      if (!entries.some((entry) => entry.mid <= lastMid && entry.outcome !== null)) return;
      table.settle(lastMid, now);
      entries = entries.filter((entry) => entry.mid > lastMid || entry.outcome === null);
    },
    reoffer: (lastMid) => {
      if (highest <= lastMid) return [];
      table.reoffer(lastMid);
      entries = table.load().entries;
      return entries.filter((entry) => entry.mid > lastMid && isShown(entry));
    },
    continueAfter: (mid) => {
      highest = Math.max(highest, mid);
    },
    attention: () => items,
    attentionOf: (id) => {
      const own = items.filter((item) => item.conversationId === id);
      if (own.length === 0) return null;
      return own.some((item) => item.kind === 'held') ? 'held' : 'refused';
    },
    dismiss: (mid) => {
      attention.remove(mid);
      items = items.filter((item) => item.mid !== mid);
    },
    undoable: (limit) => {
      const undone = table.undone();
      return table.undoable(limit).map((entry) => ({ ...entry, undone: undone.has(entry.mid) }));
    },
    close: () => {
      db.close();
    },
  };
}

function isShown(entry: OutboxEntry): boolean {
  return entry.outcome !== 'refused' && entry.name !== NOOP;
}

function contiguous(entries: readonly OutboxEntry[]): readonly OutboxEntry[] {
  const end = entries.findIndex(
    (entry, index) => index > 0 && entry.mid !== (entries[index - 1]?.mid ?? 0) + 1,
  );
  return end < 0 ? entries : entries.slice(0, end);
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
