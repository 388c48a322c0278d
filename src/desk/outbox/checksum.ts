import { crc32 } from 'node:zlib';
import type { SqlValue } from '../../sqlite/database.ts';

/** CRC-32 of a record's other columns, in the order of its INSERT (Y1): finds flipped bits, not forgery. */
export function checksum(values: readonly SqlValue[]): number {
  return crc32(JSON.stringify(values));
}
