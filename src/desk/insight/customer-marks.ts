import type { CustomerId } from '../../base/ids.ts';
import { asId } from '../../base/ids.ts';
import type { Customer } from '../../domain/model.ts';
import { customerFulfils } from '../../domain/segments/evaluate.ts';
import type { CustomerProperty, SegmentCondition } from '../../domain/segments/rule.ts';
import type { ReadableDb } from '../../sqlite/types.ts';
import { type CustomerColumns, HAS } from './customer-columns.ts';

type Condition = Extract<SegmentCondition, { type: 'customer' }>;

const TEXTS: Readonly<Record<CustomerProperty, string>> = {
  name: 'SELECT n, name FROM customer WHERE n > ? ORDER BY n LIMIT ?',
  email: 'SELECT n, email FROM customer WHERE n > ? ORDER BY n LIMIT ?',
  phone: 'SELECT n, phone FROM customer WHERE n > ? ORDER BY n LIMIT ?',
  language: 'SELECT n, language FROM customer WHERE n > ? ORDER BY n LIMIT ?',
};
const EVERY = 1e9;
const NOBODY: CustomerId = asId<'CustomerId'>('');

function withValue(property: CustomerProperty, value: string | null): Customer {
  const nothing: Customer = { id: NOBODY, name: null, email: null, phone: null, language: null };
  return { ...nothing, [property]: value };
}

/** Customers whose own columns fulfil a condition. Whether a column is set, and a language, need no text to be read. */
export function customerMarks(db: ReadableDb, columns: CustomerColumns, condition: Condition): Uint8Array {
  const { property, op } = condition;
  const marks = new Uint8Array(columns.end);
  if (property === 'language') {
    const holds = [null, ...Array.from({ length: columns.languages.size }, (_, at) => at + 1)].map((number) =>
      customerFulfils(
        withValue('language', number === null ? null : columns.languages.valueOf(number)),
        condition,
      ),
    );
    for (let n = 1; n < marks.length; n += 1) marks[n] = holds[columns.language[n] ?? 0] === true ? 1 : 0;
  } else if (op === 'isSet' || op === 'isUnset') {
    const bit = HAS[property];
    for (let n = 1; n < marks.length; n += 1)
      marks[n] = (((columns.has[n] ?? 0) & bit) !== 0) === (op === 'isSet') ? 1 : 0;
  } else {
    const rows = db.prepareRaw<[number, string | null]>(TEXTS[property]).iterate(0, EVERY);
    for (const [n, value] of rows)
      if (n < marks.length && customerFulfils(withValue(property, value), condition)) marks[n] = 1;
  }
  return marks;
}
