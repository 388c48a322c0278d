import { createHash } from 'node:crypto';
import { z } from 'zod';
import { MUTATIONS } from '../../src/mutations/registry.ts';
import { wireErrorSchema } from '../../src/protocol/errors.ts';
import { ingestEventSchema, ingestRequestSchema, ingestResponseSchema } from '../../src/protocol/ingest.ts';
import {
  bootstrapRequestSchema,
  bootstrapResponseSchema,
  helloRequestSchema,
  helloResponseSchema,
  pokeSchema,
  pullRequestSchema,
  pullResponseSchema,
  pushRequestSchema,
  pushResponseSchema,
  whoRequestSchema,
  whoResponseSchema,
} from '../../src/protocol/sync.ts';
import { REPLICATED_TABLES, TABLES } from '../../src/protocol/tables.ts';

export const WIRE_HASHES_PATH = 'tests/protocol/wire-hashes.json';

/** Hashes by wire version, then by what is hashed. */
export const wireHashesSchema = z.record(z.string(), z.record(z.string(), z.string()));
export type WireHashes = z.infer<typeof wireHashesSchema>;

/** Everything that crosses a wire between builds that may differ in age (Y14); the screens' RPC is of one build. */
const SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  'sync.hello': helloRequestSchema,
  'sync.hello.answer': helloResponseSchema,
  'sync.push': pushRequestSchema,
  'sync.push.answer': pushResponseSchema,
  'sync.pull': pullRequestSchema,
  'sync.pull.answer': pullResponseSchema,
  'sync.bootstrap': bootstrapRequestSchema,
  'sync.bootstrap.answer': bootstrapResponseSchema,
  'sync.who': whoRequestSchema,
  'sync.who.answer': whoResponseSchema,
  'sync.poke': pokeSchema,
  error: wireErrorSchema,
  'ingest.event': ingestEventSchema,
  'ingest.request': ingestRequestSchema,
  'ingest.answer': ingestResponseSchema,
};

function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
}

/** The hashes of this build's wire, by name. Rows travel as arrays, so a table's column list is part of it. */
export function currentWireHashes(): Readonly<Record<string, string>> {
  const hashes: Record<string, string> = {};
  for (const [name, schema] of Object.entries(SCHEMAS))
    hashes[name] = hashOf(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }));
  for (const mutation of Object.values(MUTATIONS))
    hashes[`mutation.${mutation.name}`] = hashOf(z.toJSONSchema(mutation.args, { io: 'input' }));
  for (const table of REPLICATED_TABLES) {
    const { key, columns, booleans } = TABLES[table];
    hashes[`table.${table}`] = hashOf({ key, columns, booleans });
  }
  return hashes;
}
