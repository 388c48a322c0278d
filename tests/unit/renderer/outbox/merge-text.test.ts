import { describe, expect, test } from 'vitest';
import type { ConflictTools } from '../../../../renderer/desk/features/outbox/conflict-text.ts';
import { mergeText } from '../../../../renderer/desk/features/outbox/merge-text.ts';
import { createLabels } from '../../../../renderer/desk/i18n/labels.ts';
import { asId } from '../../../../src/base/ids.ts';
import { epochMillis } from '../../../../src/base/time.ts';
import { createFormats } from '../../../../src/i18n/formats.ts';
import { shippedI18n } from '../../i18n/support.ts';

const AT = Date.UTC(2026, 10, 21, 14, 3);

function tools(locale: string): ConflictTools {
  const { t } = shippedI18n(locale);
  return {
    t,
    labels: createLabels(t),
    formats: createFormats(t, locale, 'UTC'),
    nameOf: (id) => (id === null ? null : id === 'anna' ? 'Anna' : 'Bo'),
    fieldName: (key) => (key === 'tags' ? 'Tags' : key),
  };
}

function said(agentIds: readonly (string | null)[], locale = 'en', mine: readonly string[] = ['late']) {
  const item = {
    mid: 1,
    conversationId: asId<'ConversationId'>('c1'),
    field: 'tags',
    mine,
    result: ['vip', 'late'],
    agentIds,
    at: epochMillis(AT),
  };
  return mergeText(item, AT + 3_600_000, tools(locale));
}

describe('[F1] [S8] a merge says whose change, when, and both lists', () => {
  test('of a colleague', () => {
    expect(said(['anna'])).toEqual({
      who: 'Anna changed “Tags” at 2:03 PM; both changes are in.',
      mine: 'You had: late',
      result: 'Merged: vip, late',
    });
  });

  test('of several, and of another system', () => {
    expect(said(['anna', 'bo']).who).toBe('Anna and Bo changed “Tags”, last at 2:03 PM; all changes are in.');
    expect(said([null]).who).toMatch(/^Another system changed/);
  });

  test('an empty list is a word', () => {
    expect(said(['anna'], 'en', []).mine).toBe('You had: nothing');
  });

  test.each(['ko', 'pt-BR', 'sv'])('in %s name, field, time and items stand in it', (locale) => {
    const { who, mine, result } = said(['anna'], locale);
    for (const part of ['Anna', 'Tags', tools(locale).formats.time(AT)]) expect(who).toContain(part);
    expect(mine).toContain('late');
    expect(result).toContain('vip, late');
    expect(said(['anna', 'bo'], locale).who).toContain(tools(locale).formats.list(['Anna', 'Bo']));
  });
});
