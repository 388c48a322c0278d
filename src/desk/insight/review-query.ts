import { type AgentId, asId, type ConversationId } from '../../base/ids.ts';
import { epochMillis } from '../../base/time.ts';
import type { ReviewVerdict, Verdict } from '../../domain/model.ts';
import { agreementOf, findingsBy } from '../../domain/review/agreement.ts';
import type { ListRow } from '../../protocol/rpc/list.ts';
import type { ReviewAnswer, ReviewFilters, ReviewFinding, ReviewRow } from '../../protocol/rpc/insight.ts';
import type { ReadableDb } from '../../sqlite/types.ts';
import { outcomeCode } from './conversation-columns.ts';
import type { InsightColumns } from './mirror.ts';

const NOT_RESOLVED = outcomeCode('notResolvedByAi');
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

/** Conversations not resolved by the AI, of a reason and a skill; the newest start first. */
export function reviewed(
  { conversations }: InsightColumns,
  { reason, skill }: Pick<ReviewFilters, 'reason' | 'skill'>,
): readonly number[] {
  const { reasons, skills, startedAt } = conversations;
  const wanted = (value: string | null | undefined, find: (text: string) => number): number | null => {
    if (value === undefined) return null;
    const number = value === null ? 0 : find(value);
    return value !== null && number === 0 ? -1 : number;
  };
  const wantedReason = wanted(reason, reasons.find);
  const wantedSkill = wanted(skill, skills.find);
  const found: number[] = [];
  for (let n = 1; n < conversations.end; n += 1) {
    if (conversations.outcomeOf(n) !== NOT_RESOLVED) continue;
    if (wantedReason !== null && conversations.reason[n] !== wantedReason) continue;
    if (wantedSkill !== null && conversations.skill[n] !== wantedSkill) continue;
    found.push(n);
  }
  return found.sort((a, b) => (startedAt[b] ?? 0) - (startedAt[a] ?? 0) || b - a);
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

/** The review queue (O10): its page, how far it is, how reviewers agree, and what they found by reason and by skill. */
export function reviewAnswer(db: ReadableDb, columns: InsightColumns, question: ReviewQuestion): Answer {
  const { me, filters, offset, limit } = question;
  const all = reviewed(columns, filters);
  const isAmong = new Set(all);
  const verdicts = readVerdicts(db).filter(({ n }) => isAmong.has(n));
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
  const { reason, skill, reasons, skills } = columns.conversations;
  const by = (codeOf: Uint32Array, nameOf: (code: number) => string) =>
    findingsBy(
      all.map((n) => {
        const code = codeOf[n] ?? 0;
        return { id: String(n), value: code === 0 ? null : nameOf(code) };
      }),
      given.map((one) => ({ ...one, conversationId: asId<'ConversationId'>(String(one.n)) })),
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
    byReason: by(reason, reasons.valueOf),
    bySkill: by(skill, skills.valueOf),
  };
}
