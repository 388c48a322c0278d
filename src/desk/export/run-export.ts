import type { AgentId } from '../../base/ids.ts';
import type { EpochMillis } from '../../base/time.ts';
import type { Role } from '../../domain/model.ts';
import { fieldDefinitions, isActiveField } from '../../domain/fields/definition.ts';
import { ZoneClock } from '../../domain/hours/zone.ts';
import { dayNumber } from '../../domain/hours/schedule.ts';
import { aboutColumns, aboutRows } from '../../export/report/about.ts';
import { cellsOf, type ReadColumn } from '../../export/report/column.ts';
import { CsatSummary, type CsatTotals, summaryColumns } from '../../export/report/csat-summary.ts';
import { cycleColumns, cyclesOf } from '../../export/report/cycles.ts';
import { CellDigest } from '../../export/report/digest.ts';
import type { Labels } from '../../export/report/labels.ts';
import { messageColumns } from '../../export/report/messages.ts';
import {
  type ExportedConversation,
  type ExportRange,
  identityOf,
  type ReportContext,
} from '../../export/report/source.ts';
import { userChatColumns } from '../../export/report/user-chats.ts';
import type { TableCount, TablesWriter } from '../../export/table.ts';
import type { ExportRequestInput } from '../../protocol/rpc/exports.ts';
import { HOURS_KEY, settingsOfRows, TIMING_POLICY_KEY } from '../../protocol/settings.ts';
import type { ReadableDb } from '../../sqlite/database.ts';
import { checkTables } from '../digests/row-digests.ts';
import { fieldSettings } from '../queries/field-values.ts';
import { readRow } from '../replica/row-sql.ts';
import { agentsOf } from '../service/thread-query.ts';
import { TimingsReader } from '../service/timings-query.ts';
import { exportOrder } from './export-order.ts';
import { CHATS_A_SLICE, readChats, readMessages } from './read-chats.ts';

/** What one export works with. */
export interface ExportRun {
  /** One unchanging state of the replica, for as long as the export takes. */
  readonly db: ReadableDb;
  readonly request: ExportRequestInput;
  readonly labels: Labels;
  readonly writer: TablesWriter;
  readonly me: { readonly id: AgentId; readonly name: string; readonly role: Role };
  readonly version: string;
  readonly exportedAt: EpochMillis;
  readonly asOf: EpochMillis | null;
  readonly isAmong: (n: number) => boolean;
  /** Lets others have their turn. */
  readonly breathe: () => Promise<void>;
  readonly onProgress: (done: number, total: number) => void;
  readonly isCancelled: () => boolean;
}

/** What was written. */
export interface ExportFacts {
  readonly counts: readonly TableCount[];
  readonly csat: CsatTotals;
  readonly digest: string;
}

/** Thrown where the reader does not want the export any more. */
export class ExportCancelled extends Error {}

/** Days of the calendar as moments: from the first one's beginning until the last one's end (O2). */
export function rangeOf({ range, zone }: Pick<ExportRequestInput, 'range' | 'zone'>): ExportRange {
  const clock = new ZoneClock(zone);
  const momentOf = (day: string | null, later: number): EpochMillis | null => {
    const number = day === null ? null : dayNumber(day);
    return number === null ? null : clock.moment(number + later, 0);
  };
  return { by: range.by, from: momentOf(range.from, 0), to: momentOf(range.to, 1) };
}

/** Takes tables one after another and counts how far it is. */
class Passes {
  readonly counts: TableCount[] = [];
  readonly digest = new CellDigest();
  readonly #run: ExportRun;
  readonly #rules: ReportContext['rules'];
  readonly #order: Uint32Array;
  readonly #total: number;
  #done = 0;

  constructor(run: ExportRun, context: ReportContext, order: Uint32Array) {
    this.#run = run;
    this.#rules = context.rules;
    this.#order = order;
    this.#total = order.length * (run.request.withMessages ? 3 : 2);
  }

  /** Writes a table of rows that are there already. `isData`: its cells are part of the digest. */
  async table<Row>(id: string, columns: readonly ReadColumn<Row>[], rows: Iterable<Row>, isData = true) {
    await this.#begin(id, columns, isData);
    for (const row of rows) this.#row(cellsOf(columns, row), isData);
    await this.#end();
  }

  /** Writes a table while going through the conversations. */
  async pass<Row>(
    id: string,
    columns: readonly ReadColumn<Row>[],
    rowsOf: (chat: ExportedConversation) => Iterable<readonly Row[]>,
  ): Promise<void> {
    const { db, writer, breathe } = this.#run;
    await this.#begin(id, columns, true);
    for (let from = 0; from < this.#order.length; from += CHATS_A_SLICE) {
      const chats = readChats(db, this.#order.subarray(from, from + CHATS_A_SLICE), this.#rules);
      for (const chat of chats)
        for (const rows of rowsOf(chat)) {
          for (const row of rows) this.#row(cellsOf(columns, row), true);
          await writer.drain();
        }
      this.#moved(chats.length);
      await breathe();
    }
    await this.#end();
  }

  async #begin<Row>(id: string, columns: readonly ReadColumn<Row>[], isData: boolean): Promise<void> {
    const table = { id, name: this.#run.labels.sheet(id), columns };
    if (isData) this.digest.begin(table);
    await this.#run.writer.begin(table);
  }

  #row(cells: ReturnType<typeof cellsOf>, isData: boolean): void {
    if (isData) this.digest.row(cells);
    this.#run.writer.row(cells);
  }

  async #end(): Promise<void> {
    this.counts.push(await this.#run.writer.end());
  }

  #moved(by: number): void {
    if (this.#run.isCancelled()) throw new ExportCancelled();
    this.#done += by;
    this.#run.onProgress(this.#done, this.#total);
  }
}

function contextOf({ db, labels, me }: ExportRun): ReportContext {
  return {
    labels,
    agentNames: new Map(agentsOf(db).map(({ id, name }) => [id, name])),
    fields: fieldDefinitions(fieldSettings(db)).filter(isActiveField),
    identity: identityOf(me.role),
    rules: new TimingsReader(db).rules(),
  };
}

/** The versions of the business hours there are, for the sheet about the export. */
function schedulesOf(db: ReadableDb): readonly { readonly validFrom: string; readonly zone: string }[] {
  const valueOf = (key: string): string | null => readRow(db, 'setting', [key])?.value ?? null;
  const { hours } = settingsOfRows(valueOf(HOURS_KEY), valueOf(TIMING_POLICY_KEY));
  return hours.map(({ validFrom, zone }) => ({ validFrom, zone }));
}

/**
 * Writes every table of an export from one state of the replica, in slices; not yet `finish`ed. Throws `ExportCancelled`,
 * `DamagedRows` where a row is not what it came as, and what disk and writer throw: then `abort` the writer.
 */
export async function runExport(run: ExportRun): Promise<ExportFacts> {
  const { db, request, labels, me, isAmong, breathe } = run;
  checkTables(db, ['setting', 'agent']);
  const context = contextOf(run);
  const range = rangeOf(request);
  const selection = { query: request.query, range, me: me.id, isAmong };
  const order = await exportOrder(db, selection, breathe);
  if (run.isCancelled()) throw new ExportCancelled();
  run.onProgress(0, order.length);
  const passes = new Passes(run, context, order);
  const summary = new CsatSummary(request.zone, range);
  await passes.pass('userChats', userChatColumns(context), (chat) => {
    summary.add(chat);
    return [[chat]];
  });
  await passes.pass('cycles', cycleColumns(context), (chat) => [cyclesOf(chat, context)]);
  if (request.withMessages)
    await passes.pass('messages', messageColumns(context), (chat) => readMessages(db, chat));
  await passes.table('csatSummary', summaryColumns(context), summary.rows());
  const digest = passes.digest.hex();
  const facts: ExportFacts = { counts: passes.counts.slice(), csat: summary.totals(), digest };
  const about = aboutRows(
    {
      ...facts,
      version: run.version,
      request: { ...request, queue: request.query.queue, filters: filtersOf(request) },
      by: { name: me.name, role: me.role },
      identity: context.identity,
      exportedAt: run.exportedAt,
      asOf: run.asOf,
      policy: context.rules.policy,
      schedules: schedulesOf(db),
    },
    labels,
  );
  await passes.table('about', aboutColumns(labels), about, false);
  return facts;
}

/** The filters of a request, without what is not set. */
export function filtersOf({ query }: Pick<ExportRequestInput, 'query'>): Readonly<Record<string, unknown>> {
  const { filters, among } = query;
  return { ...filters, ...(among === undefined ? {} : { among }) };
}
