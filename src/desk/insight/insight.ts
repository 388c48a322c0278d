import type { AgentId, ConversationId } from '../../base/ids.ts';
import type { Result } from '../../base/result.ts';
import type { EpochMillis } from '../../base/time.ts';
import { METRICS } from '../../domain/model.ts';
import type { RangeProblem } from '../../domain/overview/range.ts';
import type { OverviewGroup } from '../../domain/overview/presets.ts';
import type { SegmentTime } from '../../domain/segments/evaluate.ts';
import type { CsatDimension, Drill } from '../../protocol/rpc/drill.ts';
import {
  type AsOf,
  FEED_METRICS,
  type FeedMetric,
  type FeedPage,
  type MetricSummary,
  type OverviewAnswer,
  type OverviewFigures,
  type RangeInput,
} from '../../protocol/rpc/insight.ts';
import type { ListRow } from '../../protocol/rpc/list.ts';
import type { Database } from '../../sqlite/database.ts';
import type { DamagedReplica } from '../digests/damage.ts';
import type { ReplicaChange } from '../service/lists.ts';
import { csatAnswer } from './csat.ts';
import { type Among, rowsBehind } from './drill-rows.ts';
import { whyEmpty } from './feed-empty.ts';
import { feedPage, latestAt, parsePosition } from './feed-query.ts';
import { keepColumns, type KeptColumns, type Written } from './kept-columns.ts';
import { type InsightColumns, InsightMirror } from './mirror.ts';
import { figuresIn, hasAny, stacksIn } from './overview.ts';
import { type AccountZone, accountZone, askedDays, type AskedDays } from './ranges.ts';
import { type Span } from './sales.ts';
import { amountsOn, salesOn } from './sales-query.ts';

/** What the insights are made from. */
export interface InsightDeps {
  /** The replica; nothing is written to it. */
  readonly db: Database;
  readonly me: () => AgentId;
  readonly now: () => EpochMillis;
  /** When this desk last agreed with its workspace. */
  readonly asOf: () => EpochMillis | null;
  /** IANA zone of this computer: where the workspace has set none. */
  readonly machineZone: string;
  readonly rowsOf: (ids: readonly ConversationId[]) => readonly ListRow[];
  /** Runs `work` soon, between other work. The returned function cancels it. */
  readonly soon: (work: () => void) => () => void;
  /** What an earlier run kept of this replica, and what was written since it was opened. */
  readonly kept?: { readonly columns: KeptColumns | null; readonly since: readonly ReplicaChange[] };
  /** Rows that were about to leave in a file are damaged: the replica is not to be trusted. */
  readonly onDamage?: (damage: DamagedReplica) => void;
  /** Tells that everything has been read in. */
  readonly onReady: () => void;
}

interface Waiting {
  readonly resolve: (columns: InsightColumns) => void;
  readonly reject: (reason: Error) => void;
}

/**
 * How well the AI does, out of the replica: columns that are read in slices once somebody asks, then kept up. Every answer
 * waits until they are whole.
 */
export class Insight {
  readonly deps: InsightDeps;
  readonly #mirror: InsightMirror;
  #waiting: Waiting[] = [];
  #cancel: (() => void) | null = null;
  #isDisposed = false;

  constructor(deps: InsightDeps) {
    this.deps = deps;
    this.#mirror = new InsightMirror(deps.db, deps.kept?.columns, deps.kept?.since);
  }

  /** The columns, whole and up to date. Rejects when this is disposed before. */
  columns(): Promise<InsightColumns> {
    if (this.#isDisposed) return Promise.reject(new Error('insights were disposed'));
    if (this.#mirror.isReady) return Promise.resolve(this.#mirror.current());
    this.#schedule();
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  /** Begins to read in before anybody asks. */
  warm(): void {
    if (!this.#mirror.isReady) this.#schedule();
  }

  /** Conversations read so far, and about how many there are; null when there is nothing to read in. */
  progress(): { readonly done: number; readonly total: number } | null {
    return this.#cancel === null ? null : this.#mirror.progress;
  }

  /** Called after each commit to the replica. */
  changed(change: ReplicaChange): void {
    this.#mirror.changed(change);
    if (this.#waiting.length > 0) this.#schedule();
  }

  /** Whether rows are behind a figure; null while that is not known: then `onReady` follows. */
  among(drill: Drill): Among | null {
    if (!this.#mirror.isReady) {
      this.#schedule();
      return null;
    }
    const columns = this.#mirror.current();
    const sales = (span: Span) => salesOn(this.deps.db, columns, span);
    return rowsBehind({ db: this.deps.db, columns, salesOn: sales }, drill);
  }

  stamp(): AsOf {
    return { asOf: this.deps.asOf(), now: this.deps.now(), ready: true };
  }

  zone(): AccountZone {
    return accountZone(this.deps.db, this.deps.machineZone);
  }

  days(input: RangeInput): Result<AskedDays, RangeProblem> {
    return askedDays(input, this.zone(), this.deps.now());
  }

  segmentTime(): SegmentTime {
    return { zone: this.zone().zone, now: this.deps.now() };
  }

  /**
   * Writes what was read in beside the replica, for the next run: null where fewer than `least` conversations and data
   * points were. Call it last.
   */
  keep(least: number): Written | null {
    const columns = this.#mirror.toKeep(least);
    return columns === null ? null : keepColumns(this.deps.db.path, columns);
  }

  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    this.#cancel?.();
    for (const { reject } of this.#waiting) reject(new Error('insights were disposed'));
    this.#waiting = [];
    this.#mirror.dispose();
  }

  #schedule(): void {
    if (this.#cancel !== null || this.#isDisposed) return;
    this.#cancel = this.deps.soon(() => {
      this.#cancel = null;
      if (this.#isDisposed) return;
      if (this.#mirror.step()) this.#becameReady();
      else this.#schedule();
    });
  }

  #becameReady(): void {
    const columns = this.#mirror.current();
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { resolve } of waiting) resolve(columns);
    this.deps.onReady();
  }
}

function figuresAndSales(
  insight: Insight,
  columns: InsightColumns,
  span: AskedDays['days'],
): OverviewFigures {
  const sales = amountsOn(columns, salesOn(insight.deps.db, columns, span));
  return { ...figuresIn(columns.conversations, span), sales };
}

/** The overview (O1–O3): figures, those of the period before, and the bars; each with what is behind it. */
export function overviewAnswer(
  insight: Insight,
  columns: InsightColumns,
  { days, before, range, previous }: AskedDays,
  group: OverviewGroup,
): OverviewAnswer {
  const span = { ...days.range(), zone: days.zone };
  const all = { of: 'overview', ...span } as const satisfies Drill;
  const figures = figuresAndSales(insight, columns, days);
  return {
    ...insight.stamp(),
    range,
    previous,
    group,
    figures,
    before: figuresAndSales(insight, columns, before),
    days: days.dates(),
    stacks: stacksIn(columns.conversations, days, group),
    drills: {
      totalVolume: all,
      resolvedByAi: { ...all, outcome: 'resolvedByAi' },
      notResolvedByAi: { ...all, outcome: 'notResolvedByAi' },
      handedOver: { ...all, outcome: 'notResolvedByAi', handoffBy: 'ai' },
      takenOver: { ...all, outcome: 'notResolvedByAi', handoffBy: 'agent' },
      open: { ...all, outcome: 'open' },
      closedUnresolved: { ...all, outcome: 'closedUnresolved' },
      sales: { of: 'sales', ...span },
    },
    empty:
      figures.totalVolume > 0
        ? null
        : whyEmpty(insight.deps.db, hasAny(columns.conversations), 'noneInRange'),
  };
}

/** How many data points each metric has, and when its newest was. */
export function metricSummaries(insight: Insight, columns: InsightColumns): readonly MetricSummary[] {
  const { events, orders } = columns;
  const byMetric = new Uint32Array(METRICS.length + 1);
  events.kinds.forEach(({ metric }, kind) => {
    byMetric[metric] = (byMetric[metric] ?? 0) + (events.counts[kind] ?? 0);
  });
  let ordered = 0;
  for (let place = 0; place < orders.end; place += 1) if (orders.customer[place] !== 0) ordered += 1;
  return FEED_METRICS.map((metric, index) => ({
    metric,
    count: metric === 'ordered' ? ordered : (byMetric[index + 1] ?? 0),
    latestAt: latestAt(insight.deps.db, metric),
  }));
}

/** A page of the activity feed (K5), and why it is empty if it is (K7). */
export function activityPage(
  insight: Insight,
  columns: InsightColumns,
  metric: FeedMetric | null,
  after: string | null,
  limit: number,
): FeedPage {
  const { db } = insight.deps;
  const page = feedPage(db, metric, after === null ? null : parsePosition(after), limit);
  const total = metricSummaries(insight, columns)
    .filter((one) => metric === null || one.metric === metric)
    .reduce((sum, { count }) => sum + count, 0);
  const isEmpty = after === null && page.items.length === 0;
  const empty = isEmpty ? whyEmpty(db, hasAny(columns.conversations), 'noneOfMetric') : null;
  return { ...insight.stamp(), ...page, total, empty };
}

/** Results of surveys (Q2, Q6). */
export function csatPage(insight: Insight, columns: InsightColumns, days: AskedDays, by: CsatDimension) {
  return { ...insight.stamp(), ...csatAnswer(columns, days, by) };
}
