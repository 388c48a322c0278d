import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { byFieldOrder, type FieldDefinition, FIELD_TYPES } from '../../../../src/domain/fields/definition.ts';
import { placesFor } from '../../../../src/domain/fields/order.ts';
import {
  checkFieldValue,
  fieldValueOf,
  isSameValue,
  mergeLists,
} from '../../../../src/domain/fields/value.ts';
import type { ProfileValue } from '../../../../src/domain/events.ts';
import { Story } from '../../../support/domain/history.ts';
import { SEED } from '../../../support/domain/random-history.ts';

const item = fc.constantFrom<string>('a', 'b', 'c', 'd', 'e');
const list = fc.uniqueArray(item);
const anything = fc.oneof(
  fc.string(),
  fc.double(),
  fc.integer(),
  fc.boolean(),
  fc.array(fc.string(), { maxLength: 5 }),
  fc.constantFrom('2026-02-28', '02-29', null, undefined, {}, []),
);

describe('values of fields', () => {
  test('[F1] what is kept fits again, unchanged; what does not fit is refused whatever it is', () => {
    fc.assert(
      fc.property(fc.constantFrom(...FIELD_TYPES), anything, (type, value) => {
        const checked = checkFieldValue('profile.x', type, value);
        if (checked.ok) expect(checkFieldValue('profile.x', type, checked.value)).toEqual(checked);
        else expect(checked.error).toMatchObject({ type: 'wrongType', field: 'profile.x', expected: type });
      }),
      { seed: SEED, numRuns: 2_000 },
    );
  });

  test('[F1] what is kept comes back out of the rows it was folded to', () => {
    fc.assert(
      fc.property(fc.constantFrom(...FIELD_TYPES), anything, anything, (type, first, second) => {
        const story = new Story();
        let last: ProfileValue = null;
        [first, second].forEach((value, at) => {
          const checked = checkFieldValue('profile.x', type, value);
          if (!checked.ok) return;
          last = checked.value;
          story.add(at + 1, { type: 'profileSet', values: { 'profile.x': last } });
        });
        const kept = fieldValueOf(story.fold().rows.fields, 'profile.x', type);
        expect(isSameValue(kept, Object.is(last, -0) ? 0 : last)).toBe(true);
      }),
      { seed: SEED, numRuns: 1_000 },
    );
  });
});

describe('lists that two people change', () => {
  test('[C7] each item is in or out as whoever changed it wanted; nobody’s change is lost', () => {
    fc.assert(
      fc.property(list, list, list, (seen, theirs, mine) => {
        const merged = mergeLists(theirs, seen, mine);
        expect(new Set(merged).size).toBe(merged.length);
        for (const one of ['a', 'b', 'c', 'd', 'e']) {
          const [was, they, me] = [seen, theirs, mine].map((items) => items.includes(one));
          const wanted = they === was ? me : they;
          expect(merged.includes(one)).toBe(wanted);
        }
      }),
      { seed: SEED, numRuns: 2_000 },
    );
  });

  test('[C7] alone, the list is what was wanted', () => {
    fc.assert(
      fc.property(list, list, (seen, mine) => {
        expect(mergeLists(seen, seen, mine)).toEqual(mine);
      }),
      { seed: SEED },
    );
  });
});

describe('moving fields', () => {
  test('[C7] after any moves the field stands where it was put and the others keep their order', () => {
    const moves = fc.array(fc.record({ which: fc.nat(5), to: fc.nat(5) }), { minLength: 1, maxLength: 120 });
    fc.assert(
      fc.property(moves, (all) => {
        let fields: readonly FieldDefinition[] = ['a', 'b', 'c', 'd', 'e', 'f'].map((key) => ({
          key,
          type: 'String',
          names: {},
          position: 1,
          archivedAt: null,
          deletedAt: null,
        }));
        for (const { which, to } of all) {
          const before = [...fields].sort(byFieldOrder).map(({ key }) => key);
          const key = before[which] ?? 'a';
          const wanted = before.filter((other) => other !== key);
          wanted.splice(to, 0, key);
          const places = new Map(placesFor(fields, key, to).map((place) => [place.key, place.position]));
          fields = fields.map((field) => ({ ...field, position: places.get(field.key) ?? field.position }));
          expect([...fields].sort(byFieldOrder).map((field) => field.key)).toEqual(wanted);
        }
      }),
      { seed: SEED, numRuns: 200 },
    );
  });
});
