import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { WIRE_VERSION } from '../src/protocol/version.ts';
import { INGEST_SCHEMA_PATH, ingestSchemaText } from './schemas/ingest-schema.ts';
import {
  currentWireHashes,
  WIRE_HASHES_PATH,
  type WireHashes,
  wireHashesSchema,
} from './schemas/wire-hashes.ts';

const HELP = `npm run schemas [-- --rewrite]
Writes ${INGEST_SCHEMA_PATH}, and the hashes of a new wire version to ${WIRE_HASHES_PATH}.
  --rewrite  also replaces the hashes of the current version: only while no build of it has shipped`;

function recorded(path: string): WireHashes {
  return existsSync(path) ? wireHashesSchema.parse(JSON.parse(readFileSync(path, 'utf8'))) : {};
}

function writeHashes(path: string, rewrite: boolean): boolean {
  const hashes = recorded(path);
  const version = String(WIRE_VERSION);
  const current = currentWireHashes();
  const known = hashes[version];
  if (known !== undefined && !rewrite) return JSON.stringify(known) === JSON.stringify(current);
  writeFileSync(path, `${JSON.stringify({ ...hashes, [version]: current }, null, 2)}\n`);
  return true;
}

const { values } = parseArgs({ options: { rewrite: { type: 'boolean' }, help: { type: 'boolean' } } });
if (values.help === true) {
  process.stdout.write(`${HELP}\n`);
} else {
  const root = resolve(import.meta.dirname, '..');
  writeFileSync(join(root, INGEST_SCHEMA_PATH), ingestSchemaText());
  if (!writeHashes(join(root, WIRE_HASHES_PATH), values.rewrite === true)) {
    process.stderr.write(`The wire differs from what version ${WIRE_VERSION} was: raise WIRE_VERSION.\n`);
    process.exitCode = 1;
  }
}
