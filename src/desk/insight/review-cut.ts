import type { ZonedDays } from '../../domain/overview/range.ts';
import { REVIEW_DIMENSIONS, type ReviewDimension } from '../../protocol/rpc/drill.ts';
import { type ConversationColumns, outcomeCode } from './conversation-columns.ts';
import type { InsightColumns } from './mirror.ts';
import { groupingBy } from './overview.ts';

const NOT_RESOLVED = outcomeCode('notResolvedByAi');

/** What narrows the conversations to review, beside what was found: a `null` is "none of it". */
export type ReviewCut = Readonly<Partial<Record<ReviewDimension, string | null | undefined>>> & {
  readonly days?: ZonedDays | null | undefined;
};

/** One property of conversations by code; its name, null for none. */
interface Dimension {
  readonly codeOf: (n: number) => number;
  readonly nameOf: (code: number) => string | null;
  readonly size: number;
}

function dimensionOf(conversations: ConversationColumns, by: ReviewDimension): Dimension {
  if (by === 'channel' || by === 'tag') return groupingBy(conversations, by);
  const [codes, names] =
    by === 'reason'
      ? [conversations.reason, conversations.reasons]
      : [conversations.skill, conversations.skills];
  return {
    codeOf: (n) => codes[n] ?? 0,
    nameOf: (code) => (code === 0 ? null : names.valueOf(code)),
    size: names.size + 1,
  };
}

/** The code that a value has; -1 where nothing has it, null where any will do. */
function wantedCode({ nameOf, size }: Dimension, value: string | null | undefined): number | null {
  if (value === undefined) return null;
  for (let code = value === null ? 0 : 1; code < size; code += 1) if (nameOf(code) === value) return code;
  return -1;
}

/** Conversations not resolved by the AI: those that a cut leaves, and each property with what the rest of the cut leaves. */
export interface Reviewed {
  /** By row number, the newest start first. */
  readonly all: readonly number[];
  /** What may be chosen instead: without the cut by this very property. */
  readonly by: (
    dimension: ReviewDimension,
  ) => readonly { readonly n: number; readonly value: string | null }[];
}

/** Cuts the conversations not resolved by the AI by start, reason, skill, channel and tag (O10). */
export function reviewed({ conversations }: InsightColumns, cut: ReviewCut): Reviewed {
  const { startedAt } = conversations;
  const parts = REVIEW_DIMENSIONS.map((name) => {
    const dimension = dimensionOf(conversations, name);
    const besides: number[] = [];
    return { name, dimension, wanted: wantedCode(dimension, cut[name]), besides };
  });
  const all: number[] = [];
  for (let n = 1; n < conversations.end; n += 1) {
    if (conversations.outcomeOf(n) !== NOT_RESOLVED) continue;
    const at = startedAt[n] ?? 0;
    if (cut.days === null || (cut.days !== undefined && (at < cut.days.start || at >= cut.days.end)))
      continue;
    const failing = parts.filter(
      ({ dimension, wanted }) => wanted !== null && dimension.codeOf(n) !== wanted,
    );
    if (failing.length === 0) all.push(n);
    else if (failing.length === 1) failing[0]?.besides.push(n);
  }
  all.sort((a, b) => (startedAt[b] ?? 0) - (startedAt[a] ?? 0) || b - a);
  return {
    all,
    by: (dimension) => {
      const part = parts.find(({ name }) => name === dimension);
      if (part === undefined) return [];
      const { codeOf, nameOf } = part.dimension;
      return [...all, ...part.besides].map((n) => ({ n, value: nameOf(codeOf(n)) }));
    },
  };
}
