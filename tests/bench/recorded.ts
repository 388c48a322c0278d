import { err, ok } from '../../src/base/result.ts';
import { must } from '../../src/base/must.ts';
import { readAnswer } from '../../src/desk/sync/http-transport.ts';
import {
  type BootstrapPosition,
  bootstrapResponseSchema,
  type SyncTransport,
} from '../../src/protocol/sync.ts';
import type { BootstrapResponse, TableRows } from '../../src/protocol/sync.ts';
import { WIRE_VERSION } from '../../src/protocol/version.ts';
import { rowSums } from '../../src/workspace/store/log.ts';
import { generateBundle, GENERATED_ME, GENERATED_NOW, type GeneratorOptions } from './generate.ts';
import { agentRows, type RowSums, tableRowsOf, type WireRows, wireRowsOf } from './rows.ts';

const CURSOR = { epoch: 'generated', seq: 1, chain: '0' };
/** Rows in one page: what a workspace sends. */
const PAGE_ROWS = 5_000;
/** Conversations generated together, so that not all of them lie in memory as objects. */
const BATCH = 5_000;

/** A bootstrap as it came over the wire, page by page as text, and the same rows for a raw writer. */
export interface Recorded {
  readonly pages: readonly string[];
  readonly rows: WireRows;
  /** The rows' digests, table by table in their order. */
  readonly sums: RowSums;
  readonly count: number;
}

/** Records the bootstrap of a workspace of generated conversations: agents first, open ones next, then tables by key. */
export function recordBootstrap(options: GeneratorOptions, pageRows: number = PAGE_ROWS): Recorded {
  const rows: WireRows = agentRows();
  const open: TableRows[] = [];
  for (let from = 0; from < options.conversations; from += BATCH) {
    const length = Math.min(BATCH, options.conversations - from);
    const bundles = Array.from({ length }, (_, index) => generateBundle(options, from + index));
    for (const [table, values] of wireRowsOf(bundles)) {
      const held = rows.get(table) ?? [];
      rows.set(table, held);
      for (const one of values) held.push(one);
    }
    open.push(
      ...tableRowsOf(bundles.filter(({ conversation }) => conversation.humanState === 'open').slice(0, 60)),
    );
  }
  const tables = withSums([...rows].map(([table, puts]) => ({ table, puts, deletes: [] })));
  const cut = [
    ...pagesOf(
      tables.filter(({ table }) => table === 'agent'),
      pageRows,
    ),
    ...pagesOf(withSums(open), pageRows),
    ...pagesOf(tables, pageRows),
  ];
  const totalRows = cut.reduce((sum, page) => sum + page.reduce((n, { puts }) => n + puts.length, 0), 0);
  const pages = cut.map((page, index) => {
    const next: BootstrapPosition | null =
      index === cut.length - 1 ? null : { phase: 'message', after: [String(index)] };
    const answer: BootstrapResponse = {
      cursor: CURSOR,
      tables: page,
      next,
      totalRows,
      lastMid: 0,
      now: GENERATED_NOW,
    };
    return JSON.stringify(answer);
  });
  const sums: RowSums = new Map(tables.map((one) => [one.table, one.sums ?? []]));
  return { pages, rows, sums, count: totalRows };
}

/** The rows with their digests, as the workspace sends them. */
function withSums(tables: readonly TableRows[]): readonly TableRows[] {
  return tables.map((one) => ({ ...one, sums: rowSums(one.puts) }));
}

function* pagesOf(tables: readonly TableRows[], size: number): Generator<TableRows[]> {
  let page: TableRows[] = [];
  let rows = 0;
  for (const { table, puts, sums = [] } of tables) {
    for (let from = 0; from < puts.length; ) {
      const part = puts.slice(from, from + size - rows);
      page.push({ table, puts: part, sums: sums.slice(from, from + part.length), deletes: [] });
      rows += part.length;
      from += part.length;
      if (rows < size) continue;
      yield page;
      page = [];
      rows = 0;
    }
  }
  if (page.length > 0) yield page;
}

/** One page as a desk reads it off the wire: parsed and checked. */
export function readPage(text: string): BootstrapResponse {
  const answer = readAnswer(200, text, bootstrapResponseSchema);
  if (!answer.ok) throw new Error(answer.error.type);
  return answer.value;
}

/** A workspace that plays a recorded bootstrap, and has nothing new afterwards. */
export function playback(
  recorded: Recorded,
  onPage: (index: number) => void = () => undefined,
): SyncTransport {
  const now = GENERATED_NOW;
  return {
    hello: () =>
      Promise.resolve(
        ok({
          workspaceId: 'generated',
          epoch: CURSOR.epoch,
          agentId: GENERATED_ME,
          role: 'agent',
          version: WIRE_VERSION,
          now,
        }),
      ),
    // What waits here stays: this workspace does not answer.
    push: () => Promise.resolve(err({ type: 'unavailable' })),
    pull: ({ cursor }) =>
      Promise.resolve(ok({ kind: 'changes', from: cursor, to: cursor, lastMid: 0, tables: [], now })),
    bootstrap: ({ position }) => {
      const index = position === null ? 0 : Number(position.after?.[0]) + 1;
      onPage(index);
      return Promise.resolve(ok(readPage(must(recorded.pages[index], 'a page'))));
    },
    listen: () => () => undefined,
    close: () => undefined,
  };
}
