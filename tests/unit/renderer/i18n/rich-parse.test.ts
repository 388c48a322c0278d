import { describe, expect, test } from 'vitest';
import { createLabels } from '../../../../renderer/desk/i18n/labels.ts';
import { parseRich } from '../../../../renderer/desk/i18n/rich-parse.ts';
import { AI_OUTCOMES, HUMAN_STATES, KNOWN_CHANNELS, PRIORITIES } from '../../../../src/domain/model.ts';
import { REFUSAL_CODES } from '../../../../src/mutations/mutation.ts';
import { WIRE_ERROR_CODES } from '../../../../src/protocol/errors.ts';
import { SHIPPED, shippedI18n } from '../../i18n/support.ts';

/** Parses `text`, its `{name}` standing for values. */
function parse(text: string, names: readonly string[] = []) {
  return parseRich(names, (tokens) => text.replace(/\{(\w+)\}/g, (_, name: string) => tokens[name] ?? ''));
}

describe('elements in a text', () => {
  test('pieces, values and parts', () => {
    expect(parse('Hi <b>{name}</b>!', ['name'])).toEqual([
      { type: 'text', text: 'Hi ' },
      { type: 'part', name: 'b', children: [{ type: 'value', name: 'name' }] },
      { type: 'text', text: '!' },
    ]);
  });

  test('parts in parts', () => {
    expect(parse('<a>x<b>y</b></a>')).toEqual([
      {
        type: 'part',
        name: 'a',
        children: [
          { type: 'text', text: 'x' },
          { type: 'part', name: 'b', children: [{ type: 'text', text: 'y' }] },
        ],
      },
    ]);
  });

  test('one that is not ended runs to the end, one that is not begun is dropped', () => {
    expect(parse('<b>x')).toEqual([{ type: 'part', name: 'b', children: [{ type: 'text', text: 'x' }] }]);
    expect(parse('x</b>y')).toEqual([
      { type: 'text', text: 'x' },
      { type: 'text', text: 'y' },
    ]);
  });

  test('what is no tag is text', () => {
    expect(parse('1 < 2 > 0 <3 <img src=x>')).toEqual([{ type: 'text', text: '1 < 2 > 0 <3 <img src=x>' }]);
  });
});

describe.each(SHIPPED)('values of the engine in %s', (tag) => {
  const missing: string[] = [];
  const i18n = shippedI18n(tag, (key) => missing.push(key));
  const labels = createLabels((key, values) => i18n.t(key, values));

  test('[D4] every state, outcome, priority, channel, refusal and error has words of its own', () => {
    const groups = [
      [...HUMAN_STATES, null].map((state) => labels.humanState(state)),
      [...AI_OUTCOMES, null].map((outcome) => labels.aiOutcome(outcome)),
      [...PRIORITIES, null].map((priority) => labels.priority(priority)),
      KNOWN_CHANNELS.map((channel) => labels.channel(channel)),
      REFUSAL_CODES.map((code) => labels.refusal(code, { name: 'Ann' })),
      WIRE_ERROR_CODES.map((code) => labels.wireError(code)),
    ];
    for (const group of groups) expect(new Set(group).size).toBe(group.length);
    expect(missing).toEqual([]);
  });

  test('[F1] a refused value is said with its field, the type it takes and what came', () => {
    const said = labels.refusal('wrongType', { field: 'Plan', expected: 'Number', got: 'list' });
    expect(said).toContain('Plan');
    expect(said).toContain(i18n.t('fields:type.Number'));
    expect(said).toContain(i18n.t('fields:got.list'));
    for (const code of ['fieldArchived', 'fieldLocked', 'noSuchField'] as const)
      expect(labels.refusal(code, { field: 'Plan' })).toContain('Plan');
  });

  test('[C5] unset priority reads as medium, told apart', () => {
    expect(labels.priority(null)).toContain(labels.priority('medium'));
    expect(labels.priority(null)).not.toBe(labels.priority('medium'));
  });

  test('what nobody knows is shown as it is', () => {
    expect(labels.channel('telegram')).toBe('telegram');
    expect(labels.channel('constructor')).toBe('constructor');
    expect(labels.reason('made_up')).toBe('made_up');
    expect(labels.reason(null)).toBeNull();
  });

  test('[O8] a customer is a name, else an address, else anonymous', () => {
    const nobody = { name: null, email: null, phone: null };
    expect(labels.customer({ ...nobody, name: 'Ann', email: 'a@b.example' })).toBe('Ann');
    expect(labels.customer({ ...nobody, phone: '+82 10' })).toBe('+82 10');
    expect(labels.customer(nobody)).toBe(i18n.t('common:anonymous'));
  });
});
