import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fieldDefinition, fieldSettingKey } from '../../../src/domain/fields/definition.ts';
import { checkFieldValue, fieldValueOf, isSameValue } from '../../../src/domain/fields/value.ts';
import type { MutationName } from '../../../src/mutations/registry.ts';
import { C1 } from '../../support/domain/history.ts';
import { SEED } from '../../support/domain/random-history.ts';
import { Office, openStory } from '../../support/mutations/office.ts';
import { type Move, randomCall } from '../../support/mutations/random-calls.ts';

const FIELDS = ['profile.plan', 'profile.topics', 'profile.csat'];
const SETTINGS = [
  'visibility',
  'visibility:ana',
  'visibility:bo',
  'hours',
  'timingPolicy',
  'zone',
  'language',
];
const DEFINING: readonly MutationName[] = [
  'field.define',
  'field.setName',
  'field.move',
  'field.archive',
  'field.restore',
  'profile.set',
];
const ARRANGING: readonly MutationName[] = [
  'visibility.setOwn',
  'visibility.setDefault',
  'settings.setHours',
  'settings.setTimingPolicy',
  'settings.setZone',
  'settings.setLanguage',
];
const ALL: readonly MutationName[] = [...DEFINING, ...ARRANGING, 'field.delete'];
const moves = (names: readonly MutationName[]) => fc.array(randomCall(names), { maxLength: 30 });

type Call = Extract<Move, { kind: 'call' }>;

function play(office: Office, calls: readonly Call[], after: () => void = () => undefined): number {
  let now = 3;
  for (const call of calls) {
    now += call.wait;
    office.run(call.name, call.args, now, call.actor);
    after();
  }
  return now;
}

const definitionIn = (office: Office, field: string) =>
  fieldDefinition(field, office.model.setting(fieldSettingKey(field)));

/** The definitions, what every other setting holds, and the fields of the one conversation. */
function standing(office: Office): unknown {
  const settings = SETTINGS.map((key) => {
    const value = office.model.setting(key)?.value;
    return value === undefined ? null : (JSON.parse(value) as unknown);
  });
  const definitions = FIELDS.map((field) => definitionIn(office, field));
  return { settings, definitions, fields: office.model.rows(C1).fields };
}

const valueIn = (office: Office, field: string): unknown => {
  const type = definitionIn(office, field)?.type ?? null;
  return fieldValueOf(office.model.snapshot(C1).fields, field, type);
};

describe('random changes of fields and settings', () => {
  test('[F1] whatever is called, a profile holds only values that fit their fields', () => {
    fc.assert(
      fc.property(moves(ALL), (calls) => {
        const office = new Office(openStory());
        play(office, calls, () => {
          for (const field of FIELDS) {
            const definition = definitionIn(office, field);
            const value = valueIn(office, field);
            if (definition === null) expect(value).toBeNull();
            else expect(checkFieldValue(field, definition.type, value)).toEqual({ ok: true, value });
          }
        });
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  test('[F2] [F3] a field’s type never changes, and what was deleted stays so', () => {
    fc.assert(
      fc.property(moves(ALL), (calls) => {
        const office = new Office(openStory());
        const types = new Map<string, string>();
        const deleted = new Set<string>();
        play(office, calls, () => {
          for (const field of FIELDS) {
            const definition = definitionIn(office, field);
            if (definition === null) continue;
            expect(types.get(field) ?? definition.type).toBe(definition.type);
            types.set(field, definition.type);
            if (deleted.has(field)) expect(definition.deletedAt).not.toBeNull();
            if (definition.deletedAt !== null) deleted.add(field);
          }
        });
        expect(deleted.has('profile.csat')).toBe(false);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  test('[Y16] taken back at once, everything stands as before; a definition is archived', () => {
    fc.assert(
      fc.property(moves(ALL), randomCall(ALL), (calls, call) => {
        const office = new Office(openStory());
        const now = play(office, calls) + call.wait;
        const before = standing(office);
        const ran = office.run(call.name, call.args, now, call.actor);
        if (!ran.result.ok || ran.inverse === null) return;
        expect(office.undo(ran, now + 1, call.actor).ok).toBe(true);
        if (call.name === 'field.define') {
          const field = String(call.args['field']);
          expect(definitionIn(office, field)?.archivedAt).not.toBeNull();
        } else if (call.name !== 'field.restore') expect(standing(office)).toEqual(before);
      }),
      { seed: SEED, numRuns: 1_000 },
    );
  });

  test('[Y16] what cannot be taken back changed nothing, or deleted a field', () => {
    fc.assert(
      fc.property(moves(ALL), randomCall(ALL), (calls, call) => {
        const office = new Office(openStory());
        const now = play(office, calls) + call.wait;
        const before = standing(office);
        const ran = office.run(call.name, call.args, now, call.actor);
        if (!ran.result.ok || ran.inverse !== null || call.name === 'field.delete') return;
        expect(ran.result.value.filter(({ table }) => table === 'fieldValue')).toEqual([]);
        expect(standing(office)).toEqual(before);
      }),
      { seed: SEED, numRuns: 1_000 },
    );
  });

  test('[C6] [F4] arranging touches no definition and no value', () => {
    fc.assert(
      fc.property(moves(DEFINING), moves(ARRANGING), (first, second) => {
        const office = new Office(openStory());
        play(office, first);
        const before = office.model.rows(C1);
        const definitions = FIELDS.map((field) => office.model.setting(fieldSettingKey(field)));
        play(office, second);
        expect(office.model.rows(C1)).toEqual(before);
        expect(FIELDS.map((field) => office.model.setting(fieldSettingKey(field)))).toEqual(definitions);
      }),
      { seed: SEED, numRuns: 200 },
    );
  });

  test('[C7] a value that was set is there, whatever stood before', () => {
    const value = fc.constantFrom<unknown>('Gold', 4, true, '02-29', ['red'], null);
    fc.assert(
      fc.property(moves(ALL), value, (calls, wanted) => {
        const office = new Office(openStory());
        const now = play(office, calls);
        const field = 'profile.topics';
        const { result } = office.run('profile.set', { field, value: wanted }, now + 1);
        if (!result.ok) return;
        const kept = valueIn(office, field);
        expect(isSameValue(kept as string, wanted as string)).toBe(true);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });
});
