import { REVIEW_VERDICTS, type ReviewVerdict, type Verdict } from '../model.ts';
import { type Share, shareOf } from '../overview/figures.ts';

type Given = Pick<Verdict, 'conversationId' | 'agentId' | 'verdict'>;

/** How often two reviewers of one conversation agree (O10): pairs of the same verdict, of all pairs. */
export function agreementOf(verdicts: readonly Given[]): Share {
  const given = verdicts.filter((one) => one.verdict !== null);
  let same = 0;
  let pairs = 0;
  for (const of of Map.groupBy(given, (one) => one.conversationId).values()) {
    const counts = Map.groupBy(of, (one) => one.verdict);
    pairs += pairsOf(of.length);
    for (const group of counts.values()) same += pairsOf(group.length);
  }
  return shareOf(same, pairs);
}

function pairsOf(count: number): number {
  return (count * (count - 1)) / 2;
}

/** Every verdict's count, zeros included. */
export function emptyVerdicts(): Record<ReviewVerdict, number> {
  return Object.fromEntries(REVIEW_VERDICTS.map((verdict) => [verdict, 0])) as Record<ReviewVerdict, number>;
}

/** What reviewers found about conversations of one reason or skill. */
export interface FindingCounts {
  readonly value: string | null;
  readonly total: number;
  readonly unreviewed: number;
  readonly verdicts: Readonly<Record<ReviewVerdict, number>>;
}

/** Findings by a property of the conversation, the most conversations first. Each reviewer's verdict counts once. */
export function findingsBy(
  conversations: readonly { readonly id: string; readonly value: string | null }[],
  verdicts: readonly Given[],
): readonly FindingCounts[] {
  const given = Map.groupBy(
    verdicts.filter((one) => one.verdict !== null),
    (one): string => one.conversationId,
  );
  const found = [...Map.groupBy(conversations, (one) => one.value)].map(([value, group]) => {
    const counts = emptyVerdicts();
    for (const { id } of group)
      for (const { verdict } of given.get(id) ?? []) if (verdict !== null) counts[verdict] += 1;
    const unreviewed = group.filter(({ id }) => !given.has(id)).length;
    return { value, total: group.length, unreviewed, verdicts: counts };
  });
  return found.sort((a, b) => b.total - a.total || compareValues(a.value, b.value));
}

/** By text, none last. */
export function compareValues(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return a < b ? -1 : 1;
}
