import { readFileSync } from 'node:fs';
import { crc32, inflateRawSync } from 'node:zlib';

const END = 0x06_05_4b_50;

/** Reads every entry of a ZIP file by its directory, checking CRCs, sizes and local headers against it. */
export function readZip(file: string): ReadonlyMap<string, Buffer> {
  const bytes = readFileSync(file);
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || bytes.readUInt32LE(end) !== END) throw new Error('no end of a ZIP directory');
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  const entries = new Map<string, Buffer>();
  for (let index = 0; index < count; index += 1) {
    const nameLength = bytes.readUInt16LE(at + 28);
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    const [crc, packed, size] = [
      bytes.readUInt32LE(at + 16),
      bytes.readUInt32LE(at + 20),
      bytes.readUInt32LE(at + 24),
    ];
    const local = bytes.readUInt32LE(at + 42);
    // Other writers say it behind the content (flag 3), so that there is nothing to compare.
    const isBehind = (bytes.readUInt16LE(local + 6) & 8) !== 0;
    if (!isBehind && (bytes.readUInt32LE(local + 14) !== crc || bytes.readUInt32LE(local + 18) !== packed))
      throw new Error(`${name}: header and directory differ`);
    const start = local + 30 + bytes.readUInt16LE(local + 26);
    const content = inflateRawSync(bytes.subarray(start, start + packed));
    if (content.length !== size || crc32(content) !== crc) throw new Error(`${name}: wrong size or CRC`);
    entries.set(name, content);
    at += 46 + nameLength;
  }
  return entries;
}
