import { constants, crc32, createDeflateRaw, type DeflateRaw } from 'node:zlib';
import { centralDirectory, type ZipEntry, localHeader, patchedSizes } from './zip-records.ts';
import type { ExportFile } from '../export-file.ts';

/** Bytes that may wait for the compressor before a writer is asked to wait. */
const MOST_WAITING = 1024 * 1024;
/** Texts are gathered in buffers of this size, which are used again: a hundred megabytes less than one for each text. */
const BUFFER_BYTES = 128 * 1024;
/** Most bytes of one UTF-16 unit in UTF-8. */
const UNIT_BYTES = 3;
/** Above it the plain records of a ZIP file cannot say where things lie; `ZipTooLarge` before that. */
export const MOST_BYTES = 0xff_ff_ff_ff;

/** The archive, or one entry of it, would not fit the format without its 64-bit extension. */
export class ZipTooLarge extends Error {}

interface OpenEntry {
  readonly name: string;
  readonly offset: number;
  readonly deflate: DeflateRaw;
  readonly ended: Promise<void>;
  crc: number;
  size: number;
  packed: number;
  waiting: number;
}

/**
 * Writes a ZIP file front to back, one entry at a time, compressing in the thread pool. Sizes are patched into an entry's
 * header when it ends, so that readers that ignore data descriptors read it, too. Memory holds what waits for the
 * compressor: await `drain` between slices.
 */
export class ZipWriter {
  readonly #file: ExportFile;
  readonly #level: number;
  readonly #entries: ZipEntry[] = [];
  #open: OpenEntry | null = null;
  #failure: Error | null = null;
  #drained: (() => void) | null = null;
  #buffer: Buffer = Buffer.allocUnsafeSlow(BUFFER_BYTES);
  #filled = 0;
  readonly #spare: Buffer[] = [];

  constructor(file: ExportFile, level: number) {
    this.#file = file;
    this.#level = level;
  }

  begin(name: string): void {
    if (this.#open !== null) throw new Error('invariant broken: an entry is open already');
    const offset = this.#file.size;
    this.#file.append(localHeader(name));
    const deflate = createDeflateRaw({
      level: this.#level,
      memLevel: 9,
      chunkSize: 64 * 1024,
      strategy: constants.Z_DEFAULT_STRATEGY,
    });
    const { promise: ended, resolve } = Promise.withResolvers<void>();
    const entry: OpenEntry = { name, offset, deflate, ended, crc: 0, size: 0, packed: 0, waiting: 0 };
    deflate.on('data', (bytes: Buffer) => this.#take(entry, bytes));
    deflate.on('end', resolve);
    deflate.on('error', (error) => {
      this.#failure ??= error;
      resolve();
    });
    this.#open = entry;
  }

  /** Appends a text to the open entry, as UTF-8. */
  write(text: string): void {
    const most = text.length * UNIT_BYTES;
    if (most > BUFFER_BYTES) {
      this.#flush();
      this.#send(Buffer.from(text, 'utf8'), null);
      return;
    }
    if (this.#filled + most > BUFFER_BYTES) this.#flush();
    this.#filled += this.#buffer.write(text, this.#filled, 'utf8');
  }

  #flush(): void {
    if (this.#filled === 0) return;
    const buffer = this.#buffer;
    this.#send(buffer.subarray(0, this.#filled), buffer);
    this.#buffer = this.#spare.pop() ?? Buffer.allocUnsafeSlow(BUFFER_BYTES);
    this.#filled = 0;
  }

  #send(bytes: Buffer, reusable: Buffer | null): void {
    const entry = this.#opened();
    entry.crc = crc32(bytes, entry.crc);
    entry.size += bytes.length;
    entry.waiting += bytes.length;
    entry.deflate.write(bytes, () => {
      entry.waiting -= bytes.length;
      if (reusable !== null) this.#spare.push(reusable);
      if (entry.waiting < MOST_WAITING / 2) this.#drained?.();
    });
  }

  /** Bytes of the open entry so far, before compression. */
  get entrySize(): number {
    return this.#opened().size + this.#filled;
  }

  /** Waits until little is left for the compressor. What the disk or the compressor threw comes out here. */
  async drain(): Promise<void> {
    const entry = this.#open;
    while (entry !== null && entry.waiting > MOST_WAITING && this.#failure === null)
      await new Promise<void>((resolve) => {
        this.#drained = resolve;
      });
    this.#drained = null;
    if (this.#failure !== null) throw this.#failure;
  }

  async end(): Promise<void> {
    const entry = this.#opened();
    this.#flush();
    entry.deflate.end();
    await entry.ended;
    if (this.#failure !== null) throw this.#failure;
    if (Math.max(entry.size, this.#file.size) > MOST_BYTES) throw new ZipTooLarge();
    const { name, offset, crc, size, packed } = entry;
    this.#entries.push({ name, offset, crc, size, packed });
    this.#file.patch(patchedSizes({ crc, size, packed }), offset + 14);
    this.#open = null;
  }

  /** Writes an entry at once. */
  async add(name: string, text: string): Promise<void> {
    this.begin(name);
    this.write(text);
    await this.end();
  }

  /** Writes the directory; the file is complete. */
  finish(): void {
    this.#file.append(centralDirectory(this.#entries, this.#file.size));
  }

  /** Lets go of the compressor without finishing anything. */
  abort(): void {
    this.#open?.deflate.destroy();
    this.#open = null;
  }

  #opened(): OpenEntry {
    if (this.#open === null) throw new Error('invariant broken: no entry is open');
    return this.#open;
  }

  #take(entry: OpenEntry, bytes: Buffer): void {
    if (this.#failure !== null) return;
    try {
      this.#file.append(bytes);
      entry.packed += bytes.length;
    } catch (thrown) {
      this.#failure = thrown instanceof Error ? thrown : new Error(String(thrown));
      this.#drained?.();
    }
  }
}
