import type { ConversationId, MessageId } from '../../base/ids.ts';
import type { EpochMillis } from '../../base/time.ts';
import { BusinessHours } from '../../domain/hours/business-hours.ts';
import type { AuthorKind } from '../../domain/model.ts';
import { explainCycle } from '../../domain/timings/explain.ts';
import { timingPolicy } from '../../domain/timings/policy.ts';
import type { TimedMessage } from '../../domain/timings/reply-spans.ts';
import {
  conversationTimings,
  type CycleTimings,
  NO_TIMINGS,
  type TimingRules,
} from '../../domain/timings/timings.ts';
import type { CycleTimingsView, ThreadTimings } from '../../protocol/rpc/timings.ts';
import {
  HOURS_KEY,
  type SettingsInForce,
  settingsOfRows,
  TIMING_POLICY_KEY,
} from '../../protocol/settings.ts';
import type { ReadableDb } from '../../sqlite/database.ts';
import { readRow, rowsOfConversation } from '../replica/row-sql.ts';

/** The messages that can move a clock (T6): the customer's and the agents' public ones. A bound LIMIT is the caller's cycle. */
const TIMES = `SELECT id, at, author_kind FROM message
  WHERE conversation_id = ? AND note = 0 AND author_kind IN ('customer', 'agent') ORDER BY at, id LIMIT ?`;
const MOST_MESSAGES = 1_000_000;

/** The public messages of customer and agents, oldest first. */
export function messageTimes(db: ReadableDb, id: ConversationId): readonly TimedMessage[] {
  return db
    .prepareRaw<[MessageId, EpochMillis, AuthorKind], [string, number]>(TIMES)
    .all(id, MOST_MESSAGES)
    .map(([messageId, at, authorKind]) => ({ id: messageId, at, authorKind, note: false }));
}

/** One cycle's timings with all that explains them (T10). */
function cycleView(one: CycleTimings, now: EpochMillis, rules: TimingRules): CycleTimingsView {
  const { cycle, timings, agrees } = one;
  const { openedAt, closedAt } = cycle;
  const until = closedAt ?? (now > openedAt ? now : openedAt);
  const hasHours = rules.hours.versionsIn(openedAt, until).length > 0;
  const open = hasHours ? rules.hours.stretches(openedAt, until) : null;
  return { cycle, timings, explain: explainCycle(one, rules), agrees, until, open };
}

/** Computes timings on one desk's replica; hours are compiled once for each setting (T4). */
export class TimingsReader {
  private readonly db: ReadableDb;
  private key: string | null = null;
  private current: TimingRules | null = null;

  constructor(db: ReadableDb) {
    this.db = db;
  }

  /** The business hours and the policy in force, out of the replicated settings (T5, T13). */
  settings(): SettingsInForce {
    return settingsOfRows(...this.rows());
  }

  private rows(): readonly [hours: string | null, policy: string | null] {
    return [
      readRow(this.db, 'setting', [HOURS_KEY])?.value ?? null,
      readRow(this.db, 'setting', [TIMING_POLICY_KEY])?.value ?? null,
    ];
  }

  /** The rules in force, compiled. */
  rules(): TimingRules {
    const [hours, policy] = this.rows();
    const key = JSON.stringify([hours, policy]);
    if (this.current === null || this.key !== key) {
      const settings = settingsOfRows(hours, policy);
      this.current = {
        policy: timingPolicy(settings.timingPolicy),
        hours: new BusinessHours(settings.hours),
      };
      this.key = key;
    }
    return this.current;
  }

  /** A conversation's timings with their explanation; null when this desk does not hold it. Cycles that go on are told until `now`. */
  read(id: ConversationId, now: EpochMillis): ThreadTimings | null {
    if (readRow(this.db, 'conversation', [id]) === null) return null;
    const rules = this.rules();
    const messages = messageTimes(this.db, id);
    const rows = rowsOfConversation(this.db, 'cycle', id);
    const cycles = conversationTimings(rows, messages, rules).map((one) => cycleView(one, now, rules));
    const { name, version } = rules.policy;
    return { policy: { name, version }, timings: cycles.at(-1)?.timings ?? NO_TIMINGS, cycles };
  }
}
