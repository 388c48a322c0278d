import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ingestEventSchema } from '../../src/protocol/ingest.ts';
import { INGEST_SCHEMA_PATH, ingestSchemaText } from '../../scripts/schemas/ingest-schema.ts';

const root = path.resolve(import.meta.dirname, '../..');

test('[Y13] the published schema of ingest events is the one in force (npm run schemas)', () => {
  expect(readFileSync(path.join(root, INGEST_SCHEMA_PATH), 'utf8')).toBe(ingestSchemaText());
});

test('[I1] it describes every kind of event', () => {
  const kinds = ingestEventSchema.options.map((option) => option.shape.type.value);
  const text = ingestSchemaText();
  for (const kind of kinds) expect(text).toContain(`"const": "${kind}"`);
});
