import { describe, expect, test } from 'vitest';
import { initialConsonants, matchScore, ranked } from '../../../../renderer/desk/features/palette/match.ts';
import { commandItems, withRecent } from '../../../../renderer/desk/features/palette/palette-items.ts';
import type { Text } from '../../../../renderer/desk/i18n/keys.ts';
import { COMMAND_IDS, commandSpec } from '../../../../renderer/desk/keyboard/commands.ts';
import { createCommandRegistry } from '../../../../renderer/desk/keyboard/registry.ts';
import { shippedI18n } from '../../i18n/support.ts';

describe('how well a text answers', () => {
  test('a beginning beats a word’s beginning beats a part beats scattered letters', () => {
    const scores = [
      matchScore('set priority', 'set'),
      matchScore('quick set', 'set'),
      matchScore('offset', 'set'),
      matchScore('shelter', 'set'),
    ];
    expect(scores.every((score) => score !== null)).toBe(true);
    expect(scores).toEqual([...scores].sort((one, other) => (other ?? 0) - (one ?? 0)));
  });

  test('letters that are not there, or too far apart, do not match', () => {
    expect(matchScore('Take it', 'xyz')).toBeNull();
    expect(matchScore('alpha beta gamma delta epsilon', 'an')).toBeNull();
  });

  test('case does not matter', () => {
    expect(matchScore('Öppna', 'öpp')).not.toBeNull();
    expect(matchScore('TAKE', 'take')).not.toBeNull();
  });

  test('an empty query matches everything in its order', () => {
    expect(ranked(['b', 'a', 'c'], ' ', (text) => text)).toEqual(['b', 'a', 'c']);
  });

  test('Hangul is found by its initial consonants and by its syllables', () => {
    expect(initialConsonants('대화 종료 A')).toBe('ㄷㅎ ㅈㄹ A');
    expect(ranked(['대화 종료', '담당자 지정'], 'ㄷㄷㅈ', (text) => text)).toEqual(['담당자 지정']);
    expect(ranked(['대화 종료', '담당자 지정'], '종료', (text) => text)).toEqual(['대화 종료']);
  });

  test('decomposed Hangul is the same Hangul', () => {
    expect(matchScore('대화 종료', '종료'.normalize('NFD'))).not.toBeNull();
  });
});

describe('the palette’s commands', () => {
  const i18n = shippedI18n('en');
  const t: Text = (key, values) => i18n.t(key, values);

  test('[K7] hold every command that is not hidden, live ones first, each other with a reason', () => {
    const registry = createCommandRegistry();
    registry.add(() => ({ 'conversation.close': { run: () => undefined } }));
    const items = commandItems(t, registry, [], '');
    expect(items).toHaveLength(COMMAND_IDS.filter((id) => commandSpec(id).hidden !== true).length);
    expect(items[0]).toMatchObject({ command: 'conversation.close', why: null, label: 'Close conversation' });
    expect(items.slice(1).every((item) => item.kind === 'command' && item.why !== null)).toBe(true);
  });

  test('recent ones come first while nothing is typed', () => {
    const registry = createCommandRegistry();
    const live = { run: () => undefined };
    registry.add(() => ({ 'conversation.close': live, 'go.inbox': live, 'app.undo': live }));
    const ids = commandItems(t, registry, ['app.undo', 'go.inbox'], '').map(({ id }) => id);
    expect(ids.slice(0, 3)).toEqual(['command:app.undo', 'command:go.inbox', 'command:conversation.close']);
  });

  test('the newest is remembered first, once', () => {
    expect(withRecent(['go.inbox', 'app.undo'], 'app.undo')).toEqual(['app.undo', 'go.inbox']);
    expect(withRecent(COMMAND_IDS.slice(0, 6), 'go.all')).toHaveLength(6);
  });
});
