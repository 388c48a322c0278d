import { describe, expect, test } from 'vitest';
import { foldEmpty, panelFields } from '../../../../renderer/desk/features/profile/panel-fields.ts';
import { BUILTIN_FIELDS } from '../../../../src/domain/fields/builtin.ts';
import type { FieldDefinition } from '../../../../src/domain/fields/definition.ts';
import type { FieldsView } from '../../../../src/protocol/rpc/fields.ts';
import { epochMillis } from '../../../../src/base/time.ts';

function defined(key: string, over: Partial<FieldDefinition> = {}): FieldDefinition {
  return { key, type: 'String', names: {}, position: 1, archivedAt: null, deletedAt: null, ...over };
}

const view = (
  over: Partial<FieldsView> = {},
): Pick<FieldsView, 'fields' | 'undefinedKeys' | 'visibility'> => ({
  fields: [defined('profile.csat', { type: 'Number' }), defined('profile.product')],
  undefinedKeys: [],
  visibility: { own: {}, workspace: {} },
  ...over,
});

const keysOf = (fields: readonly { readonly key: string }[]): readonly string[] =>
  fields.map(({ key }) => key);

describe('the fields of the panel', () => {
  test('[C2] every built-in key is there once, before the engine has answered too', () => {
    for (const fields of [panelFields(), panelFields(view())]) {
      const keys = keysOf(fields);
      for (const { key } of BUILTIN_FIELDS) expect(keys.filter((one) => one === key)).toEqual([key]);
    }
  });

  test('[C2] tags and description alone are edited; all else says why it is locked', () => {
    const builtin = panelFields().filter(({ kind }) => kind === 'builtin');
    expect(keysOf(builtin.filter(({ locked }) => locked === null))).toEqual(['tags', 'description']);
    expect(builtin.find(({ key }) => key === 'priority')?.locked).toBe('action');
    expect(builtin.find(({ key }) => key === 'source.page')?.locked).toBe('source');
    expect(builtin.find(({ key }) => key === 'waitingTime')?.locked).toBe('derived');
  });

  test('[C7] the workspace’s own fields stand in their order behind what agents set first', () => {
    const keys = keysOf(panelFields(view()));
    expect(keys.slice(0, 7)).toEqual([
      'priority',
      'tags',
      'description',
      'assignee',
      'followers',
      'profile.csat',
      'profile.product',
    ]);
  });

  test('[C8] the ready-made ones are filled by surveys, not by hand', () => {
    const fields = panelFields(view());
    expect(fields.find(({ key }) => key === 'profile.csat')?.locked).toBe('survey');
    expect(fields.find(({ key }) => key === 'profile.product')?.locked).toBeNull();
  });

  test('[F3] an archived field is left out', () => {
    const fields = [defined('profile.old', { archivedAt: epochMillis(1) })];
    expect(keysOf(panelFields(view({ fields })))).not.toContain('profile.old');
  });

  test('[C1] what the source brought without a field is shown by its key, locked', () => {
    const fields = panelFields(view({ undefinedKeys: ['profile.cart'] }));
    expect(fields.find(({ key }) => key === 'profile.cart')).toMatchObject({ locked: 'undefined' });
  });

  test('[F4] [C6] what an agent chose stands over the workspace’s default', () => {
    const visibility = { own: { priority: true, state: false }, workspace: { priority: false, tags: false } };
    const fields = panelFields(view({ visibility }));
    const isVisible = (key: string) => fields.find((field) => field.key === key)?.visible;
    expect(['priority', 'state', 'tags', 'description'].map(isVisible)).toEqual([true, false, false, true]);
  });
});

describe('what is empty', () => {
  test('[C2] is folded where it is locked, and stays where somebody may fill it', () => {
    const { shown, empty } = foldEmpty(panelFields(view()), () => true);
    expect(keysOf(shown)).toEqual([
      'priority',
      'tags',
      'description',
      'assignee',
      'followers',
      'profile.product',
    ]);
    expect(keysOf(empty)).toContain('source.page');
    expect(keysOf(empty)).toContain('profile.csat');
  });

  test('[C6] is nowhere when it is hidden', () => {
    const visibility = { own: { 'source.page': false, tags: false }, workspace: {} };
    const { shown, empty } = foldEmpty(panelFields(view({ visibility })), () => true);
    expect([...keysOf(shown), ...keysOf(empty)]).not.toContain('source.page');
    expect(keysOf(shown)).not.toContain('tags');
  });
});
