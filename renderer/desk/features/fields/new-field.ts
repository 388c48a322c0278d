import { type FieldDefinition, isFieldKey } from '../../../../src/domain/fields/definition.ts';
import type { FieldsView } from '../../../../src/protocol/rpc/fields.ts';

const PREFIX = 'profile.';
const MOST_LETTERS = 40;

/** Keys that cannot be given to a new field. */
export type KnownKeys = Pick<FieldsView, 'deletedKeys'> & {
  readonly fields: readonly Pick<FieldDefinition, 'key'>[];
};

function isFree(key: string, { fields, deletedKeys }: KnownKeys): boolean {
  return !deletedKeys.includes(key) && !fields.some((field) => field.key === key);
}

/** "Order number" → `orderNumber`; what has no Latin letters becomes `field`. */
function wordsOf(name: string): string {
  const words = name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '');
  const joined = words
    .map((word, at) =>
      at === 0 ? word.toLowerCase() : word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase(),
    )
    .join('')
    .slice(0, MOST_LETTERS);
  return /^[A-Za-z]/.test(joined) ? joined : `field${joined}`;
}

/** A key for a field of that name which nobody has had. */
export function suggestedKey(name: string, known: KnownKeys): string {
  const first = `${PREFIX}${wordsOf(name)}`;
  let key = first;
  for (let number = 2; !isFree(key, known); number += 1) key = `${first}${number}`;
  return key;
}

/** Why a key cannot be given; null when it can (F2, F3). */
export function keyProblem(key: string, known: KnownKeys): 'key' | 'taken' | 'retired' | null {
  if (!isFieldKey(key)) return 'key';
  if (known.deletedKeys.includes(key)) return 'retired';
  return isFree(key, known) ? null : 'taken';
}
