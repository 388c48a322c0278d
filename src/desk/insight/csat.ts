import type { AgentId, ConversationId } from '../../base/ids.ts';
import type { EpochMillis } from '../../base/time.ts';
import { type CsatRecord, csatResults, responseOf, type ScaleResult } from '../../domain/csat/results.ts';
import type { CsatScale } from '../../domain/model.ts';
import { AI_OUTCOMES } from '../../domain/model.ts';
import type { ZonedDays } from '../../domain/overview/range.ts';
import type { CsatDimension, CsatScaleName, Drill } from '../../protocol/rpc/drill.ts';
import type { CsatAnswer, CsatComment } from '../../protocol/rpc/insight.ts';
import type { ReadableDb } from '../../sqlite/types.ts';
import type { InsightColumns } from './mirror.ts';
import type { AskedDays } from './ranges.ts';
import type { CsatFact } from './read.ts';

/** A scale's name on the wire. */
export function scaleName(scale: CsatScale | null): CsatScaleName {
  return scale === null ? 'unknown' : (String(scale) as CsatScaleName);
}

/** What a survey of conversation `n` is cut by; a conversation with several tags has several. */
export function dimensionValues(
  { conversations }: InsightColumns,
  n: number,
  fact: CsatFact,
  by: CsatDimension,
): readonly (string | null)[] {
  const { channels, reasons, languages, tagSets } = conversations;
  const named = (code: number | undefined, valueOf: (code: number) => string): readonly (string | null)[] => [
    code === undefined || code === 0 ? null : valueOf(code),
  ];
  switch (by) {
    case 'tag': {
      const tags = tagSets.tagsOf(conversations.tagSet[n] ?? 0);
      return tags.length === 0 ? [null] : tags.map((tag) => tagSets.tags.valueOf(tag));
    }
    case 'assignee':
      return [fact.ownerId];
    case 'channel':
      return named(conversations.channel[n], channels.valueOf);
    case 'outcome':
      return [AI_OUTCOMES[conversations.outcomeOf(n) - 1] ?? null];
    case 'reason':
      return named(conversations.reason[n], reasons.valueOf);
    case 'language':
      return fact.language === null ? named(conversations.language[n], languages.valueOf) : [fact.language];
  }
}

/** Surveys sent on these days, with the row number of their conversation. */
function* surveysIn(columns: InsightColumns, days: ZonedDays): Generator<readonly [number, CsatFact]> {
  const { start, end } = days;
  for (const [n, facts] of columns.csat)
    for (const fact of facts) if (fact.sentAt >= start && fact.sentAt < end) yield [n, fact];
}

function recordsIn(columns: InsightColumns, days: ZonedDays, by: CsatDimension): readonly CsatRecord[] {
  return [...surveysIn(columns, days)].map(([n, fact]) => ({
    isOurs: fact.isOurs,
    isAnswered: fact.answeredAt !== null,
    scale: fact.scale,
    score: fact.score,
    day: days.indexOf(fact.sentAt),
    values: dimensionValues(columns, n, fact, by),
  }));
}

function scaleFigures({ scale, count, average, normalised, distribution }: Omit<ScaleResult, 'trend'>) {
  return { scale: scaleName(scale), answered: count, average, normalised, distribution };
}

/** Results of the surveys sent on these days (Q2, Q6), with what is behind each figure. */
export function csatAnswer(
  columns: InsightColumns,
  { days, before, range, previous }: AskedDays,
  by: CsatDimension,
): Omit<CsatAnswer, 'asOf' | 'now' | 'ready'> {
  const drill = { of: 'csat', ...days.range(), zone: days.zone } as const satisfies Drill;
  const results = csatResults(recordsIn(columns, days, by), days.length);
  let comments = 0;
  for (const [, fact] of surveysIn(columns, days)) if (fact.hasComment) comments += 1;
  return {
    range,
    previous,
    response: results.response,
    responseBefore: responseOf(recordsIn(columns, before, by)),
    responseTrend: results.responseTrend,
    days: days.dates(),
    scales: results.scales.map((scale) => ({
      ...scaleFigures(scale),
      trend: scale.trend,
      drill: { ...drill, scale: scaleName(scale.scale) },
    })),
    by,
    slices: results.slices.map(({ value, response, scales }) => ({
      value,
      response,
      scales: scales.map(scaleFigures),
      drill: { ...drill, by: { dimension: by, value } },
    })),
    comments,
    drill,
  };
}

type CsatDrill = Extract<Drill, { of: 'csat' }>;

/** Row numbers of the conversations behind a CSAT figure. */
export function csatRows(columns: InsightColumns, drill: CsatDrill, days: ZonedDays): ReadonlySet<number> {
  const found = new Set<number>();
  for (const [n, fact] of surveysIn(columns, days)) {
    const isAnswered = fact.answeredAt !== null;
    if (drill.answered !== undefined && isAnswered !== drill.answered) continue;
    if (drill.scale !== undefined && (!isAnswered || scaleName(fact.scale) !== drill.scale)) continue;
    if (drill.score !== undefined && fact.score !== drill.score) continue;
    if (drill.commented !== undefined && fact.hasComment !== drill.commented) continue;
    const { by } = drill;
    if (by !== undefined && !dimensionValues(columns, n, fact, by.dimension).includes(by.value)) continue;
    found.add(n);
  }
  return found;
}

interface CommentRecord {
  readonly conversationId: ConversationId;
  readonly ordinal: number;
  readonly answeredAt: EpochMillis;
  readonly scale: CsatScale | null;
  readonly score: number | null;
  readonly comment: string;
  readonly ownerId: AgentId | null;
  readonly customerName: string | null;
  readonly language: string | null;
}

const COMMENTS = `SELECT s.conversation_id AS conversationId, s.ordinal AS ordinal, s.answered_at AS answeredAt,
    s.scale AS scale, s.score AS score, s.comment AS comment, s.owner_id AS ownerId, cu.name AS customerName,
    coalesce(s.language, c.language) AS language
  FROM json_each(?) j CROSS JOIN conversation c ON c.n = json_extract(j.value, '$[0]')
    JOIN csat s ON s.conversation_id = c.id AND s.ordinal = json_extract(j.value, '$[1]')
    LEFT JOIN customer cu ON cu.id = c.customer_id
  WHERE s.comment IS NOT NULL AND s.answered_at IS NOT NULL`;

/** What a page of comments is asked for. `after`: the last one's moment, row number and ordinal. */
export interface CommentQuestion {
  readonly scale: CsatScaleName | undefined;
  readonly score: number | undefined;
  readonly after: readonly [at: number, n: number, ordinal: number] | null;
  readonly limit: number;
}

type Place = readonly [at: number, n: number, ordinal: number];

/** The newest answer first. */
function comparePlaces(a: Place, b: Place): number {
  return b[0] - a[0] || b[1] - a[1] || b[2] - a[2];
}

/** Comments on surveys sent on these days, the newest answer first, by key. */
export function commentsIn(
  db: ReadableDb,
  columns: InsightColumns,
  days: ZonedDays,
  { scale, score, after, limit }: CommentQuestion,
): { readonly comments: readonly CsatComment[]; readonly next: string | null; readonly total: number } {
  const places: Place[] = [];
  for (const [n, fact] of surveysIn(columns, days)) {
    if (!fact.hasComment || fact.answeredAt === null) continue;
    if (scale !== undefined && scaleName(fact.scale) !== scale) continue;
    if (score !== undefined && fact.score !== score) continue;
    places.push([fact.answeredAt, n, fact.ordinal]);
  }
  places.sort(comparePlaces);
  const page = places.filter((place) => after === null || comparePlaces(after, place) < 0).slice(0, limit);
  const records = db.all<CommentRecord>(COMMENTS, JSON.stringify(page.map(([, n, ordinal]) => [n, ordinal])));
  const last = page.at(-1);
  return {
    comments: records.map((record) => ({ ...record, scale: scaleName(record.scale) })),
    next: page.length === limit && last !== undefined ? JSON.stringify(last) : null,
    total: places.length,
  };
}
