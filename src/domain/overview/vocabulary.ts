import type { AiOutcome } from '../model.ts';

/**
 * What an outcome is called elsewhere: the dashboard's older words, its newer ones, and the source's API. For search in any
 * spelling, and for showing the newer words where a reader prefers them (O5–O7).
 */
export const OUTCOME_ALIASES: Readonly<Record<AiOutcome, readonly string[]>> = {
  open: ['Open'],
  resolvedByAi: ['Resolved by AI', 'Resolved', 'resolved-by-ai'],
  notResolvedByAi: ['Not resolved by AI', 'Routed', 'Routed to team', 'routed-to-team', 'Escalated'],
  closedUnresolved: ['Closed', 'Closed unresolved'],
};

/** The newer, shorter word of each outcome: a key for screens to translate. */
export const SHORT_OUTCOMES = {
  open: 'open',
  resolvedByAi: 'resolved',
  notResolvedByAi: 'routed',
  closedUnresolved: 'closed',
} as const satisfies Readonly<Record<AiOutcome, string>>;

function plain(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, ' ')
    .trim();
}

/** The outcome that `word` names in any of these vocabularies, or by its own name; null for none. */
export function outcomeNamed(word: string): AiOutcome | null {
  const wanted = plain(word);
  for (const [outcome, aliases] of Object.entries(OUTCOME_ALIASES) as [AiOutcome, readonly string[]][]) {
    if (plain(outcome) === wanted || aliases.some((alias) => plain(alias) === wanted)) return outcome;
  }
  return null;
}
