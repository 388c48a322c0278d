import { describe, expect, test } from 'vitest';
import {
  ownVisibilityKey,
  parseVisibility,
  resolveVisibility,
  withVisibility,
} from '../../../../src/domain/fields/visibility.ts';

describe('whether a field is shown', () => {
  test('[F4] an agent’s own choice stands over the workspace’s default, which stands over nothing said', () => {
    expect(resolveVisibility('priority', {}, {})).toEqual({ visible: true, decidedBy: 'nobody' });
    expect(resolveVisibility('priority', {}, { priority: false })).toEqual({
      visible: false,
      decidedBy: 'workspace',
    });
    expect(resolveVisibility('priority', { priority: true }, { priority: false })).toEqual({
      visible: true,
      decidedBy: 'own',
    });
    expect(resolveVisibility('priority', { priority: false }, { priority: true })).toEqual({
      visible: false,
      decidedBy: 'own',
    });
  });

  test('[C6] one field’s choice says nothing of another’s', () => {
    expect(resolveVisibility('tags', { priority: false }, { state: false }).visible).toBe(true);
  });

  test('[F4] names that every object has are fields like others', () => {
    expect(resolveVisibility('constructor', {}, {})).toEqual({ visible: true, decidedBy: 'nobody' });
    expect(resolveVisibility('toString', {}, withVisibility({}, 'toString', false)).visible).toBe(false);
  });

  test('[F4] a choice is set, changed, and left to what stands behind it', () => {
    const hidden = withVisibility({ tags: true }, 'priority', false);
    expect(hidden).toEqual({ tags: true, priority: false });
    expect(withVisibility(hidden, 'priority', true)).toEqual({ tags: true, priority: true });
    expect(withVisibility(hidden, 'priority', null)).toEqual({ tags: true });
    expect(withVisibility({}, 'priority', null)).toEqual({});
  });

  test('what cannot be read is no choice', () => {
    expect(parseVisibility(null)).toEqual({});
    for (const text of ['', '{', 'null', '[true]', '3']) expect(parseVisibility(text)).toEqual({});
    expect(parseVisibility('{"priority":false,"tags":"yes"}')).toEqual({ priority: false });
  });

  test('[C6] each agent has a setting of their own', () => {
    expect(ownVisibilityKey('ana')).toBe('visibility:ana');
    expect(ownVisibilityKey('bo')).not.toBe(ownVisibilityKey('ana'));
  });
});
