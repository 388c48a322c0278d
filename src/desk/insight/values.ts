import type { InsightColumns } from './mirror.ts';

/** What a property filter of a segment can be compared with. */
export type ValueProperty = 'channel' | 'skill' | 'reasonCode' | 'tag' | 'product' | 'language';

type Count = { readonly value: string; readonly count: number };

function listed(counts: Uint32Array, nameOf: (number: number) => string, limit: number): readonly Count[] {
  return [...counts]
    .flatMap((count, number) => (count === 0 || number === 0 ? [] : [{ value: nameOf(number), count }]))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, limit);
}

function bump(counts: Uint32Array, number: number): void {
  counts[number] = (counts[number] ?? 0) + 1;
}

/** The values that occur among data points (a language: among customers), the most frequent first. */
export function valuesOf(
  { events, customers }: InsightColumns,
  property: ValueProperty,
  limit: number,
): readonly Count[] {
  if (property === 'language') {
    const counts = new Uint32Array(customers.languages.size + 1);
    for (let n = 1; n < customers.end; n += 1) bump(counts, customers.language[n] ?? 0);
    return listed(counts, customers.languages.valueOf, limit);
  }
  if (property === 'product') {
    const counts = new Uint32Array(events.productIds.size + 1);
    for (let place = 0; place < events.end; place += 1) {
      if (events.kind[place] === 0) continue;
      const start = events.productStart[place] ?? 0;
      const end = start + (events.productCount[place] ?? 0);
      for (let index = start; index < end; index += 1) bump(counts, events.products[index] ?? 0);
    }
    return listed(counts, events.productIds.valueOf, limit);
  }
  const dictionaries = {
    channel: events.channels,
    skill: events.skills,
    reasonCode: events.reasons,
    tag: events.tagSets.tags,
  };
  const counts = new Uint32Array(dictionaries[property].size + 1);
  for (let place = 0; place < events.end; place += 1) {
    const kind = events.kindAt(place);
    if (property === 'tag') for (const tag of events.tagSets.tagsOf(kind.tagSet)) bump(counts, tag);
    else bump(counts, property === 'reasonCode' ? kind.reason : kind[property]);
  }
  return listed(counts, dictionaries[property].valueOf, limit);
}
