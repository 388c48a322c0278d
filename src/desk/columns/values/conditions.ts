import type { FieldCondition } from '../../../protocol/rpc/list.ts';
import { NumberColumn, TextColumn, type ValueColumn } from './value-column.ts';

/** Whether row `n` is wanted. */
export type RowTest = (n: number) => boolean;

const NEVER: RowTest = () => false;

function numberTest(column: NumberColumn, condition: FieldCondition): RowTest {
  const valueOf = (n: number): number => column.values[n] ?? Number.NaN;
  switch (condition.type) {
    case 'is': {
      const wanted = condition.value ? 1 : 0;
      return (n) => valueOf(n) === wanted;
    }
    case 'anyOf': {
      const wanted = new Set(condition.values.map(Number));
      return (n) => wanted.has(valueOf(n));
    }
    case 'range': {
      const from = condition.from ?? Number.NEGATIVE_INFINITY;
      const to = condition.to ?? Number.POSITIVE_INFINITY;
      return (n) => valueOf(n) >= from && valueOf(n) <= to;
    }
    default:
      return NEVER;
  }
}

/** As letters are compared without their case, composed or not. */
export function foldText(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

type ItemTest = (item: string) => boolean;

function itemTest(condition: FieldCondition): ItemTest {
  switch (condition.type) {
    case 'anyOf': {
      const wanted = new Set(condition.values);
      return (item) => wanted.has(item);
    }
    case 'contains': {
      const wanted = foldText(condition.text);
      return (item) => foldText(item).includes(wanted);
    }
    case 'dates': {
      const { from, to } = condition;
      const shape = (from ?? to)?.length;
      // Year-month-day and month-day are different things, each in the order of its letters.
      return (day) =>
        (shape === undefined || day.length === shape) &&
        (from === null || day >= from) &&
        (to === null || day <= to);
    }
    default:
      return () => false;
  }
}

/** What was last decided of a column's items: the list, its counts and a page after it ask the same again. */
interface Decided {
  readonly condition: string;
  verdicts: Uint8Array;
  /** How many items have one; more may have come since. */
  known: number;
}
const MOST_DECIDED = 4;
const decidedOf = new WeakMap<TextColumn, Decided[]>();

/** By the number of each item, 1 where it passes: decided once for each, however many rows hold it. */
function verdictsOf(column: TextColumn, condition: FieldCondition): Uint8Array {
  const key = JSON.stringify(condition);
  const kept = decidedOf.get(column) ?? [];
  const found = kept.find((one) => one.condition === key) ?? {
    condition: key,
    verdicts: new Uint8Array(column.items.size + 1),
    known: 0,
  };
  const { items } = column;
  if (found.verdicts.length <= items.size) {
    const larger = new Uint8Array(Math.ceil((items.size + 1) * 1.25));
    larger.set(found.verdicts);
    found.verdicts = larger;
  }
  const test = itemTest(condition);
  for (let item = found.known + 1; item <= items.size; item += 1)
    found.verdicts[item] = test(items.valueOf(item)) ? 1 : 0;
  found.known = items.size;
  decidedOf.set(column, [found, ...kept.filter((one) => one !== found)].slice(0, MOST_DECIDED));
  return found.verdicts;
}

function textTest(column: TextColumn, condition: FieldCondition): RowTest {
  let known = -1;
  let verdicts: Uint8Array = new Uint8Array();
  return (n) => {
    const code = column.codes[n] ?? 0;
    if (code === 0) return false;
    if (known !== column.items.size) {
      known = column.items.size;
      verdicts = verdictsOf(column, condition);
    }
    return column.passes(code, verdicts);
  };
}

/** The least and the greatest number that pass; null where it is not a matter of bounds. */
function boundsOf(condition: FieldCondition): readonly [number, number] | null {
  if (condition.type === 'is') return condition.value ? [1, 1] : [0, 0];
  if (condition.type === 'filled') return [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  if (condition.type !== 'range') return null;
  return [condition.from ?? Number.NEGATIVE_INFINITY, condition.to ?? Number.POSITIVE_INFINITY];
}

/** Takes out of `mask` (1 for each row in question) the rows that do not pass: a tight loop over a million rows. */
export function narrow(mask: Uint8Array, column: ValueColumn, condition: FieldCondition): void {
  if (column instanceof NumberColumn) {
    const bounds = boundsOf(condition);
    if (bounds !== null) return narrowByBounds(mask, column.values, bounds[0], bounds[1]);
    if (condition.type === 'empty') return narrowToUnset(mask, column.values);
  }
  if (column instanceof TextColumn) return narrowByCode(mask, column, condition);
  const test = conditionTest(column, condition);
  for (let n = 0; n < mask.length; n += 1) if (mask[n] === 1 && !test(n)) mask[n] = 0;
}

function narrowByBounds(mask: Uint8Array, values: Float64Array, from: number, to: number): void {
  const held = Math.min(mask.length, values.length);
  for (let n = 0; n < held; n += 1) {
    const value = values[n] ?? Number.NaN;
    if (!(value >= from && value <= to)) mask[n] = 0;
  }
  mask.fill(0, held);
}

function narrowToUnset(mask: Uint8Array, values: Float64Array): void {
  const held = Math.min(mask.length, values.length);
  for (let n = 0; n < held; n += 1) if (!Number.isNaN(values[n] ?? Number.NaN)) mask[n] = 0;
}

function narrowByCode(mask: Uint8Array, column: TextColumn, condition: FieldCondition): void {
  const { codes } = column;
  const passes = new Uint8Array(column.size + 1);
  const isSet = condition.type === 'filled' ? 1 : 0;
  const verdicts =
    condition.type === 'filled' || condition.type === 'empty' ? null : verdictsOf(column, condition);
  passes[0] = condition.type === 'empty' ? 1 : 0;
  for (let code = 1; code < passes.length; code += 1)
    passes[code] = verdicts === null ? isSet : column.passes(code, verdicts) ? 1 : 0;
  const held = Math.min(mask.length, codes.length);
  for (let n = 0; n < held; n += 1) if (passes[codes[n] ?? 0] === 0) mask[n] = 0;
  mask.fill(passes[0], held);
}

/** A condition made ready for a column. It stays right when values come and change later. */
export function conditionTest(column: ValueColumn, condition: FieldCondition): RowTest {
  if (condition.type === 'empty') return (n) => Number.isNaN(column.identityOf(n));
  if (condition.type === 'filled') return (n) => !Number.isNaN(column.identityOf(n));
  if (column instanceof NumberColumn) return numberTest(column, condition);
  return column instanceof TextColumn ? textTest(column, condition) : NEVER;
}
