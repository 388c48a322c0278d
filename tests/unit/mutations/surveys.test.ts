import { describe, expect, test } from 'vitest';
import { prepareMutation } from '../../../src/mutations/registry.ts';
import { contentOf } from '../../../src/mutations/survey-args.ts';
import { addressOfSetting } from '../../../src/mutations/public-address.ts';
import { surveysOfSettings } from '../../../src/protocol/surveys.ts';
import { BO, minute } from '../../support/domain/history.ts';
import { condition, surveyOf } from '../../support/domain/surveys.ts';
import { Office } from '../../support/mutations/office.ts';

const content = contentOf(surveyOf());

function surveysIn(office: Office) {
  return surveysOfSettings(['s1', 's2'].flatMap((id) => office.model.setting(`survey:${id}`) ?? []));
}

function pathOf(survey: object): string | null {
  const prepared = prepareMutation('survey.save', { id: 's1', survey });
  return prepared.ok ? null : String(prepared.error.detail?.['path']);
}

describe('survey.save', () => {
  test('[C9] [C10] a new one is kept whole, and is off', () => {
    const office = new Office();
    const survey = {
      ...content,
      texts: { ko: { question: '어떠셨나요?' } },
      conditions: [condition('profile.vip', 'isAnyOf', 'true')],
    };
    office.do('survey.save', { id: 's1', survey }, 3, BO);
    expect(surveysIn(office)).toEqual([{ id: 's1', ...survey, onSince: null }]);
  });

  test('[Q3] saved and switched on at once, it is on from the workspace’s moment; saved again, from the same', () => {
    const office = new Office();
    office.do('survey.save', { id: 's1', survey: content, on: true }, 3, BO);
    office.do('survey.save', { id: 's1', survey: { ...content, scale: 2 } }, 9, BO);
    expect(surveysIn(office)).toMatchObject([{ scale: 2, onSince: minute(3) }]);
  });

  test('[Y16] taken back, a new one goes and an old one is as it was', () => {
    const office = new Office();
    const made = office.run('survey.save', { id: 's1', survey: content }, 3, BO);
    const changed = office.run('survey.save', { id: 's1', survey: { ...content, scale: 3 } }, 4, BO);
    office.undo(changed, 5, BO);
    expect(surveysIn(office)).toMatchObject([{ scale: 5 }]);
    office.undo(made, 6, BO);
    expect(surveysIn(office)).toEqual([]);
  });

  test('[Y16] not when it was changed since', () => {
    const office = new Office();
    const made = office.run('survey.save', { id: 's1', survey: content }, 3, BO);
    office.do('survey.save', { id: 's1', survey: { ...content, scale: 3 } }, 4, BO);
    expect(office.undo(made, 6, BO)).toEqual({ ok: false, error: { type: 'changedSince' } });
  });

  test('[Q3] saved and switched in one: on keeps the moment it was switched on, off forgets it', () => {
    const office = new Office();
    office.do('survey.save', { id: 's1', survey: content, on: true }, 3, BO);
    office.do('survey.save', { id: 's1', survey: { ...content, scale: 3 }, on: true }, 4, BO);
    expect(surveysIn(office)).toMatchObject([{ scale: 3, onSince: minute(3) }]);
    office.do('survey.save', { id: 's1', survey: content, on: false }, 5, BO);
    expect(surveysIn(office)).toMatchObject([{ scale: 5, onSince: null }]);
  });

  test('[Y16] what was switched with the saving is switched back with it; what was switched since, alone, stays', () => {
    const office = new Office();
    office.do('survey.save', { id: 's1', survey: content }, 3, BO);
    const both = office.run('survey.save', { id: 's1', survey: { ...content, scale: 3 }, on: true }, 4, BO);
    office.undo(both, 5, BO);
    expect(surveysIn(office)).toMatchObject([{ scale: 5, onSince: null }]);
    const switched = office.run('survey.save', { id: 's1', survey: content, on: true }, 6, BO);
    office.undo(switched, 7, BO);
    expect(surveysIn(office)).toMatchObject([{ onSince: null }]);
    const saved = office.run('survey.save', { id: 's1', survey: { ...content, scale: 2 } }, 8, BO);
    office.do('survey.setOn', { id: 's1', on: true }, 9, BO);
    office.undo(saved, 10, BO);
    expect(surveysIn(office)).toMatchObject([{ scale: 5, onSince: minute(9) }]);
    expect(office.run('survey.save', { id: 's1', survey: content, on: true }, 11, BO).inverse).toBeNull();
  });

  test('[Y16] over one that was deleted since it does not write', () => {
    const office = new Office();
    office.do('survey.save', { id: 's1', survey: content }, 3, BO);
    const changed = office.run('survey.save', { id: 's1', survey: { ...content, scale: 3 } }, 4, BO);
    office.do('survey.delete', { id: 's1' }, 5, BO);
    expect(office.undo(changed, 6, BO)).toEqual({ ok: false, error: { type: 'changedSince' } });
    expect(surveysIn(office)).toEqual([]);
  });

  test('what stands already has nothing to take back', () => {
    const office = new Office();
    office.do('survey.save', { id: 's1', survey: content }, 3, BO);
    const again = office.run('survey.save', { id: 's1', survey: content }, 4, BO);
    expect(again).toEqual({ result: { ok: true, value: [] }, inverse: null });
  });

  test('[Q1] [Q3] what makes no sense is refused with its place', () => {
    expect(pathOf(content)).toBeNull();
    expect(pathOf({ ...content, scale: 4 })).toBe('survey.scale');
    expect(pathOf({ ...content, name: '  ' })).toBe('survey.name');
    expect(pathOf({ ...content, delay: -1 })).toBe('survey.delay');
    expect(pathOf({ ...content, expiry: 0 })).toBe('survey.expiry');
    expect(pathOf({ ...content, conditions: [condition('mood', 'isSet')] })).toContain('survey.conditions.0');
    expect(pathOf({ ...content, conditions: [condition('tag', 'isAnyOf')] })).toBe('survey.conditions.0');
    expect(pathOf({ ...content, conditions: [condition('profile.n', 'atLeast', 'many')] })).toBe(
      'survey.conditions.0',
    );
    expect(pathOf({ ...content, conditions: [condition('tag', 'isSet', 'x')] })).toBe('survey.conditions.0');
    expect(pathOf({ ...content, conditions: [condition('tag', 'isUnset', 'x')] })).toBe(
      'survey.conditions.0',
    );
  });

  test('[Q3] a number is compared with one number; set and unset with nothing', () => {
    const withCondition = (...args: Parameters<typeof condition>) =>
      pathOf({ ...content, conditions: [condition(...args)] });
    for (const operator of ['isSet', 'isUnset'] as const)
      expect(withCondition('profile.n', operator)).toBeNull();
    expect(withCondition('profile.n', 'atLeast', '2.5')).toBeNull();
    for (const values of [[], [''], ['1', '2'], ['Infinity']])
      expect(withCondition('profile.n', 'atLeast', ...values)).toBe('survey.conditions.0');
  });

  test('empty texts are as if they were not there', () => {
    const office = new Office();
    office.do(
      'survey.save',
      { id: 's1', survey: { ...content, texts: { sv: { title: ' ', thanks: 'Tack' } } } },
      3,
      BO,
    );
    expect(surveysIn(office)[0]?.texts).toEqual({ sv: { thanks: 'Tack' } });
  });
});

describe('survey.setOn, survey.move, survey.delete', () => {
  function office(): Office {
    const made = new Office();
    made.do('survey.save', { id: 's1', survey: content }, 3, BO);
    made.do('survey.save', { id: 's2', survey: { ...content, position: 2 } }, 3, BO);
    return made;
  }

  test('[Q3] on from now, off, and back', () => {
    const made = office();
    const on = made.run('survey.setOn', { id: 's1', on: true }, 7, BO);
    expect(surveysIn(made)[0]?.onSince).toBe(minute(7));
    expect(made.run('survey.setOn', { id: 's1', on: true }, 8, BO)).toEqual({
      result: { ok: true, value: [] },
      inverse: null,
    });
    made.undo(on, 9, BO);
    expect(surveysIn(made)[0]?.onSince).toBeNull();
    expect(made.refusal('survey.setOn', { id: 's1', on: false, expect: true }, 10, BO).type).toBe(
      'changedSince',
    );
  });

  test('[Q3] moved, the order is another; taken back, the old one', () => {
    const made = office();
    const moved = made.run('survey.move', { id: 's2', position: 0 }, 7, BO);
    expect(surveysIn(made).map(({ id }) => id)).toEqual(['s2', 's1']);
    made.undo(moved, 8, BO);
    expect(surveysIn(made).map(({ id }) => id)).toEqual(['s1', 's2']);
    made.do('survey.move', { id: 's2', position: 5 }, 9, BO);
    expect(made.undo(moved, 10, BO)).toEqual({ ok: false, error: { type: 'changedSince' } });
  });

  test('[Y16] deleted and taken back, it is whole and on again', () => {
    const made = office();
    made.do('survey.setOn', { id: 's1', on: true }, 7, BO);
    const gone = made.run('survey.delete', { id: 's1' }, 8, BO);
    expect(surveysIn(made).map(({ id }) => id)).toEqual(['s2']);
    made.undo(gone, 9, BO);
    expect(surveysIn(made)[0]).toEqual({ id: 's1', ...content, onSince: minute(9) });
  });

  test('of one that is not there: refused', () => {
    for (const [name, args] of [
      ['survey.setOn', { id: 'x', on: true }],
      ['survey.move', { id: 'x', position: 1 }],
      ['survey.delete', { id: 'x' }],
    ] as const)
      expect(office().refusal(name, args, 7, BO)).toEqual({ type: 'notFound', detail: { surveyId: 'x' } });
  });

  test('each leaves a line in the audit log, and only leads may', () => {
    for (const [name, args, action] of [
      ['survey.save', { id: 's1', survey: content }, 'survey.saved'],
      ['survey.setOn', { id: 's1', on: true }, 'survey.switchedOn'],
      ['survey.setOn', { id: 's1', on: false }, 'survey.switchedOff'],
      ['survey.move', { id: 's1', position: 1 }, 'survey.moved'],
      ['survey.delete', { id: 's1' }, 'survey.deleted'],
    ] as const) {
      const prepared = prepareMutation(name, args);
      if (!prepared.ok) throw new Error(name);
      expect(prepared.value.audit()?.action).toBe(action);
      expect(prepared.value.mutation.role).toBe('lead');
    }
  });

  test('a setting that cannot be read is no survey', () => {
    expect(
      surveysOfSettings([
        { key: 'survey:s1', value: '{' },
        { key: 'hours', value: '[]' },
      ]),
    ).toEqual([]);
  });
});

describe('address.set', () => {
  const addressIn = (office: Office) =>
    addressOfSetting(office.model.setting('publicAddress')?.value ?? null);

  test('[C11] says where customers reach the workspace; taken back, where they did', () => {
    const office = new Office();
    const first = office.run('address.set', { url: 'https://care.example.com' }, 3, BO);
    expect(addressIn(office)).toEqual({ url: 'https://care.example.com', by: 'admin' });
    const second = office.run('address.set', { url: 'http://localhost:4100' }, 4, BO);
    expect(office.undo(first, 5, BO)).toEqual({ ok: false, error: { type: 'changedSince' } });
    expect(office.run('address.set', { url: 'http://localhost:4100' }, 5, BO).inverse).toBeNull();
    office.undo(second, 6, BO);
    expect(addressIn(office)?.url).toBe('https://care.example.com');
    office.undo(first, 7, BO);
    expect(addressIn(office)).toBeNull();
    expect(office.model.setting('publicAddress')).toBeNull();
  });

  test('[C11] [Q5] what is stored and is no address opens nothing', () => {
    for (const value of [
      '{',
      'null',
      '{"url":"care.example.com","by":"admin"}',
      '{"url":"https://a.example"}',
    ])
      expect(addressOfSetting(value)).toBeNull();
    const prepared = prepareMutation('address.set', { url: 'https://care.example.com' });
    expect(prepared.ok && prepared.value.audit()).toEqual({
      action: 'address.set',
      detail: { url: 'https://care.example.com' },
    });
  });

  test.each([
    'care.example.com',
    'ftp://care.example.com',
    'https://care.example.com/path',
    'https://a:b@care.example.com',
    'https://care.example.com?x',
    'javascript:alert(1)',
    'https://',
  ])('%s is no address', (url) => {
    expect(prepareMutation('address.set', { url }).ok).toBe(false);
  });
});
