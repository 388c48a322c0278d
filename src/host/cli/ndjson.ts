import { createReadStream } from 'node:fs';

/** One line of a file of JSON lines: its number from 1, and its value or what is wrong with it. */
export type NdjsonLine =
  | { readonly line: number; readonly ok: true; readonly value: unknown }
  | { readonly line: number; readonly ok: false; readonly problem: string };

/** Longest line that is read; longer ones are reported and skipped without being held in memory. */
export const MAX_LINE_BYTES = 8 * 1024 * 1024;

const NEWLINE = 0x0a;

function parseLine(bytes: Buffer, line: number): NdjsonLine | null {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: line !== 1 }).decode(bytes).trim();
  } catch {
    return { line, ok: false, problem: 'not UTF-8 text' };
  }
  if (text === '') return null;
  try {
    return { line, ok: true, value: JSON.parse(text) };
  } catch (error) {
    return {
      line,
      ok: false,
      problem: `not JSON: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}

/** Collects the bytes of one line, and stops collecting when it grows too long. */
class LineBuffer {
  private parts: Buffer[] = [];
  private size = 0;

  add(part: Buffer): void {
    this.size += part.length;
    if (this.size <= MAX_LINE_BYTES) this.parts.push(part);
    else this.parts = [];
  }

  take(line: number): NdjsonLine | null {
    const tooLong = this.size > MAX_LINE_BYTES;
    const bytes = Buffer.concat(this.parts);
    this.parts = [];
    this.size = 0;
    if (tooLong) return { line, ok: false, problem: `longer than ${MAX_LINE_BYTES} bytes` };
    return parseLine(bytes, line);
  }
}

/**
 * Reads a file of JSON lines in bounded memory. Empty lines are passed over (they count for the numbering), a byte order
 * mark at the start is dropped, a broken line comes as a problem with its number and the rest goes on.
 * Throws the file system's error when the file cannot be read.
 */
export async function* readNdjson(file: string): AsyncGenerator<NdjsonLine> {
  const buffer = new LineBuffer();
  let line = 1;
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      buffer.add(chunk.subarray(start, end));
      const parsed = buffer.take(line);
      if (parsed !== null) yield parsed;
      line += 1;
      start = end + 1;
    }
    buffer.add(chunk.subarray(start));
  }
  const last = buffer.take(line);
  if (last !== null) yield last;
}
