import { describe, expect, test } from 'vitest';
import {
  conflictText,
  type ConflictTools,
  wishText,
} from '../../../../renderer/desk/features/outbox/conflict-text.ts';
import { changeText } from '../../../../renderer/desk/features/outbox/change-text.ts';
import { createLabels } from '../../../../renderer/desk/i18n/labels.ts';
import { createFormats } from '../../../../src/i18n/formats.ts';
import { MUTATION_NAMES } from '../../../../src/mutations/registry.ts';
import type { OutboxItem } from '../../../../src/protocol/rpc/status.ts';
import { shippedI18n } from '../../i18n/support.ts';

const NOON = Date.UTC(2026, 10, 21, 12);
const AT = NOON + 2 * 3_600_000 + 3 * 60_000;
const LATER = AT + 3_600_000;

type Stopped = Pick<OutboxItem, 'name' | 'args' | 'code' | 'detail' | 'text'>;

function tools(locale = 'en'): ConflictTools {
  const { t } = shippedI18n(locale);
  const names: Readonly<Record<string, string>> = { anna: 'Anna', bo: 'Bo' };
  return {
    t,
    labels: createLabels(t),
    formats: createFormats(t, locale, 'UTC'),
    nameOf: (id) => (id === null ? null : (names[id] ?? id)),
    fieldName: (key) => (key === 'profile.goal' ? 'Goal' : key),
  };
}

const item = (set: Partial<Stopped>): Stopped => ({
  name: 'conversation.take',
  args: {},
  code: 'takenBySomeoneElse',
  detail: { agentId: 'anna', at: AT },
  text: null,
  ...set,
});
const said = (set: Partial<Stopped>, now = LATER, locale = 'en') =>
  conflictText(item(set), now, tools(locale));

describe('[Y4] a conflict says who, what and when', () => {
  test('taken and closed by a colleague', () => {
    expect(said({})).toBe('Anna took it at 2:03 PM, before your change arrived.');
    expect(
      said({
        name: 'conversation.close',
        code: 'invalidState',
        detail: { state: 'closed', agentId: 'bo', at: AT },
      }),
    ).toBe('Bo closed it at 2:03 PM, before your change arrived.');
  });

  test('a text that came too late is kept, and that is said', () => {
    expect(said({ text: 'On it.' })).toBe(
      'Anna took it at 2:03 PM, before your change arrived. Your text is kept.',
    );
  });

  test('a value: mine, theirs, whose and since when', () => {
    const priority = {
      name: 'conversation.setPriority',
      args: { priority: 'high' },
      code: 'changedSince',
    } as const;
    expect(said({ ...priority, detail: { agentId: 'anna', priority: 'low', at: AT } })).toBe(
      'You set High; Anna set Low at 2:03 PM, which stands.',
    );
    expect(said({ ...priority, detail: { agentId: 'anna', priority: null, at: AT } })).toContain(
      'no priority',
    );
    expect(said({ ...priority, detail: { priority: 'low' } })).toBe(
      'You set High; meanwhile someone set Low, which stands',
    );
  });

  test('a field by its name, a description as “it”', () => {
    const since = { code: 'changedSince', detail: { agentId: 'bo', at: AT } } as const;
    expect(said({ ...since, name: 'profile.set', args: { field: 'profile.goal', value: 'x' } })).toBe(
      'Bo changed “Goal” at 2:03 PM; that stands, and yours is kept here.',
    );
    expect(said({ ...since, name: 'conversation.setDescription', args: { description: 'x' } })).toBe(
      'Bo changed it at 2:03 PM; that stands, and yours is kept here.',
    );
  });

  test('on another day the whole moment, and a source has no name of its own', () => {
    const text = said({ detail: { agentId: null, at: AT } }, AT + 86_400_000);
    expect(text).toMatch(/^Another system took it at .*2026.*2:03 PM/);
  });

  test('what nobody did says nothing here: the refusal has its own sentence', () => {
    expect(said({ code: 'tooManyTags', detail: null })).toBeNull();
    expect(said({ code: 'newCustomerMessage', detail: { messageId: 'm1' } })).toBeNull();
    expect(said({ code: 'invalidState', detail: { state: 'snoozed', agentId: 'bo', at: AT } })).toBeNull();
  });

  test.each(['ko', 'pt-BR', 'sv'])('in %s names, time and values stand in the sentence', (locale) => {
    const text = said(
      {
        name: 'conversation.setPriority',
        args: { priority: 'high' },
        code: 'changedSince',
        detail: { agentId: 'anna', priority: 'low', at: AT },
      },
      LATER,
      locale,
    );
    const { labels, formats } = tools(locale);
    for (const part of ['Anna', formats.time(AT), labels.priority('high'), labels.priority('low')])
      expect(text).toContain(part);
  });
});

describe('what a waiting change asks for', () => {
  test('in words, beside its name', () => {
    const wish = (name: string, args: object) => wishText({ name, args }, tools());
    expect(wish('conversation.setPriority', { priority: 'low' })).toBe('Low');
    expect(wish('conversation.assign', { assigneeId: 'bo' })).toBe('Bo');
    expect(wish('conversation.assign', { assigneeId: null })).toBe('Nobody');
    expect(wish('tag.add', { tag: 'vip' })).toBe('vip');
    expect(wish('conversation.setDescription', { description: null })).toBe('None');
    expect(wish('conversation.snooze', { until: AT })).toContain('2:03 PM');
    expect(wish('profile.set', { field: 'profile.goal', value: ['a', 'b'] })).toBe('Goal: a, b');
    expect(wish('profile.set', { field: 'profile.goal', value: true })).toBe('Goal: Yes');
    expect(wish('profile.set', { field: 'profile.goal', value: 1_200 })).toBe('Goal: 1,200');
    expect(wish('conversation.close', {})).toBeNull();
  });

  test('[Y12] every change there is has a name of its own', () => {
    const { t } = tools();
    const nameless = MUTATION_NAMES.filter(
      (name) => name !== 'noop' && changeText(t, name) === t('outbox:change.other'),
    );
    expect(nameless).toEqual([]);
  });
});
