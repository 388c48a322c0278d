import { INGEST_LIMIT, type IngestResponse } from '../../protocol/ingest.ts';
import { formatCount, type Io, type Progress } from './io.ts';
import { readNdjson } from './ndjson.ts';

/** Takes a batch of at most `INGEST_LIMIT` events, unchecked as they stood in the file. */
export type IngestTarget = (events: readonly unknown[]) => Promise<IngestResponse>;

/** What an import did. `broken` lines are those that were not taken, for whatever reason. */
export interface ImportSummary {
  readonly lines: number;
  readonly accepted: number;
  readonly duplicates: number;
  /** Kept until their `conversation.started` arrives. */
  readonly pending: number;
  readonly broken: number;
}

interface Batch {
  readonly lines: number[];
  readonly events: unknown[];
}

/** One line a broken line on `err`, in order of the file: `line 17: …`. */
function reportRejected(io: Io, progress: Progress, batch: Batch, response: IngestResponse): void {
  for (const rejected of response.rejected) {
    progress.done();
    const where = rejected.path === '' ? '' : `${rejected.path}: `;
    io.err(`line ${batch.lines[rejected.index] ?? '?'}: ${where}${rejected.message} (${rejected.code})\n`);
  }
}

/**
 * Imports a file of JSON lines, one event a line (Y13): the good lines go in, each bad one is named by its number on `err`,
 * and the same import again adds nothing. Throws the file system's error when the file cannot be read.
 */
export async function importFile(
  file: string,
  target: IngestTarget,
  io: Io,
  progress: Progress,
): Promise<ImportSummary> {
  const sum = { lines: 0, accepted: 0, duplicates: 0, pending: 0, broken: 0 };
  let batch: Batch = { lines: [], events: [] };
  const flush = async (): Promise<void> => {
    if (batch.events.length === 0) return;
    const full = batch;
    batch = { lines: [], events: [] };
    const response = await target(full.events);
    sum.accepted += response.accepted;
    sum.duplicates += response.duplicates;
    sum.pending += response.pending;
    sum.broken += response.rejected.length;
    reportRejected(io, progress, full, response);
    progress.report(`${formatCount(sum.lines)} lines read, ${formatCount(sum.accepted)} events added`);
  };
  for await (const line of readNdjson(file)) {
    sum.lines += 1;
    if (line.ok) {
      batch.lines.push(line.line);
      batch.events.push(line.value);
      if (batch.events.length === INGEST_LIMIT) await flush();
    } else {
      progress.done();
      io.err(`line ${line.line}: ${line.problem}\n`);
      sum.broken += 1;
    }
  }
  await flush();
  progress.done();
  return sum;
}
