import { expect, test } from 'vitest';
import type { FieldDefinition, FieldType } from '../../../../src/domain/fields/definition.ts';
import { shownProfile } from '../../../../src/host/cli/profile-json.ts';
import { Story } from '../../../support/domain/history.ts';

const field = (key: string, type: FieldType): FieldDefinition => ({
  key,
  type,
  names: {},
  position: 1,
  archivedAt: null,
  deletedAt: null,
});

test('[C1] [C7] a profile is shown by key: fields in order with their types, then what nobody defined, nothing deleted', () => {
  const story = new Story();
  story.add(1, {
    type: 'profileSet',
    values: {
      'profile.zeta': 'unnamed',
      'profile.topics': ['a'],
      'profile.vip': true,
      'profile.gone': 'x',
      goalState: 'achieved',
    },
  });
  const view = { fields: story.fold().rows.fields };
  const shown = shownProfile(view, {
    fields: [
      field('profile.vip', 'Boolean'),
      field('profile.topics', 'List'),
      field('profile.seats', 'Number'),
    ],
    deletedKeys: ['profile.gone'],
  });
  expect(Object.entries(shown)).toEqual([
    ['profile.vip', true],
    ['profile.topics', ['a']],
    ['profile.seats', null],
    ['goalState', 'achieved'],
    ['profile.zeta', 'unnamed'],
  ]);
});
