import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { OLDEST_WIRE_VERSION, WIRE_VERSION } from '../../src/protocol/version.ts';
import { currentWireHashes, WIRE_HASHES_PATH, wireHashesSchema } from '../../scripts/schemas/wire-hashes.ts';

const root = path.resolve(import.meta.dirname, '../..');
const recorded = wireHashesSchema.parse(JSON.parse(readFileSync(path.join(root, WIRE_HASHES_PATH), 'utf8')));

test('[Y14] the wire is what its version says: a change needs a new WIRE_VERSION (npm run schemas)', () => {
  expect(currentWireHashes()).toEqual(recorded[String(WIRE_VERSION)]);
});

test('[Y14] every version still spoken is recorded, none beyond this build', () => {
  const versions = Object.keys(recorded).map(Number);
  for (let version = OLDEST_WIRE_VERSION; version <= WIRE_VERSION; version += 1)
    expect(versions).toContain(version);
  expect(Math.max(...versions)).toBe(WIRE_VERSION);
});

test('[Y14] a mutation’s name, once on the wire, is never given to another', () => {
  const names = Object.keys(currentWireHashes());
  for (const version of Object.keys(recorded)) {
    const gone = Object.keys(recorded[version] ?? {}).filter((name) => !names.includes(name));
    expect(gone).toEqual([]);
  }
});
