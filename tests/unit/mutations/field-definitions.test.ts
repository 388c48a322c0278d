import { describe, expect, test } from 'vitest';
import { fieldDefinition, fieldDefinitions, fieldSettingKey } from '../../../src/domain/fields/definition.ts';
import { prepareMutation } from '../../../src/mutations/registry.ts';
import { BO, minute } from '../../support/domain/history.ts';
import { Office } from '../../support/mutations/office.ts';

const PLAN = 'profile.plan';
const definitionOf = (office: Office, field = PLAN) =>
  fieldDefinition(field, office.model.setting(fieldSettingKey(field)));

/** An office with one field, defined at minute 1. */
function withPlan(over: Record<string, unknown> = {}): Office {
  const office = new Office();
  office.do('field.define', { field: PLAN, type: 'String', names: { en: 'Plan' }, position: 3, ...over }, 1);
  return office;
}

describe('field.define', () => {
  test('[C7] adds a field of each type', () => {
    for (const type of ['Boolean', 'String', 'Number', 'Date', 'Datetime', 'List']) {
      expect(definitionOf(withPlan({ type }))).toEqual({
        key: PLAN,
        type,
        names: { en: 'Plan' },
        position: 3,
        archivedAt: null,
        deletedAt: null,
      });
    }
  });

  test('[F2] names are trimmed and composed, by language', () => {
    const office = withPlan({ names: { ko: ' 요금제 ', 'pt-BR': 'Cafe\u0301' } });
    expect(definitionOf(office)?.names).toEqual({ ko: '요금제', 'pt-BR': 'Café' });
  });

  test.each([
    ['a key outside profile.*', { field: 'plan' }, 'field'],
    ['a type there is not', { type: 'Colour' }, 'type'],
    ['an empty name', { names: { en: ' ' } }, 'names.en'],
    ['a language that is none', { names: { 'not a tag': 'x' } }, 'names.not a tag'],
    ['a place that is no number', { position: 'first' }, 'position'],
  ])('[C7] refuses %s, naming the place', (_what, over, path) => {
    const args = { field: PLAN, type: 'String', names: {}, position: 1, ...over };
    expect(prepareMutation('field.define', args)).toEqual({
      ok: false,
      error: { type: 'invalidArguments', detail: { path } },
    });
  });

  test('[F2] a key that is in use is refused, archived or ready-made too', () => {
    const office = withPlan();
    const again = { field: PLAN, type: 'Number', names: {}, position: 1 };
    expect(office.refusal('field.define', again, 2)).toEqual({
      type: 'alreadyExists',
      detail: { field: PLAN },
    });
    office.do('field.archive', { field: PLAN }, 3);
    expect(office.refusal('field.define', again, 4).type).toBe('alreadyExists');
    expect(office.refusal('field.define', { ...again, field: 'profile.csat' }, 4).type).toBe('alreadyExists');
  });

  test('[F3] the key of a deleted field is never used again', () => {
    const office = withPlan();
    office.do('field.delete', { field: PLAN }, 2);
    expect(
      office.refusal('field.define', { field: PLAN, type: 'String', names: {}, position: 1 }, 3),
    ).toEqual({
      type: 'keyRetired',
      detail: { field: PLAN },
    });
  });

  test('[Y16] taken back, the field is archived, since its key is taken', () => {
    const office = new Office();
    const ran = office.run('field.define', { field: PLAN, type: 'String', names: {}, position: 1 }, 1);
    office.undo(ran, 2);
    expect(definitionOf(office)?.archivedAt).toBe(minute(2));
    expect(
      office.run('field.define', { field: PLAN, type: 'String', names: {}, position: 1 }, 3).inverse,
    ).toBeNull();
  });
});

describe('field.setName', () => {
  test('[F2] names one language; the others stay', () => {
    const office = withPlan();
    office.do('field.setName', { field: PLAN, language: 'ko', name: '요금제' }, 2);
    office.do('field.setName', { field: PLAN, language: 'en', name: 'Tariff' }, 3, BO);
    expect(definitionOf(office)?.names).toEqual({ en: 'Tariff', ko: '요금제' });
    office.do('field.setName', { field: PLAN, language: 'en', name: null }, 4);
    expect(definitionOf(office)?.names).toEqual({ ko: '요금제' });
  });

  test('[C8] renames and translates a ready-made field', () => {
    const office = new Office();
    office.do('field.setName', { field: 'profile.csat', language: 'ko', name: '만족도' }, 1);
    expect(definitionOf(office, 'profile.csat')).toMatchObject({ type: 'Number', names: { ko: '만족도' } });
  });

  test('[F2] the name it has already is no change, whatever languages came since', () => {
    const office = withPlan();
    office.do('field.setName', { field: PLAN, language: 'sv', name: 'Avtal' }, 2);
    const again = office.run('field.setName', { field: PLAN, language: 'en', name: 'Plan' }, 3);
    expect(again).toEqual({ result: { ok: true, value: [] }, inverse: null });
    office.do('field.setName', { field: PLAN, language: 'en', name: null }, 4);
    expect(definitionOf(office)?.names).toEqual({ sv: 'Avtal' });
    expect(office.do('field.setName', { field: PLAN, language: 'en', name: null }, 5)).toEqual([]);
  });

  test('[F3] a field that nobody defined, or that was deleted, has no name', () => {
    const office = withPlan();
    expect(office.refusal('field.setName', { field: 'profile.none', language: 'en', name: 'x' }, 2)).toEqual({
      type: 'noSuchField',
      detail: { field: 'profile.none' },
    });
    office.do('field.delete', { field: PLAN }, 2);
    expect(office.refusal('field.setName', { field: PLAN, language: 'en', name: 'x' }, 3).type).toBe(
      'noSuchField',
    );
  });

  test('[Y16] taken back, the name before stands again; not when it was named otherwise since', () => {
    const office = withPlan();
    const ran = office.run('field.setName', { field: PLAN, language: 'en', name: 'Tariff' }, 2);
    office.do('field.setName', { field: PLAN, language: 'sv', name: 'Avtal' }, 3, BO);
    expect(office.undo(ran, 4).ok).toBe(true);
    expect(definitionOf(office)?.names).toEqual({ en: 'Plan', sv: 'Avtal' });
    const first = office.run('field.setName', { field: PLAN, language: 'ko', name: '요금제' }, 5);
    office.do('field.setName', { field: PLAN, language: 'ko', name: '플랜' }, 6, BO);
    expect(office.undo(first, 7)).toEqual({
      ok: false,
      error: { type: 'changedSince', detail: { name: '플랜' } },
    });
    expect(office.run('field.setName', { field: PLAN, language: 'ko', name: '플랜' }, 8).inverse).toBeNull();
  });
});

describe('field.move', () => {
  const order = (office: Office): readonly string[] =>
    fieldDefinitions(
      [PLAN, 'profile.seats'].flatMap((key) => office.model.setting(fieldSettingKey(key)) ?? []),
    ).map(({ key }) => key);

  test('[C7] puts a field elsewhere; of two who move one field the last counts', () => {
    const office = withPlan();
    office.do('field.define', { field: 'profile.seats', type: 'Number', names: {}, position: 4 }, 2);
    expect(order(office)).toEqual(['profile.csat', 'profile.csatComment', PLAN, 'profile.seats']);
    office.do('field.move', { field: 'profile.seats', position: 0.5 }, 3);
    office.do('field.move', { field: PLAN, position: 0 }, 3, BO);
    office.do('field.move', { field: PLAN, position: 1.5 }, 4);
    expect(order(office)).toEqual(['profile.seats', 'profile.csat', PLAN, 'profile.csatComment']);
  });

  test('[Y16] taken back, it stands where it stood, unless it was moved since', () => {
    const office = withPlan();
    const ran = office.run('field.move', { field: PLAN, position: 9 }, 2);
    expect(ran.inverse).toEqual({ name: 'field.move', args: { field: PLAN, position: 3, expect: 9 } });
    office.do('field.move', { field: PLAN, position: 7 }, 3, BO);
    expect(office.undo(ran, 4)).toMatchObject({ ok: false, error: { type: 'changedSince' } });
    expect(office.do('field.move', { field: PLAN, position: 7 }, 5)).toEqual([]);
    expect(office.run('field.move', { field: PLAN, position: 7 }, 5).inverse).toBeNull();
    expect(office.run('field.move', { field: 'profile.none', position: 7 }, 5)).toMatchObject({
      result: { ok: false, error: { type: 'noSuchField' } },
      inverse: null,
    });
  });
});

describe('field.archive and field.restore', () => {
  test('[F3] put a field aside and take it back, with its name and place', () => {
    const office = withPlan();
    const before = definitionOf(office);
    office.do('field.archive', { field: PLAN }, 2);
    expect(definitionOf(office)).toEqual({ ...before, archivedAt: minute(2) });
    expect(office.do('field.archive', { field: PLAN }, 3)).toEqual([]);
    office.do('field.restore', { field: PLAN }, 4);
    expect(definitionOf(office)).toEqual(before);
    expect(office.do('field.restore', { field: PLAN }, 5)).toEqual([]);
  });

  test('[C8] a ready-made field can be archived and restored', () => {
    const office = new Office();
    office.do('field.archive', { field: 'profile.csatComment' }, 1);
    expect(definitionOf(office, 'profile.csatComment')?.archivedAt).toBe(minute(1));
    office.do('field.restore', { field: 'profile.csatComment' }, 2);
    expect(definitionOf(office, 'profile.csatComment')?.archivedAt).toBeNull();
  });

  test('[Y16] each takes the other back', () => {
    const office = withPlan();
    const archived = office.run('field.archive', { field: PLAN }, 2);
    expect(archived.inverse).toEqual({ name: 'field.restore', args: { field: PLAN } });
    expect(office.run('field.archive', { field: PLAN }, 3).inverse).toBeNull();
    const restored = office.run('field.restore', { field: PLAN }, 4);
    expect(restored.inverse).toEqual({ name: 'field.archive', args: { field: PLAN } });
    expect(office.run('field.restore', { field: PLAN }, 5).inverse).toBeNull();
  });
});

describe('field.delete', () => {
  test('[F3] leaves nothing but the key, which stays taken', () => {
    const office = withPlan();
    office.do('field.delete', { field: PLAN }, 2);
    expect(definitionOf(office)).toMatchObject({ key: PLAN, names: {}, deletedAt: minute(2) });
    expect(office.refusal('field.restore', { field: PLAN }, 3).type).toBe('noSuchField');
    expect(office.refusal('field.delete', { field: PLAN }, 3).type).toBe('noSuchField');
  });

  test('[Y16] cannot be taken back', () => {
    expect(withPlan().run('field.delete', { field: PLAN }, 2).inverse).toBeNull();
  });

  test('[C8] a ready-made field stays', () => {
    expect(new Office().refusal('field.delete', { field: 'profile.csat' }, 1)).toEqual({
      type: 'fieldLocked',
      detail: { field: 'profile.csat' },
    });
  });
});

describe('the workspace’s own settings', () => {
  test.each([
    ['field.define', { field: PLAN, type: 'List', names: {}, position: 1 }, 'field.defined'],
    ['field.setName', { field: PLAN, language: 'ko', name: '요금제' }, 'field.named'],
    ['field.move', { field: PLAN, position: 2 }, 'field.moved'],
    ['field.archive', { field: PLAN }, 'field.archived'],
    ['field.restore', { field: PLAN }, 'field.restored'],
    ['field.delete', { field: PLAN }, 'field.deleted'],
    ['visibility.setDefault', { field: 'tags', visible: false }, 'visibility.changed'],
    ['settings.setZone', { value: 'Asia/Seoul' }, 'settings.changed'],
  ])('%s is a lead’s, and leaves a line in the audit log', (name, args, action) => {
    const prepared = prepareMutation(name, args);
    if (!prepared.ok) throw new Error(JSON.stringify(prepared.error));
    expect(prepared.value.mutation.role).toBe('lead');
    expect(prepared.value.audit()?.action).toBe(action);
  });
});
