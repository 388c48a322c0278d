import { normalisedScore } from '../../domain/csat/scale.ts';
import type { CsatScale } from '../../domain/model.ts';
import { LocalClock } from '../../domain/hours/local-clock.ts';
import { columnMaker, type ReadColumn } from './column.ts';
import type { Labels } from './labels.ts';
import type { ExportedConversation, ExportRange, ReportContext } from './source.ts';

export const SUMMARY_DIMENSIONS = [
  'all',
  'tag',
  'assignee',
  'channel',
  'outcome',
  'reason',
  'language',
  'month',
] as const;
export type SummaryDimension = (typeof SUMMARY_DIMENSIONS)[number];
type Scale = CsatScale | 'unknown' | 'all';
const SCALES: readonly Scale[] = ['all', 5, 3, 2, 'unknown'];
const SCALES_OF: Readonly<Record<`${Scale}`, CsatScale | null>> = {
  all: null,
  5: 5,
  3: 3,
  2: 2,
  unknown: null,
};
export const SCORES = [1, 2, 3, 4, 5] as const;

/** One row of the summary: surveys of one value of a dimension, on one scale or on all. */
export interface SummaryRow {
  readonly dimension: SummaryDimension;
  /** Null: none. */
  readonly value: string | null;
  readonly scale: Scale;
  /** Surveys that we sent, and of them those answered (Q6): an imported score is in neither. */
  sent: number;
  answered: number;
  /** Scores, imported ones included, and their sum; of one scale only (Q2). */
  scored: number;
  sum: number;
  readonly counts: Map<number, number>;
}

/** Totals for the sheet about the export. */
export interface CsatTotals {
  readonly sent: number;
  readonly answered: number;
  readonly imported: number;
}

/** Days of conversations take all their surveys along; days on which surveys went out, only what was sent in them. */
function isCounted(sentAt: number, { by, from, to }: ExportRange): boolean {
  return by !== 'asked' || ((from === null || sentAt >= from) && (to === null || sentAt < to));
}

/** Counts surveys as conversations pass by: memory grows with the values there are, not with the rows. */
export class CsatSummary {
  readonly #clock: LocalClock;
  readonly #range: ExportRange;
  readonly #rows = new Map<string, SummaryRow>();
  #imported = 0;

  /** Months are those of `zone`. */
  constructor(zone: string, range: ExportRange) {
    this.#clock = new LocalClock(zone);
    this.#range = range;
  }

  add({ conversation, tags, csat }: ExportedConversation): void {
    for (const row of csat) {
      if (!isCounted(row.sentAt, this.#range)) continue;
      if (row.surveyId === null) this.#imported += 1;
      const month = new Date(this.#clock.wall(row.sentAt)).toISOString().slice(0, 7);
      const values: readonly (readonly [SummaryDimension, readonly (string | null)[]])[] = [
        ['all', [null]],
        ['tag', tags.length === 0 ? [null] : tags.map(({ tag }) => tag)],
        ['assignee', [row.ownerId]],
        ['channel', [conversation.channel]],
        ['outcome', [conversation.aiOutcome]],
        ['reason', [conversation.handoffReasonCode]],
        ['language', [row.language ?? conversation.language]],
        ['month', [month]],
      ];
      for (const [dimension, all] of values)
        for (const value of all)
          for (const scale of ['all', row.scale ?? 'unknown'] as const)
            count(this.#row(dimension, value, scale), row);
    }
  }

  totals(): CsatTotals {
    const { sent, answered } = this.#row('all', null, 'all');
    return { sent, answered, imported: this.#imported };
  }

  /** By dimension in its order, most sent first, the whole before its scales. */
  rows(): readonly SummaryRow[] {
    const sentOf = (row: SummaryRow): number => this.#row(row.dimension, row.value, 'all').sent;
    return [...this.#rows.values()].sort(
      (a, b) =>
        SUMMARY_DIMENSIONS.indexOf(a.dimension) - SUMMARY_DIMENSIONS.indexOf(b.dimension) ||
        (a.dimension === 'month' ? 0 : sentOf(b) - sentOf(a)) ||
        compared(a.value ?? '', b.value ?? '') ||
        SCALES.indexOf(a.scale) - SCALES.indexOf(b.scale),
    );
  }

  #row(dimension: SummaryDimension, value: string | null, scale: Scale): SummaryRow {
    const key = JSON.stringify([dimension, value, scale]);
    const known = this.#rows.get(key);
    if (known !== undefined) return known;
    const made = { dimension, value, scale, sent: 0, answered: 0, scored: 0, sum: 0, counts: new Map() };
    this.#rows.set(key, made);
    return made;
  }
}

function compared(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function count(
  into: SummaryRow,
  row: {
    readonly surveyId: string | null;
    readonly score: number | null;
    readonly answeredAt: number | null;
  },
): void {
  if (row.surveyId !== null) {
    into.sent += 1;
    if (row.answeredAt !== null) into.answered += 1;
  }
  if (row.score === null) return;
  into.scored += 1;
  into.sum += row.score;
  into.counts.set(row.score, (into.counts.get(row.score) ?? 0) + 1);
}

function valueText(
  { dimension, value }: SummaryRow,
  labels: Labels,
  agents: ReadonlyMap<string, string>,
): string | null {
  switch (dimension) {
    case 'all':
      return null;
    case 'tag':
    case 'language':
      return value ?? labels.text(`export:none.${dimension}`);
    case 'assignee':
      return value === null ? labels.text('export:none.assignee') : (agents.get(value) ?? value);
    case 'channel':
      return labels.value('states', 'channel', value ?? '');
    case 'outcome':
      return labels.text(`states:ai.${value ?? 'none'}`);
    case 'reason':
      return value === null ? labels.text('states:reason.none') : labels.value('states', 'reason', value);
    case 'month':
      return value;
  }
}

/** `CSAT summary`: rates with both their parts; averages and distributions only within one scale (Q2). */
export function summaryColumns({
  labels,
  agentNames,
}: Pick<ReportContext, 'labels' | 'agentNames'>): readonly ReadColumn<SummaryRow>[] {
  const column = columnMaker<SummaryRow>(labels);
  const perScale = <T>(row: SummaryRow, value: T): T | null => (row.scale === 'all' ? null : value);
  return [
    column('dimension', 'text', ({ dimension }) => labels.text(`export:dimension.${dimension}`)),
    column('value', 'text', (row) => valueText(row, labels, agentNames)),
    column('scale', 'text', ({ scale }) => labels.text(`export:scale.${scale}`)),
    column('sent', 'integer', ({ sent }) => sent),
    column('answered', 'integer', ({ answered }) => answered),
    column('rate', 'share', ({ sent, answered }) => (sent === 0 ? null : answered / sent)),
    column('scored', 'integer', ({ scored }) => scored),
    column('average', 'number', (row) => perScale(row, row.scored === 0 ? null : row.sum / row.scored)),
    column('normalised', 'share', ({ scale, scored, sum }) => {
      const known = SCALES_OF[scale];
      const hundredths = known === null || scored === 0 ? null : normalisedScore(known, sum / scored);
      return hundredths === null ? null : hundredths / 100;
    }),
    ...SCORES.map((score) =>
      column(`score.${score}`, 'integer', (row) => perScale(row, row.counts.get(score) ?? 0)),
    ),
    column('score.other', 'integer', (row) =>
      perScale(row, row.scored - SCORES.reduce((sum, score) => sum + (row.counts.get(score) ?? 0), 0)),
    ),
  ];
}
