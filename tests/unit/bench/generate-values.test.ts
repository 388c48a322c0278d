import { describe, expect, test } from 'vitest';
import type { FieldValue } from '../../../src/domain/model.ts';
import { checkFieldValue } from '../../../src/domain/fields/value.ts';
import { fieldDefinitions, isFieldKey } from '../../../src/domain/fields/definition.ts';
import { REPLICATED_TABLES, TABLES } from '../../../src/protocol/tables.ts';
import { insertRows, replicaOf } from '../../bench/dataset.ts';
import { generateBundle } from '../../bench/generate.ts';
import { fieldSettingRows, generatedFields, surveyRowsOf, valueRowsOf } from '../../bench/generate-values.ts';

const CONVERSATIONS = 1_000;
const OPTIONS = { seed: 9, conversations: CONVERSATIONS, messages: 2_000, fields: 20 };
const fields = generatedFields(OPTIONS.fields);
const bundles = Array.from({ length: CONVERSATIONS }, (_, index) => generateBundle(OPTIONS, index));

describe('generated values', () => {
  const db = replicaOf(bundles);
  insertRows(db, fieldSettingRows(fields));
  insertRows(db, valueRowsOf(bundles, 0, fields));
  insertRows(db, surveyRowsOf(bundles, 0));

  test('[C7] the fields are such as a workspace defines, of every type', () => {
    const settings = db.all<{ key: string; value: string }>(
      "SELECT key, value FROM setting WHERE key LIKE 'field:%'",
    );
    const defined = fieldDefinitions(settings).filter(({ position }) => position >= 100);
    expect(defined).toEqual(fields);
    expect(fields.every(({ key }) => isFieldKey(key))).toBe(true);
    expect(new Set(fields.map(({ type }) => type)).size).toBe(6);
  });

  test('[F1] each field is filled in about a fifth, with values of its type', () => {
    for (const { key, type } of fields) {
      const rows = db.all<FieldValue>(
        'SELECT conversation_id AS conversationId, field, ordinal, number, text FROM field_value WHERE field = ? ORDER BY 1, 3',
        key,
      );
      const by = Map.groupBy(rows, ({ conversationId }) => conversationId);
      expect(by.size / CONVERSATIONS).toBeGreaterThan(0.15);
      expect(by.size / CONVERSATIONS).toBeLessThan(0.25);
      for (const held of by.values()) {
        const values = held.map(({ number, text }) => number ?? text);
        const [first] = values;
        const value = type === 'List' ? values : type === 'Boolean' ? first === 1 : first;
        expect(checkFieldValue(key, type, value)).toEqual({ ok: true, value });
      }
    }
  });

  test('[Q3] surveys belong to closed cycles, and their owner is who had the conversation then', () => {
    const strays = db.pluck<number>(`SELECT count(*) FROM csat s LEFT JOIN cycle c
      ON c.conversation_id = s.conversation_id AND c.ordinal = s.ordinal
      WHERE c.closed_at IS NULL OR s.owner_id IS NOT c.assignee_at_close_id`);
    expect(strays).toBe(0);
    expect(db.pluck<number>('SELECT count(*) FROM csat')).toBeGreaterThan(20);
    expect(db.pluck<number>('SELECT count(*) FROM csat WHERE score IS NULL')).toBeGreaterThan(0);
  });

  test('the same for the same index, whatever else is generated', () => {
    expect(valueRowsOf(bundles.slice(400, 410), 400, fields)).toEqual(
      valueRowsOf(bundles.slice(400, 410), 400, fields),
    );
    const all = valueRowsOf(bundles, 0, fields).get('fieldValue') ?? [];
    const ids = new Set(bundles.slice(400, 410).map(({ conversation }) => conversation.id as string));
    const part = all.filter(([id]) => ids.has(String(id)));
    expect(valueRowsOf(bundles.slice(400, 410), 400, fields).get('fieldValue')).toEqual(part);
  });

  test('[Y7] rows hold what the wire holds', () => {
    const first = bundles.slice(0, 20);
    for (const [table, rows] of [...valueRowsOf(first, 0, fields), ...surveyRowsOf(first, 0)]) {
      expect(REPLICATED_TABLES).toContain(table);
      expect(rows.every((row) => row.length === TABLES[table].columns.length)).toBe(true);
    }
  });
});
