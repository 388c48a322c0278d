import { z } from 'zod';
import type { Result } from '../base/result.ts';
import { REFUSAL_CODES } from '../mutations/mutation.ts';
import type { WireError } from './errors.ts';
import { REPLICATED_TABLES, TABLES, type WireValue } from './tables.ts';

/** Where a desk stands in a workspace's log (Y6). `chain` is the running hash at `seq`, hex. */
export const cursorSchema = z.object({
  epoch: z.string().min(1).max(64),
  seq: z.number().int().nonnegative(),
  chain: z.string().min(1).max(128),
});
export type Cursor = z.infer<typeof cursorSchema>;

const wireValue = z.union([z.string(), z.number(), z.null()]);
const replicatedTable = z.enum(REPLICATED_TABLES);
const detail = z.record(z.string(), z.union([z.string(), z.number(), z.null()]));

function isWireValue(value: unknown): boolean {
  return value === null || typeof value === 'string' || typeof value === 'number';
}

function areWireRows(rows: unknown): rows is readonly (readonly WireValue[])[] {
  return Array.isArray(rows) && rows.every((row) => Array.isArray(row) && row.every(isWireValue));
}

/** Checked by hand: element by element the schema library took as long as inserting the rows (4–12 ms against 5,000 × 8 values). */
const wireRows = z
  .custom<readonly (readonly WireValue[])[]>(areWireRows)
  .meta({ description: 'arrays of string, number or null, in the column order of the table' });

function areSums(sums: unknown): sums is readonly number[] {
  return Array.isArray(sums) && sums.every((sum) => Number.isInteger(sum));
}

const rowSums = z
  .custom<readonly number[]>(areSums)
  .meta({ description: 'CRC-32 of the JSON text of each put' });

/**
 * Rows of one table: whole rows in column order, and keys of deleted ones. Arrays, since objects cost as much as the insert.
 * `sums` are the puts' digests, one each, as the workspace had them: a desk keeps them with the rows and finds bits that flip.
 */
export const tableRowsSchema = z
  .object({ table: replicatedTable, puts: wireRows, sums: rowSums.optional(), deletes: wireRows })
  .refine(({ table, puts, sums, deletes }) => {
    const { columns, key } = TABLES[table];
    return (
      puts.every((row) => row.length === columns.length) &&
      (sums === undefined || sums.length === puts.length) &&
      deletes.every((row) => row.length === key.length)
    );
  });
export type TableRows = z.infer<typeof tableRowsSchema>;

/** Most mutations in one push, and most rows in one bootstrap page. */
export const PUSH_LIMIT = 500;
export const BOOTSTRAP_LIMIT = 5_000;

const head = { version: z.number().int(), clientId: z.string().min(1).max(64) };

export const outboxMutationSchema = z.object({
  mid: z.number().int().positive(),
  name: z.string().min(1).max(64),
  args: z.unknown(),
  /** The desk's time, corrected by its offset; shown, never used to order (Y10). */
  madeAt: z.number().int(),
});
export type OutboxMutation = z.infer<typeof outboxMutationSchema>;

export const pushRequestSchema = z.object({
  ...head,
  mutations: z.array(outboxMutationSchema).max(PUSH_LIMIT),
});
export type PushRequest = z.infer<typeof pushRequestSchema>;

/**
 * A list that others changed since its author saw it, and that was merged item by item (F1, S8): as the author's desk showed
 * it, as it stands, whose changes are in it (null: a source's), and when the last of them was made.
 */
export const mergedSchema = z.object({
  field: z.string().max(200),
  mine: z.array(z.string()),
  result: z.array(z.string()),
  agentIds: z.array(z.string().nullable()),
  at: z.number().int(),
});
export type Merged = z.infer<typeof mergedSchema>;

export const outcomeSchema = z.object({
  mid: z.number().int().positive(),
  status: z.enum(['applied', 'refused']),
  code: z.enum(REFUSAL_CODES).optional(),
  detail: detail.optional(),
  /** Of one that was applied, where it came out otherwise than its author saw. */
  merged: mergedSchema.optional(),
});
export type Outcome = z.infer<typeof outcomeSchema>;

export const pushResponseSchema = z.object({
  /** One for each mutation up to a gap, in order; a repeated one answers what was recorded (Y3). */
  outcomes: z.array(outcomeSchema),
  lastMid: z.number().int().nonnegative(),
  /** The mid it expected, where it stopped at a gap. */
  gapAt: z.number().int().optional(),
  head: z.number().int(),
  now: z.number().int(),
});
export type PushResponse = z.infer<typeof pushResponseSchema>;

/** Where the log stood when rows that the desk holds were read, beyond its cursor: pages of a bootstrap (Y6, Y9). */
const seen = { seen: cursorSchema.optional() };

/** How far back a desk holds what is not open (Y9): `HeldFrom` of the domain. */
export const heldFromSchema = z.object({ at: z.number().int(), id: z.string().max(200) });

/** Most conversations that one pull asks for by id. */
export const SCOPE_IDS = 100;
const conversationIds = z.array(z.string().min(1).max(200)).max(SCOPE_IDS);

export const pullRequestSchema = z.object({
  ...head,
  ...seen,
  cursor: cursorSchema,
  /** Of a desk that holds a part (Y9); absent: it holds everything. */
  scope: z
    .object({
      held: heldFromSchema,
      /** Send the next conversations behind `held` as well, back to this moment; 0 is the beginning. */
      reach: z.number().int().nonnegative().optional(),
      /** Conversations to send whole, wherever they lie. */
      ids: conversationIds,
    })
    .optional(),
});
export type PullRequest = z.infer<typeof pullRequestSchema>;

export const RESET_REASONS = ['epoch', 'chain', 'ahead', 'tooFar'] as const;

export const pullResponseSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('changes'),
    /** The request's cursor: a response for another one is ignored (Y7). */
    from: cursorSchema,
    to: cursorSchema,
    lastMid: z.number().int().nonnegative(),
    tables: z.array(tableRowsSchema),
    /** Answers the request's `scope`: what the desk holds once this is applied (null: everything), and ids nobody has. */
    scope: z.object({ held: heldFromSchema.nullable(), absent: conversationIds }).optional(),
    now: z.number().int(),
  }),
  /** Bootstrap again (Y6, Y9): the log does not lead from the cursor to the head. */
  z.object({ kind: z.literal('reset'), reason: z.enum(RESET_REASONS), now: z.number().int() }),
]);
export type PullResponse = z.infer<typeof pullResponseSchema>;

/** Where a bootstrap goes on: a phase and the last key it sent. Opaque to the desk; stored to resume. */
export const bootstrapPositionSchema = z.object({
  phase: z.enum(['open', 'withAi', ...REPLICATED_TABLES]),
  after: z.array(wireValue).nullable(),
  /** It is a scoped desk's: what is not open comes by pulls. */
  scoped: z.literal(true).optional(),
});
export type BootstrapPosition = z.infer<typeof bootstrapPositionSchema>;

export const bootstrapRequestSchema = z.object({
  ...head,
  ...seen,
  /** Null starts one. */
  position: bootstrapPositionSchema.nullable(),
  /** Everything, whatever the workspace's scope: a desk in the workspace's own process. */
  whole: z.literal(true).optional(),
  limit: z.number().int().positive().max(BOOTSTRAP_LIMIT),
});
export type BootstrapRequest = z.infer<typeof bootstrapRequestSchema>;

export const bootstrapResponseSchema = z.object({
  /** What the desk has `seen` is no place of this log: history was taken back under its pages, and it begins again. */
  rewritten: z.literal(true).optional(),
  /** The desk begins with open work alone, and goes back from there by pulls (Y9). */
  scoped: z.literal(true).optional(),
  /** The log's head when this page was read. The desk keeps the first page's and pulls from it at the end (Y9). */
  cursor: cursorSchema,
  tables: z.array(tableRowsSchema),
  /** Null after the last page. */
  next: bootstrapPositionSchema.nullable(),
  /** Rows sent in all so far would reach this number; for progress. */
  totalRows: z.number().int().nonnegative(),
  lastMid: z.number().int().nonnegative(),
  now: z.number().int(),
});
export type BootstrapResponse = z.infer<typeof bootstrapResponseSchema>;

/** Asked by a desk whose own copy refuses a call (Y16): whose change stands in its way. Histories are the workspace's alone. */
export const whoRequestSchema = z.object({ ...head, name: z.string().min(1).max(64), args: z.unknown() });
export type WhoRequest = z.infer<typeof whoRequestSchema>;

export const whoResponseSchema = z.object({
  /** `agentId`: null for a source; `at`: when, by the workspace's receipt. Null: no event tells. */
  by: z.object({ agentId: z.string().nullable(), at: z.number().int() }).nullable(),
  now: z.number().int(),
});
export type WhoResponse = z.infer<typeof whoResponseSchema>;

/** A poke carries only the head (Y8): correct with every one lost. */
export const pokeSchema = z.object({ head: z.number().int().nonnegative() });
export type Poke = z.infer<typeof pokeSchema>;

/** Asked once after connecting. */
export const helloRequestSchema = z.object({ version: z.number().int() });
export type HelloRequest = z.infer<typeof helloRequestSchema>;

/** Who this desk is. */
export const helloResponseSchema = z.object({
  workspaceId: z.string(),
  epoch: z.string(),
  agentId: z.string(),
  role: z.enum(['agent', 'lead', 'admin']),
  version: z.number().int(),
  now: z.number().int(),
});
export type HelloResponse = z.infer<typeof helloResponseSchema>;

/**
 * The protocol as a desk sees it, over HTTP and WebSocket or over a message port: the same messages, checked by the same
 * schemas at both ends. A lost link is an error value of type `unavailable` or `timeout`; nothing throws.
 */
export interface SyncTransport {
  hello(): Promise<Result<HelloResponse, WireError>>;
  push(request: PushRequest): Promise<Result<PushResponse, WireError>>;
  pull(request: PullRequest): Promise<Result<PullResponse, WireError>>;
  bootstrap(request: BootstrapRequest): Promise<Result<BootstrapResponse, WireError>>;
  /** Whose change stands in a call's way; a transport without it answers nobody. */
  who?(request: WhoRequest): Promise<Result<WhoResponse, WireError>>;
  /** Listens for pokes and for the link coming and going, until the returned function is called. */
  listen(onPoke: (poke: Poke) => void, onLink: (up: boolean) => void): () => void;
  /** The network came or went, or the machine slept: what waits for an answer fails as `unavailable`, and lines are opened anew. */
  renew?(): void;
  close(): void;
}
