import { describe, expect, test } from 'vitest';
import {
  type Attribution,
  attributionWith,
} from '../../../../renderer/desk/features/settings/attribution-edit.ts';
import { readHours } from '../../../../renderer/desk/features/settings/hours-input.ts';

describe('[O5] hours as they are written', () => {
  test.each([
    ['48', 48],
    [' 1 ', 1],
    ['8760', 8_760],
    ['8 760', 8_760],
    ['', null],
    ['  ', null],
  ])('%j is %j', (text, expected) => {
    expect(readHours(text, 8_760, 'sv')).toBe(expected);
  });

  test.each(['0', '-1', '1,5', '8761', '48 h', 'två'])('%j is none', (text) => {
    expect(readHours(text, 8_760, 'sv')).toBeUndefined();
  });
});

describe('[O4] [A1] attribution as it is ticked', () => {
  const SMS: Attribution = { sms: { touches: ['clicked'], windowHours: 120 } };

  test('a first touch brings web chat’s window, a second joins it in one order', () => {
    const first = attributionWith({}, 'email', { touch: 'clicked', on: true });
    expect(first).toEqual({ email: { touches: ['clicked'], windowHours: 24 } });
    expect(attributionWith(first, 'email', { touch: 'recommended', on: true })).toEqual({
      email: { touches: ['recommended', 'clicked'], windowHours: 24 },
    });
  });

  test('without its last touch a channel has no sales', () => {
    expect(attributionWith(SMS, 'sms', { touch: 'clicked', on: false })).toEqual({});
  });

  test('a window is one channel’s', () => {
    const both = attributionWith(SMS, 'email', { touch: 'recommended', on: true });
    expect(attributionWith(both, 'sms', { windowHours: 6 })).toEqual({
      sms: { touches: ['clicked'], windowHours: 6 },
      email: { touches: ['recommended'], windowHours: 24 },
    });
    expect(attributionWith(SMS, 'email', { windowHours: 6 })).toBe(SMS);
  });
});
