import type { EpochMillis } from '../../base/time.ts';
import { isScoreOf } from '../csat/scale.ts';
import type { Fact, ProfileValue } from '../events.ts';
import { CSAT_COMMENT_FIELD, CSAT_FIELD } from '../fields/definition.ts';
import type { Csat, FieldValue } from '../model.ts';
import { del, put } from '../rows.ts';
import type { Draft } from './draft.ts';

type FactOf<T extends Fact['type']> = Extract<Fact, { type: T }>;

/** Writes the survey row of a cycle and keeps it among the others, in the cycles' order. */
function writeCsat(draft: Draft, row: Csat): void {
  draft.csat = [...draft.csat.filter((one) => one.ordinal !== row.ordinal), row].sort(
    (left, right) => left.ordinal - right.ordinal,
  );
  draft.changes.push(put('csat', row));
}

/** Writes one of the two ready-made fields, or takes it away. */
function showValue(draft: Draft, field: string, value: Pick<FieldValue, 'number' | 'text'> | null): void {
  const conversationId = draft.conversation.id;
  const isThere = draft.fields.some((old) => old.field === field);
  const rest = draft.fields.filter((old) => old.field !== field);
  if (value === null) {
    if (isThere) draft.changes.push(del('fieldValue', [conversationId, field, 0]));
    draft.fields = rest;
    return;
  }
  const row: FieldValue = { conversationId, field, ordinal: 0, ...value };
  draft.fields = [...rest, row];
  draft.changes.push(put('fieldValue', row));
}

/** `profile.csat` and its comment say what the latest answered cycle says (Q6). */
function showLatest(draft: Draft): void {
  const latest = draft.csat.findLast((row) => row.answeredAt !== null);
  const { score = null, comment = null } = latest ?? {};
  showValue(draft, CSAT_FIELD, score === null ? null : { number: score, text: null });
  showValue(draft, CSAT_COMMENT_FIELD, comment === null ? null : { number: null, text: comment });
}

/** Who had the cycle at its closing, or has it while it is open (Q3); null for a cycle that is not the latest. */
function ownerOf(draft: Draft, ordinal: number): Csat['ownerId'] {
  const { cycle, conversation } = draft;
  if (cycle === null) return conversation.assigneeId;
  if (cycle.ordinal !== ordinal) return null;
  return cycle.closedAt === null ? conversation.assigneeId : cycle.assigneeAtCloseId;
}

/** A survey went out (Q3): at most one a cycle, so a second one changes nothing. */
export function surveySent(draft: Draft, fact: FactOf<'surveySent'>, at: EpochMillis): void {
  const ordinal = fact.ordinal ?? draft.conversation.cycleCount;
  if (draft.csat.some((one) => one.ordinal === ordinal)) return;
  const { surveyId, scale, language, medium, expiresAt, link } = fact;
  writeCsat(draft, {
    conversationId: draft.conversation.id,
    ordinal,
    surveyId,
    scale,
    language,
    medium,
    ownerId: fact.ownerId ?? ownerOf(draft, ordinal),
    sentAt: at,
    expiresAt,
    score: null,
    comment: null,
    answeredAt: null,
    answerCount: 0,
    link,
  });
}

/** The customer answered (Q4): the last answer counts. It reopens nothing and touches no timing (S9). */
export function surveyAnswered(draft: Draft, fact: FactOf<'surveyAnswered'>, at: EpochMillis): void {
  const sent = draft.csat.find((one) => one.ordinal === fact.ordinal);
  if (sent === undefined) return;
  const { score, comment } = fact;
  if (score !== null && !isScoreOf(sent.scale, score)) return;
  writeCsat(draft, { ...sent, score, comment, answeredAt: at, answerCount: sent.answerCount + 1 });
  showLatest(draft);
}

/**
 * A score that another system asked for (Q6). It stands for the cycle it names, else for the one at that time (0 before the
 * first); where a survey of ours was sent it is one more answer. A wrong score for its scale changes nothing.
 */
export function scoreImported(draft: Draft, fact: FactOf<'scoreImported'>, at: EpochMillis): void {
  const ordinal = fact.ordinal ?? draft.conversation.cycleCount;
  const known = draft.csat.find((one) => one.ordinal === ordinal);
  const kept = known !== undefined && isScoreOf(known.scale, fact.score) ? known.scale : null;
  const scale = fact.scale ?? kept;
  if (!isScoreOf(scale, fact.score)) return;
  writeCsat(draft, {
    conversationId: draft.conversation.id,
    ordinal,
    surveyId: known?.surveyId ?? null,
    scale,
    language: known?.language ?? null,
    medium: known?.medium ?? null,
    ownerId: known === undefined ? ownerOf(draft, ordinal) : known.ownerId,
    sentAt: known?.sentAt ?? at,
    expiresAt: known?.expiresAt ?? null,
    score: fact.score,
    comment: fact.comment ?? null,
    answeredAt: at,
    answerCount: (known?.answerCount ?? 0) + 1,
    link: known?.link ?? null,
  });
  showLatest(draft);
}

/** Keys of the profile that only answers fill (Q6). */
export function isScoreKey(key: string): boolean {
  return key === CSAT_FIELD || key === CSAT_COMMENT_FIELD;
}

/**
 * A source's `profile.csat` is an imported score whose scale nobody said (Q6). A comment that comes alone belongs to the
 * latest answered cycle's score, and is left out where there is none.
 */
export function importProfileScore(
  draft: Draft,
  values: Readonly<Record<string, ProfileValue>>,
  at: EpochMillis,
): void {
  const score = values[CSAT_FIELD];
  const said = values[CSAT_COMMENT_FIELD];
  const comment = typeof said === 'string' ? said : null;
  if (typeof score === 'number') {
    scoreImported(draft, { type: 'scoreImported', ordinal: null, scale: null, score, comment }, at);
    return;
  }
  const latest = draft.csat.findLast((row) => row.answeredAt !== null);
  if (latest === undefined || comment === null) return;
  writeCsat(draft, { ...latest, comment });
  showLatest(draft);
}
