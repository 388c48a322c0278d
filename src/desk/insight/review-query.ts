import { type AgentId, asId, type ConversationId } from '../../base/ids.ts';
import { epochMillis } from '../../base/time.ts';
import type { ReviewVerdict, Verdict } from '../../domain/model.ts';
import { agreementOf, findingsBy } from '../../domain/review/agreement.ts';
import type { ListRow } from '../../protocol/rpc/list.ts';
import type { ReviewDimension } from '../../protocol/rpc/drill.ts';
import type { ReviewAnswer, ReviewFilters, ReviewFinding, ReviewRow } from '../../protocol/rpc/insight.ts';
import type { ReadableDb } from '../../sqlite/types.ts';
import { daysOf } from './drill-days.ts';
import type { InsightColumns } from './mirror.ts';
import { reviewed } from './review-cut.ts';

const EVERY = 1_000_000_000;

type VerdictRow = readonly [
  n: number,
  conversationId: ConversationId,
  agentId: AgentId,
  verdict: ReviewVerdict | null,
  note: string | null,
  coachId: AgentId | null,
  at: number,
];
const VERDICTS = `SELECT c.n, v.conversation_id, v.agent_id, v.verdict, v.note, v.coach_id, v.at
  FROM verdict v CROSS JOIN conversation c ON c.id = v.conversation_id LIMIT ?`;

/** Every finding, with the conversation's row number. */
export type NumberedVerdict = Verdict & { readonly n: number };

export function readVerdicts(db: ReadableDb): readonly NumberedVerdict[] {
  return db
    .prepareRaw<VerdictRow>(VERDICTS)
    .all(EVERY)
    .map(([n, conversationId, agentId, verdict, note, coachId, at]) => ({
      n,
      conversationId,
      agentId,
      verdict,
      note,
      coachId,
      at: epochMillis(at),
    }));
}

function findingOf({ agentId, verdict, note, coachId, at }: Verdict): ReviewFinding {
  return { agentId, verdict, note, coachId, at };
}

function passesMine(finding: Verdict | undefined, mine: ReviewFilters['mine']): boolean {
  if (mine === undefined) return true;
  const verdict = finding?.verdict ?? null;
  if (mine === 'none') return verdict === null;
  return mine === 'any' ? verdict !== null : verdict === mine;
}

/** What a page of the review queue is asked for. */
export interface ReviewQuestion {
  readonly me: AgentId;
  readonly filters: ReviewFilters;
  readonly offset: number;
  readonly limit: number;
  readonly rowsOf: (ids: readonly ConversationId[]) => readonly ListRow[];
}

type Answer = Omit<ReviewAnswer, 'asOf' | 'now' | 'ready'>;

const DETAILS = `SELECT c.id AS id, c.n AS n, coalesce(c.final_skill, c.initial_skill) AS skill, c.handoff_at AS handoffAt,
  c.handoff_by AS handoffBy FROM json_each(?) j CROSS JOIN conversation c ON c.n = j.value`;
type Detail = Pick<ReviewRow, 'skill' | 'handoffAt' | 'handoffBy'> & {
  readonly id: ConversationId;
  readonly n: number;
};

function rowsAt(
  db: ReadableDb,
  numbers: readonly number[],
  byConversation: ReadonlyMap<number, readonly NumberedVerdict[]>,
  { me, rowsOf }: ReviewQuestion,
): readonly ReviewRow[] {
  const details = db.all<Detail>(DETAILS, JSON.stringify(numbers));
  const rows = new Map(rowsOf(details.map(({ id }) => id)).map((row) => [row.id, row]));
  return details.flatMap(({ id, n, skill, handoffAt, handoffBy }) => {
    const row = rows.get(id);
    if (row === undefined) return [];
    const findings = byConversation.get(n) ?? [];
    const mine = findings.find((one) => one.agentId === me);
    const others = findings.filter((one) => one.agentId !== me).map(findingOf);
    return [{ row, skill, handoffAt, handoffBy, mine: mine === undefined ? null : findingOf(mine), others }];
  });
}

/** The review queue (O10): its page, how far it is, how reviewers agree, and what they found by each property. */
export function reviewAnswer(db: ReadableDb, columns: InsightColumns, question: ReviewQuestion): Answer {
  const { me, filters, offset, limit } = question;
  const { days, ...cut } = filters;
  const found = reviewed(columns, { ...cut, days: days === undefined ? undefined : daysOf(days) });
  const { all } = found;
  const every = readVerdicts(db);
  const isAmong = new Set(all);
  const verdicts = every.filter(({ n }) => isAmong.has(n));
  const byConversation = Map.groupBy(verdicts, ({ n }) => n);
  const mineOf = (n: number): NumberedVerdict | undefined =>
    byConversation.get(n)?.find((one) => one.agentId === me);
  const matches = all.filter(
    (n) =>
      passesMine(mineOf(n), filters.mine) &&
      (filters.coachId === undefined ||
        byConversation.get(n)?.some((one) => one.coachId === filters.coachId) === true),
  );
  const given = verdicts.filter(({ verdict }) => verdict !== null);
  const next = matches.findIndex((n) => (mineOf(n)?.verdict ?? null) === null);
  const by = (dimension: ReviewDimension) =>
    findingsBy(
      found.by(dimension).map(({ n, value }) => ({ id: String(n), value })),
      every.map((one) => ({ ...one, conversationId: asId<'ConversationId'>(String(one.n)) })),
    );
  return {
    total: matches.length,
    rows: rowsAt(db, matches.slice(offset, offset + limit), byConversation, question),
    progress: {
      mine: given.filter(({ agentId }) => agentId === me).length,
      anyone: new Set(given.map(({ n }) => n)).size,
      total: all.length,
    },
    nextIndex: next < 0 ? null : next,
    agreement: agreementOf(given),
    by: { reason: by('reason'), skill: by('skill'), channel: by('channel'), tag: by('tag') },
  };
}
