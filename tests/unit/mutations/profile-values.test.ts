import { describe, expect, test } from 'vitest';
import type { FieldType } from '../../../src/domain/fields/definition.ts';
import { fieldValueOf } from '../../../src/domain/fields/value.ts';
import { BO, C1, Story } from '../../support/domain/history.ts';
import { closedStory, Office, openStory } from '../../support/mutations/office.ts';

const FIELD = 'profile.x';

function officeWith(type: FieldType, story: Story = openStory()): Office {
  const office = new Office(story);
  office.do('field.define', { field: FIELD, type, names: {}, position: 1 }, 3);
  return office;
}
const valueIn = (office: Office, type: FieldType): unknown =>
  fieldValueOf(office.model.snapshot(C1).fields, FIELD, type);
const set = (value: unknown, over: Record<string, unknown> = {}) => ({ field: FIELD, value, ...over });

describe('profile.set', () => {
  test.each<[FieldType, unknown]>([
    ['Boolean', true],
    ['Boolean', false],
    ['String', 'Gold'],
    ['Number', 4.5],
    ['Date', '12-24'],
    ['Datetime', 1_790_000_000_000],
    ['List', ['red', 'blue']],
  ])('[C7] sets a %s to %j, and takes it away', (type, value) => {
    for (const story of [openStory(), closedStory(), new Story().customer(1)]) {
      const office = officeWith(type, story);
      office.do('profile.set', set(value), 9);
      expect(valueIn(office, type)).toEqual(value);
      office.do('profile.set', set(null), 10);
      expect(valueIn(office, type)).toBeNull();
      expect(office.model.snapshot(C1).fields).toEqual([]);
    }
  });

  test('[F1] a value of another type is refused with field, expected type and what it is', () => {
    expect(officeWith('Number').refusal('profile.set', set('4'), 4)).toEqual({
      type: 'wrongType',
      detail: { field: FIELD, expected: 'Number', got: 'string' },
    });
    expect(officeWith('Date').refusal('profile.set', set('2026-02-30'), 4).type).toBe('wrongType');
    expect(officeWith('List').refusal('profile.set', set('red'), 4).type).toBe('wrongType');
  });

  test('[C1] is of one conversation, and not of its customer’s others', () => {
    const office = officeWith('String');
    office.do('profile.set', set('Gold'), 4);
    expect(office.refusal('profile.set', set('Gold', { conversationId: 'c2' }), 4)).toEqual({
      type: 'notFound',
      detail: { conversationId: 'c2' },
    });
  });

  test('[C2] a built-in key is not set so: the state follows from history, priority has an action of its own', () => {
    const office = officeWith('String');
    for (const field of ['state', 'waitingTime', 'source.page', 'priority', 'tags', 'description'])
      expect(office.refusal('profile.set', { field, value: 'x' }, 4)).toEqual({
        type: 'fieldLocked',
        detail: { field },
      });
  });

  test('[Q6] the score and its comment are not edited by hand', () => {
    const office = officeWith('String');
    expect(office.refusal('profile.set', { field: 'profile.csat', value: 5 }, 4).type).toBe('fieldLocked');
    expect(office.refusal('profile.set', { field: 'profile.csatComment', value: 'x' }, 4).type).toBe(
      'fieldLocked',
    );
  });

  test('[F3] an archived field takes nothing until it is restored, a deleted one never again', () => {
    const office = officeWith('String');
    office.do('profile.set', set('Gold'), 4);
    office.do('field.archive', { field: FIELD }, 5);
    expect(office.refusal('profile.set', set('Silver'), 6).type).toBe('fieldArchived');
    expect(office.run('profile.set', set('Silver'), 6).inverse).toBeNull();
    expect(valueIn(office, 'String')).toBe('Gold');
    office.do('field.restore', { field: FIELD }, 7);
    office.do('profile.set', set('Silver'), 8);
    office.do('field.delete', { field: FIELD }, 9);
    expect(office.refusal('profile.set', set('Gold'), 10)).toEqual({
      type: 'noSuchField',
      detail: { field: FIELD },
    });
    expect(office.refusal('profile.set', { field: 'profile.none', value: 1 }, 10).type).toBe('noSuchField');
  });

  test('[C7] the last word counts', () => {
    const office = officeWith('String');
    office.do('profile.set', set('Gold'), 4);
    office.do('profile.set', set('Silver'), 4, BO);
    expect(valueIn(office, 'String')).toBe('Silver');
  });

  test('what stands already changes nothing, also when it was written otherwise', () => {
    const office = officeWith('List');
    office.do('profile.set', set(['red']), 4);
    expect(office.do('profile.set', set([' red ', 'red']), 5)).toEqual([]);
    expect(office.run('profile.set', set(['red']), 6).inverse).toBeNull();
  });

  test('[C7] two who change one list both keep their change', () => {
    const office = officeWith('List');
    office.do('profile.set', set(['red', 'blue']), 4);
    office.do('profile.set', set(['red', 'blue', 'green'], { from: ['red', 'blue'] }), 5);
    office.do('profile.set', set(['blue'], { from: ['red', 'blue'] }), 6, BO);
    expect(valueIn(office, 'List')).toEqual(['blue', 'green']);
    office.do('profile.set', set([], { from: ['blue', 'green'] }), 7);
    expect(valueIn(office, 'List')).toBeNull();
  });

  test('[C7] without what it was changed from, a list is replaced', () => {
    const office = officeWith('List');
    office.do('profile.set', set(['red', 'blue']), 4);
    office.do('profile.set', set(['green']), 5);
    expect(valueIn(office, 'List')).toEqual(['green']);
  });

  test('[Y16] taken back, the value before stands again', () => {
    const office = officeWith('Number');
    office.do('profile.set', set(4), 4);
    const ran = office.run('profile.set', set(5), 5);
    expect(ran.inverse).toEqual({
      name: 'profile.set',
      args: { conversationId: C1, field: FIELD, value: 4, expect: 5 },
    });
    office.undo(ran, 6);
    expect(valueIn(office, 'Number')).toBe(4);
  });

  test('[Y16] a first value taken back leaves none; a merged list is taken back as a whole', () => {
    const office = officeWith('List');
    const first = office.run('profile.set', set(['red'], { from: [] }), 4);
    office.undo(first, 5);
    expect(valueIn(office, 'List')).toBeNull();
    office.do('profile.set', set(['red', 'blue']), 6);
    const merged = office.run('profile.set', set(['red', 'green'], { from: ['red'] }), 7);
    expect(valueIn(office, 'List')).toEqual(['red', 'green', 'blue']);
    office.undo(merged, 8);
    expect(valueIn(office, 'List')).toEqual(['red', 'blue']);
  });

  test('[Y16] not when it was set otherwise since', () => {
    const office = officeWith('String');
    const ran = office.run('profile.set', set('Gold'), 4);
    office.do('profile.set', set('Silver'), 5, BO);
    expect(office.undo(ran, 6)).toEqual({
      ok: false,
      error: { type: 'changedSince', detail: { field: FIELD } },
    });
  });

  test('[Y16] what was refused has nothing to take back', () => {
    expect(officeWith('Number').run('profile.set', set('x'), 4).inverse).toBeNull();
    expect(officeWith('Number').run('profile.set', set(4, { conversationId: 'c2' }), 4).inverse).toBeNull();
  });

  test('[T11] is history: what is folded again has the same values', () => {
    const office = officeWith('List');
    office.do('profile.set', set(['red', 'blue']), 4);
    office.do('profile.set', set(['blue']), 5);
    expect(office.facts()).toEqual([
      { type: 'profileSet', values: { [FIELD]: ['red', 'blue'] } },
      { type: 'profileSet', values: { [FIELD]: ['blue'] } },
    ]);
  });

  test('touches neither the state nor a clock', () => {
    const office = officeWith('String', closedStory());
    const before = office.model.rows(C1);
    office.do('profile.set', set('Gold'), 9);
    const after = office.model.rows(C1);
    expect(after.cycles).toEqual(before.cycles);
    const { foldedAt: _at, foldedId: _id, ...conversation } = after.conversation;
    expect(before.conversation).toMatchObject(conversation);
  });
});
