import { statSync } from 'node:fs';
import { must } from '../../base/must.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { Clock, EpochMillis } from '../../base/time.ts';
import { openWriter } from '../../export/open-writer.ts';
import { Labels } from '../../export/report/labels.ts';
import type { WriterOptions } from '../../export/table.ts';
import { ZipTooLarge } from '../../export/zip/zip-writer.ts';
import { EXPORTS_KEY, exportRefusal, parseExportPolicy } from '../../domain/exports/policy.ts';
import type { Resources } from '../../i18n/messages.ts';
import type { ExportRequestInput } from '../../protocol/rpc/exports.ts';
import type { ListQuery } from '../../protocol/rpc/list.ts';
import { LANGUAGE_KEY, languageOfRow } from '../../protocol/settings.ts';
import { type Database, openDatabase } from '../../sqlite/database.ts';
import type { DeskCore } from '../desk-core.ts';
import { type DamagedRow, DamagedRows } from '../digests/row-digests.ts';
import { distrust } from '../store/distrust.ts';
import { readRow } from '../replica/row-sql.ts';
import { agentOf } from '../service/thread-query.ts';
import { exportNeed } from '../scope/export-need.ts';
import { ExportCancelled, type ExportFacts, filtersOf, runExport } from './run-export.ts';

/** Why there is no file. Nothing is left where it would have been. */
export interface ExportFailure {
  readonly type:
    | 'cancelled'
    | 'forbidden'
    | 'reasonRequired'
    | 'diskFull'
    | 'cannotWrite'
    | 'tooLarge'
    | 'notReady'
    | 'notHeld'
    | 'damaged';
  /** Of `damaged`: the rows whose bits have flipped; the replica is marked where it can be built anew. */
  readonly rows?: readonly DamagedRow[];
}

/** What exporting needs of the desk and of the host. */
export interface ExportDeps {
  readonly core: DeskCore;
  readonly clock: Clock;
  readonly version: string;
  /** Every shipped language's words. */
  readonly resources: Resources;
  readonly breathe: () => Promise<void>;
  /** Whether a damaged replica could be built anew now; always, when absent. */
  readonly isReachable?: () => boolean;
  /**
   * Which rows pass what a query asks besides what SQL knows: its conditions on fields, the figure it is behind. As things
   * are now; null while that is not known.
   */
  readonly passing: (query: ListQuery) => ((n: number) => boolean) | null;
}

export interface Made extends ExportFacts {
  readonly bytes: number;
}

/** Who exports, and whether they may, as things are here. */
export function refusalOf(core: DeskCore, reason: string | null): 'forbidden' | 'reasonRequired' | null {
  const setting = readRow(core.replica.db, 'setting', [EXPORTS_KEY]);
  return exportRefusal(parseExportPolicy(setting?.value ?? null), core.replica.frame().actor.role, reason);
}

/** Another connection to the replica, held at one state (a read transaction): the desk goes on writing beside it. */
function openSnapshot(path: string): Database {
  const opened = openDatabase(path, { synchronous: 'NORMAL', readonly: true, cacheMiB: 16 });
  if (!opened.ok) throw new Error(`the replica could not be read: ${opened.error.type}`);
  opened.value.exec('BEGIN');
  // A transaction begins with its first question.
  opened.value.pluck('SELECT n FROM conversation LIMIT ?', 1);
  return opened.value;
}

function writerOptions(labels: Labels, zone: string): WriterOptions {
  return {
    zone,
    dateFormat: labels.main('export:format.date'),
    dateTimeFormat: labels.main('export:format.dateTime'),
  };
}

const EVERY = (): boolean => true;

/** Whether SQL alone decides which conversations a query holds. */
function isSql({ among, filters }: ListQuery): boolean {
  return among === undefined && filters.fields === undefined;
}

/** What a file system or a writer threw, as an expected failure; null for a bug. */
function failureOf(thrown: unknown): ExportFailure['type'] | null {
  if (thrown instanceof ExportCancelled) return 'cancelled';
  if (thrown instanceof ZipTooLarge) return 'tooLarge';
  if (!(thrown instanceof Error) || !('code' in thrown) || typeof thrown.code !== 'string') return null;
  if (thrown.code === 'ENOSPC') return 'diskFull';
  return /^E[A-Z]+$/.test(thrown.code) ? 'cannotWrite' : null;
}

/** The audit line of an export, made durable before its file gets its name (Y1). */
function record(
  { core }: ExportDeps,
  exportId: string,
  request: ExportRequestInput,
  facts: ExportFacts,
): Result<null, ExportFailure> {
  const { format, languages, zone, range, query, withMessages, reason } = request;
  const answer = core.mutate({
    name: 'export.record',
    args: {
      exportId,
      format,
      languages,
      zone,
      range,
      queue: query.queue,
      filters: JSON.stringify(filtersOf(request)),
      withMessages,
      reason,
      rows: Object.fromEntries(facts.counts.map(({ id, rows }) => [id, rows])),
      digest: facts.digest,
    },
  });
  if (answer.ok) return ok(null);
  return err({ type: answer.error.type === 'forbidden' ? 'forbidden' : 'reasonRequired' });
}

/** How an export goes on, and whether it is still wanted. */
export interface ExportWatch {
  readonly onProgress: (done: number, total: number) => void;
  readonly isCancelled: () => boolean;
}

/**
 * Makes one export at `path`: checks who may, writes it from one state of the replica in slices, writes it down for the
 * audit log, and only then gives the file its name. Throws on bugs, with nothing left behind.
 */
export async function makeExport(
  deps: ExportDeps,
  exportId: string,
  request: ExportRequestInput,
  path: string,
  watch: ExportWatch,
): Promise<Result<Made, ExportFailure>> {
  const { core, clock } = deps;
  const refusal = refusalOf(core, request.reason);
  if (refusal !== null) return err({ type: refusal });
  const { agentId, lastSyncAt } = core.replica.state();
  const id = must(agentId, 'the agent of this desk');
  const need = exportNeed(core.replica.db, request);
  if (need !== null && !core.part.holds(need)) return err({ type: 'notHeld' });
  // At one with the state that is read: nothing is awaited between the two.
  const isAmong = isSql(request.query) ? EVERY : deps.passing(request.query);
  if (isAmong === null) return err({ type: 'notReady' });
  const db = openSnapshot(core.replica.db.path);
  try {
    const language = languageOfRow(readRow(db, 'setting', [LANGUAGE_KEY])?.value ?? null);
    const labels = new Labels(deps.resources, request.languages, language);
    const writer = openWriter(request.format, path, writerOptions(labels, request.zone));
    try {
      const facts = await runExport({
        ...watch,
        db,
        request,
        labels,
        writer,
        me: { id, name: agentOf(db, id).name, role: core.replica.frame().actor.role },
        version: deps.version,
        exportedAt: clock.now(),
        asOf: lastSyncAt as EpochMillis | null,
        isAmong,
        breathe: deps.breathe,
      });
      const recorded = record(deps, exportId, request, facts);
      if (!recorded.ok) {
        writer.abort();
        return recorded;
      }
      await writer.finish();
      return ok({ ...facts, bytes: statSync(path).size });
    } catch (thrown) {
      writer.abort();
      throw thrown;
    }
  } catch (thrown) {
    if (thrown instanceof DamagedRows) {
      if (deps.isReachable?.() !== false) distrust(core.replica.db.path, thrown);
      return err({ type: 'damaged', rows: thrown.rows });
    }
    const type = failureOf(thrown);
    if (type === null) throw thrown;
    return err({ type });
  } finally {
    db.close();
  }
}
