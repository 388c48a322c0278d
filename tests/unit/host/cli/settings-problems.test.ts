import { expect, test } from 'vitest';
import { settingsProblemLine } from '../../../../src/host/cli/commands/settings.ts';
import { parseSettings, SETTINGS_PROBLEMS } from '../../../../src/protocol/settings.ts';

test('[C7] [T5] every wrong place of a settings file makes a line of its own', () => {
  const lines = SETTINGS_PROBLEMS.map((code) =>
    settingsProblemLine({ path: 'fields.0', code, detail: 'as the form says' }),
  );
  for (const line of lines) expect(line).toMatch(/^fields\.0: \S/);
  // A repeated date and a repeated key read alike.
  expect(new Set(lines).size).toBe(lines.length - 1);
});

test('[C7] a file’s fields are named by their place', () => {
  const parsed = parseSettings({
    fields: [
      { key: 'profile.plan', type: 'String', names: { en: 'Plan' } },
      { key: 'plan', type: 'Colour', names: { en: '' } },
    ],
  });
  if (parsed.ok) throw new Error('taken');
  const lines = parsed.error.problems.map(settingsProblemLine);
  expect(lines.map((line) => line.split(':')[0])).toEqual([
    'fields.1.key',
    'fields.1.type',
    'fields.1.names.en',
  ]);
  expect(lines[0]).toBe('fields.1.key: is not a field’s key as "profile.orderNumber"');
});

test('[C7] a place at the top is the file itself', () => {
  expect(settingsProblemLine({ path: '', code: 'notAsExpected', detail: 'expected an object' })).toBe(
    'the file: expected an object',
  );
});
