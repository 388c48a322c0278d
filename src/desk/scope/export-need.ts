import { EVERYTHING } from '../../domain/desk-scope.ts';
import type { ExportRequestInput } from '../../protocol/rpc/exports.ts';
import type { ReadableDb } from '../../sqlite/types.ts';
import { daysOf } from '../insight/drill-days.ts';
import { listNeed } from './needs.ts';

/** From when on a desk must hold everything for an export to be whole (Y9); null: open work is always here. */
export function exportNeed(
  db: ReadableDb,
  { query, range, zone }: Pick<ExportRequestInput, 'query' | 'range' | 'zone'>,
): number | null {
  const need = listNeed(db, query);
  if (need === null || range.from === null) return need;
  const days = daysOf({ from: range.from, to: range.from, zone });
  return Math.max(need, days?.start ?? EVERYTHING);
}
