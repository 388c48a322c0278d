import { byFieldOrder, type FieldDefinition } from './definition.ts';

/** A field and where it is to stand. */
export interface FieldPlace {
  readonly key: string;
  readonly position: number;
}

/** The position behind every field there is: for a new one. */
export function lastPosition(fields: readonly FieldDefinition[]): number {
  return Math.floor(Math.max(0, ...fields.map(({ position }) => position))) + 1;
}

/**
 * What to set so that `key` stands at `index` (from 0) among the others of `fields`: its own position between its new
 * neighbours', or everybody's where no number lies between. Empty when it stands there already, or is unknown.
 */
export function placesFor(
  fields: readonly FieldDefinition[],
  key: string,
  index: number,
): readonly FieldPlace[] {
  const ordered = [...fields].sort(byFieldOrder);
  const moved = ordered.find((field) => field.key === key);
  if (moved === undefined) return [];
  const others = ordered.filter((field) => field !== moved);
  const at = Math.max(0, Math.min(index, others.length));
  if (ordered.indexOf(moved) === at) return [];
  const position = between(others[at - 1]?.position ?? null, others[at]?.position ?? null);
  if (position !== null) return [{ key, position }];
  return [...others.slice(0, at), moved, ...others.slice(at)].map((field, place) => ({
    key: field.key,
    position: place + 1,
  }));
}

/** A number between two neighbours, null standing for "nobody there"; null when none is left. */
function between(before: number | null, after: number | null): number | null {
  if (before === null) return after === null ? 1 : after - 1;
  if (after === null) return before + 1;
  const middle = before + (after - before) / 2;
  return middle > before && middle < after ? middle : null;
}
