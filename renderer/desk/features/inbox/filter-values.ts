import { type Agent, AI_OUTCOMES, type AiOutcome } from '../../../../src/domain/model.ts';
import {
  type Facets,
  FILTER_NAMES,
  type FilterName,
  type ListFilters,
  NONE,
} from '../../../../src/protocol/rpc/list.ts';
import type { Text } from '../../i18n/keys.ts';
import type { Labels } from '../../i18n/labels.ts';

/** One value that a list can be filtered by, as it is offered. */
export interface FilterValue {
  readonly name: FilterName;
  readonly value: string;
  /** In the reader's words. */
  readonly label: string;
  /** Conversations that have it, with all the other filters applied. */
  readonly count: number | null;
  readonly chosen: boolean;
}

export interface FilterWords {
  readonly t: Text;
  readonly labels: Labels;
  readonly agents: readonly Agent[];
  readonly me: string | null;
}

function agentLabel(value: string, { t, agents, me }: FilterWords): string {
  if (value === NONE) return t('inbox:assignee.none');
  if (value === me) return t('inbox:assignee.me');
  return agents.find(({ id }) => id === value)?.name ?? value;
}

function outcomeOf(value: string): AiOutcome | null {
  return AI_OUTCOMES.find((outcome) => outcome === value) ?? null;
}

/** What a value is found by when it is searched for: its words, and what it is called elsewhere ("Routed to team"). */
export function searchedWords({ name, value, label }: FilterValue, { labels }: FilterWords): string {
  const outcome = name === 'aiOutcome' ? outcomeOf(value) : null;
  return outcome === null ? label : `${label} ${labels.aiOutcomeAliases(outcome)}`;
}

/** A filter's value in words. */
export function valueLabel(name: FilterName, value: string, words: FilterWords): string {
  const { t, labels } = words;
  switch (name) {
    case 'state':
      return value === 'open' || value === 'snoozed' || value === 'closed'
        ? labels.humanState(value)
        : labels.humanState(null);
    case 'aiOutcome':
      return labels.aiOutcome(outcomeOf(value));
    case 'priority':
      return value === 'high' || value === 'medium' || value === 'low'
        ? labels.priority(value)
        : t('inbox:priority.none');
    case 'assignee':
      return agentLabel(value, words);
    case 'channel':
      return labels.channel(value);
    case 'tag':
      return value;
  }
}

/** Every value that can be filtered by, the chosen ones of each dimension first, then by count. */
export function filterValues(
  facets: Facets | undefined,
  filters: ListFilters,
  words: FilterWords,
): FilterValue[] {
  return FILTER_NAMES.flatMap((name) => {
    const chosen = filters[name] ?? [];
    const counted = facets?.filters[name] ?? [];
    const missing = chosen.filter((value) => !counted.some((entry) => entry.value === value));
    const all = [...missing.map((value) => ({ value, count: null })), ...counted];
    return all
      .map(({ value, count }) => ({
        name,
        value,
        label: valueLabel(name, value, words),
        count,
        chosen: chosen.includes(value),
      }))
      .sort((a, b) => Number(b.chosen) - Number(a.chosen));
  });
}

/** The filters with one value put in or taken out; a dimension without values is left out. */
export function toggleFilter(filters: ListFilters, name: FilterName, value: string): ListFilters {
  const current = filters[name] ?? [];
  const next = current.includes(value) ? current.filter((other) => other !== value) : [...current, value];
  return withFilter(filters, name, next);
}

/** The filters with other values in one dimension. */
export function withFilter(filters: ListFilters, name: FilterName, values: readonly string[]): ListFilters {
  const rest = Object.fromEntries(Object.entries(filters).filter(([other]) => other !== name));
  return values.length === 0 ? rest : { ...rest, [name]: [...values] };
}

/** The dimensions in which a value is chosen. */
export function setFilterNames(filters: ListFilters): readonly FilterName[] {
  return FILTER_NAMES.filter((name) => (filters[name]?.length ?? 0) > 0);
}

/** Whether any value is chosen, or anything asked of a field. */
export function hasFilters(filters: ListFilters): boolean {
  return setFilterNames(filters).length > 0 || Object.keys(filters.fields ?? {}).length > 0;
}
