import { asId, type ConversationId } from '../../base/ids.ts';
import { lastRead } from '../../base/last-read.ts';
import { type EpochMillis, epochMillis } from '../../base/time.ts';
import {
  heldSince,
  holdsFrom,
  parseScope,
  reachOf,
  SCOPE_KEY,
  scopeDays,
  type ScopeSetting,
} from '../../domain/desk-scope.ts';
import type { ScopeState, Whereabouts } from '../../protocol/rpc/scope.ts';
import { type PullRequest, SCOPE_IDS } from '../../protocol/sync.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Replica } from '../replica/replica.ts';
import { readRow } from '../replica/row-sql.ts';

const readText = lastRead(parseScope);

/** The setting is asked for at every pull. */
function readScope(value: string | null): ScopeSetting {
  return value === null ? parseScope(null) : readText(value);
}

/** What a pull of a desk that holds a part asks for. */
export type PullScope = NonNullable<PullRequest['scope']>;

export interface HeldPartDeps {
  readonly replica: Replica;
  readonly outbox: Pick<Outbox, 'entries' | 'attention'>;
  readonly now: () => EpochMillis;
}

/**
 * How much of its workspace a desk holds, and what it still wants (Y9). What is held lies in the replica's state, and moves in
 * the transaction of the rows it speaks of; conversations wanted by id are only remembered while this runs.
 */
export class HeldPart {
  readonly #deps: HeldPartDeps;
  readonly #wanted = new Set<ConversationId>();
  readonly #absent = new Set<ConversationId>();

  constructor(deps: HeldPartDeps) {
    this.#deps = deps;
  }

  /** Whether every conversation in which something happened at `from` or later is here, as the workspace has it. */
  holds(from: number): boolean {
    const { bootstrap, held } = this.#deps.replica.state();
    // Between a bootstrap's last page and the pull that follows it, its pages are of different moments.
    return bootstrap.state === 'done' && bootstrap.seen === null && holdsFrom(held, from);
  }

  state(): ScopeState {
    const { held } = this.#deps.replica.state();
    const reach = this.#reach();
    const { agentDays } = this.#setting();
    return { since: heldSince(held), reach: reach === null ? null : epochMillis(reach), agentDays };
  }

  /** Goes back to `from` with the next pulls; it stays so. False: there is nothing to fetch for it. */
  reachBack(from: number): boolean {
    const { replica } = this.#deps;
    const { asked, held } = replica.state();
    if (asked === null || from < asked) replica.setState({ asked: from });
    return !holdsFrom(held, from);
  }

  /** Where a conversation is; one that is not here is wanted from now on. */
  find(id: ConversationId): Whereabouts {
    const { replica } = this.#deps;
    if (this.#isHere(id)) return 'held';
    const { bootstrap, held } = replica.state();
    if (bootstrap.state === 'done' && (held === null || this.#absent.has(id))) return 'absent';
    this.#wanted.add(id);
    return 'coming';
  }

  /** What the next pull asks for beside the changes; null for a desk that holds everything. */
  asks(): PullScope | null {
    const { held } = this.#deps.replica.state();
    if (held === null) return null;
    const reach = this.#reach();
    const ids = this.#missing().slice(0, SCOPE_IDS);
    return reach === null ? { held, ids } : { held, ids, reach };
  }

  /** Whether there is more to ask for than changes. */
  isReaching(): boolean {
    const { held } = this.#deps.replica.state();
    return held !== null && (this.#reach() !== null || this.#missing().length > 0);
  }

  /** A pull has been applied: what it brought is no longer wanted, what nobody has is remembered as such. */
  answered(absent: readonly string[]): readonly ConversationId[] {
    for (const id of absent) this.#absent.add(asId<'ConversationId'>(id));
    const settled = [...this.#wanted].filter((id) => this.#absent.has(id) || this.#isHere(id));
    for (const id of settled) this.#wanted.delete(id);
    return settled;
  }

  /** Another history may have what this one had not. */
  forget(): void {
    this.#absent.clear();
  }

  /** Back to when it goes on; null: it is where it should be. */
  #reach(): number | null {
    const { held, role, asked } = this.#deps.replica.state();
    if (held === null) return null;
    const days = scopeDays(this.#setting(), role ?? 'agent');
    const reach = reachOf(days, asked, this.#deps.now());
    return holdsFrom(held, reach) ? null : reach;
  }

  #setting(): ScopeSetting {
    return readScope(readRow(this.#deps.replica.db, 'setting', [SCOPE_KEY])?.value ?? null);
  }

  /** Wanted by id, and by what this desk still has to say about them: a view lacks what is pending on one that is not here. */
  #missing(): string[] {
    const { outbox } = this.#deps;
    const ids = new Set(this.#wanted);
    for (const spoken of [outbox.entries(), outbox.attention()])
      for (const { conversationId } of spoken) if (conversationId !== null) ids.add(conversationId);
    return [...ids].filter((id) => !this.#absent.has(id) && !this.#isHere(id));
  }

  #isHere(id: ConversationId): boolean {
    return this.#deps.replica.db.pluck<string>('SELECT id FROM conversation WHERE id = ?', id) !== undefined;
  }
}
