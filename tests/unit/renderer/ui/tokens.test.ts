import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { contrast, type Oklch, parseOklch } from '../../../support/oklch.ts';

const css = readFileSync(join(import.meta.dirname, '../../../../renderer/desk/ui/tokens.css'), 'utf8');

type Theme = 'light' | 'dark';
const THEMES: readonly Theme[] = ['light', 'dark'];

const tokens = new Map<string, Record<Theme, Oklch>>();
for (const [, name = '', light = '', dark = ''] of css.matchAll(
  /--([\w-]+): light-dark\((oklch\([^)]*\)), (oklch\([^)]*\))\);/g,
)) {
  tokens.set(name, { light: parseOklch(light), dark: parseOklch(dark) });
}

function token(name: string, theme: Theme): Oklch {
  const found = tokens.get(name);
  if (found === undefined) throw new Error(`no colour token --${name}`);
  return found[theme];
}

const SURFACES = ['sidebar', 'list', 'thread', 'float', 'field', 'hover', 'selected'].map(
  (name) => `surface-${name}`,
);
const TINTED = ['customer', 'agent', 'ai', 'note', 'held', 'failed', 'resolved'];
const tints = TINTED.map((name) => `${name}-tint`);

/** Text: 4.5. */
const TEXT: readonly (readonly [string, readonly string[]])[] = [
  ['ink', [...SURFACES, 'surface-pressed', 'accent-tint', 'mark', ...tints]],
  ['ink-2', [...SURFACES, 'surface-pressed', 'accent-tint', ...tints]],
  ['ink-3', [...SURFACES, ...tints]],
  ['accent-ink', [...SURFACES, 'accent-tint', 'note-tint']],
  ['pending-ink', SURFACES],
  ...TINTED.map((name): [string, string[]] => [`${name}-ink`, [...SURFACES, `${name}-tint`]]),
  ['on-accent', ['accent', 'accent-hover', 'failed-fill']],
  ['ink-tooltip', ['surface-tooltip']],
];

/** Large text, glyphs and what bounds a control: 3. */
const GLYPHS: readonly (readonly [string, readonly string[]])[] = [
  ...['accent', 'pending', ...TINTED].map((name): [string, string[]] => [`${name}-glyph`, SURFACES]),
  ...TINTED.map((name): [string, string[]] => [`${name}-glyph`, [`${name}-tint`]]),
  ...['high', 'medium', 'low', 'unset'].map((name): [string, string[]] => [`priority-${name}`, SURFACES]),
  ...['1', '2', '3', '4', '5', 'rest'].map((name): [string, string[]] => [
    `chart-${name}`,
    ['surface-thread', 'surface-list', 'surface-float'],
  ]),
  ['line-strong', SURFACES],
  ['focus', [...SURFACES, ...tints]],
];

describe.each(THEMES)('the %s set', (theme) => {
  test.each(TEXT)('text --%s has a contrast of at least 4.5 on every surface it lies on', (name, grounds) => {
    for (const ground of grounds) {
      const value = contrast(token(name, theme), token(ground, theme));
      expect(value, `--${name} on --${ground}`).toBeGreaterThanOrEqual(4.5);
    }
  });

  test.each(GLYPHS)(
    'glyph --%s has a contrast of at least 3 on every surface it lies on',
    (name, grounds) => {
      for (const ground of grounds) {
        const value = contrast(token(name, theme), token(ground, theme));
        expect(value, `--${name} on --${ground}`).toBeGreaterThanOrEqual(3);
      }
    },
  );

  test('the three surfaces are told apart by 2 to 3 % of lightness', () => {
    const [sidebar = 0, list = 0, thread = 0] = ['sidebar', 'list', 'thread'].map(
      (name) => token(`surface-${name}`, theme).l,
    );
    for (const step of [list - sidebar, thread - list]) {
      expect(step).toBeGreaterThanOrEqual(0.0199);
      expect(step).toBeLessThanOrEqual(0.0301);
    }
  });

  test('the accent lies around hue 255, the AI around 300, notes are amber', () => {
    expect(token('accent', theme).h).toBe(255);
    expect(token('ai-glyph', theme).h).toBe(300);
    expect(token('note-glyph', theme).h).toBeGreaterThanOrEqual(60);
    expect(token('note-glyph', theme).h).toBeLessThanOrEqual(95);
  });
});

test('every colour of the file has a light and a dark value', () => {
  const declared = [...css.matchAll(/^ {2}--([\w-]+): [^;]*oklch/gm)].map(([, name]) => name);
  expect(declared.filter((name) => name !== 'shadow').sort()).toEqual([...tokens.keys()].sort());
});

test('motion is off with reduced motion', () => {
  expect(css).toMatch(/prefers-reduced-motion: reduce\) \{\s*:root \{\s*--motion: 0ms;/);
});

test('the luminance function agrees with known sRGB colours', () => {
  expect(contrast(parseOklch('oklch(1 0 0)'), parseOklch('oklch(0 0 0)'))).toBeCloseTo(21, 1);
  // #767676 on white, the darkest grey that is just enough for text: 4.54.
  expect(contrast(parseOklch('oklch(0.5651 0 0)'), parseOklch('oklch(1 0 0)'))).toBeCloseTo(4.54, 1);
});
