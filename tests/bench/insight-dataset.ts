import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { asId } from '../../src/base/ids.ts';
import { nextFloat, nextInt, pick, seededRng } from '../../src/base/rng.ts';
import { epochMillis, HOUR, MINUTE } from '../../src/base/time.ts';
import type { Metric, MetricEvent, ShopOrder } from '../../src/domain/model.ts';
import { REPLICA_MIGRATIONS } from '../../src/desk/store/replica-migrations.ts';
import { rowToWire } from '../../src/protocol/tables.ts';
import { newestVersion } from '../../src/sqlite/migrations.ts';
import { insertRows, openReplica } from './dataset.ts';
import { type Bundle, generateBundle, GENERATED_NOW, type GeneratorOptions } from './generate.ts';
import { surveyRowsOf } from './generate-values.ts';
import { type WireRows, wireRowsOf } from './rows.ts';

const FOLDER = path.join(import.meta.dirname, '../../.handoff/bench');
const BATCH = 5_000;
const VERSION = 2;
const PRODUCTS = Array.from({ length: 500 }, (_, index) => `sku-${index}`);

function productsOf(roll: () => number): string {
  return JSON.stringify(
    Array.from({ length: 3 }, () => PRODUCTS[Math.floor(roll() * PRODUCTS.length)] ?? 'sku-0'),
  );
}

/**
 * What SQL alone would want, besides the replica's own indexes: the questions it is asked are then answered from an index
 * each. Our columns have no use for them.
 */
const BESIDE_INDEXES = `
  CREATE INDEX beside_started ON conversation (started_at, ai_outcome, channel);
  CREATE INDEX beside_touch ON metric_event (metric, customer_id, at);
`;

/** Five data points of a conversation, as the rules would make them: its start, its end, what it recommended, clicks. */
function eventsOf({ conversation, tags }: Bundle, index: number): readonly MetricEvent[] {
  const rng = seededRng(index + 1);
  const { startedAt, channel, customerId, id } = conversation;
  const base = { conversationId: id, customerId, channel, skill: 'orders', reasonCode: null, reason: null };
  const byAi = tags.filter((tag) => tag.appliedBy === 'ai').map(({ tag }) => tag);
  const recommended = productsOf(() => nextFloat(rng));
  const [clicked] = JSON.parse(recommended) as readonly string[];
  const make = (ordinal: number, metric: Metric, at: number, over: Partial<MetricEvent>): MetricEvent => ({
    ...base,
    id: `e${ordinal}`,
    metric,
    at: epochMillis(Math.min(at, GENERATED_NOW)),
    tags: null,
    products: null,
    ...over,
  });
  const end = conversation.aiOutcome === 'notResolvedByAi' ? 'escalated' : 'resolved';
  return [
    make(1, 'started', startedAt, {}),
    make(2, 'recommended', startedAt + MINUTE, { products: recommended }),
    make(3, 'clicked', startedAt + 2 * MINUTE, { products: JSON.stringify([clicked]) }),
    make(4, 'recommended', startedAt + 3 * MINUTE, { products: productsOf(() => nextFloat(rng)) }),
    make(5, end, startedAt + nextInt(rng, 5, 600) * MINUTE, {
      reasonCode: conversation.handoffReasonCode,
      tags: byAi.length === 0 ? null : JSON.stringify(byAi.toSorted()),
    }),
  ];
}

/** An order for every fifth conversation, half of them within a day of its click. */
function ordersOf({ conversation }: Bundle, index: number): readonly ShopOrder[] {
  if (index % 5 !== 0) return [];
  const rng = seededRng(index + 7);
  return [
    {
      id: asId(`o${index}`),
      customerId: conversation.customerId,
      at: epochMillis(Math.min(conversation.startedAt + nextInt(rng, 0, 48) * HOUR, GENERATED_NOW)),
      valueMinor: nextInt(rng, 500, 90_000),
      currency: pick(rng, ['EUR', 'KRW', 'SEK']),
    },
  ];
}

function rowsOf(options: GeneratorOptions, from: number, to: number): WireRows {
  const bundles = Array.from({ length: to - from }, (_, index) => generateBundle(options, from + index));
  const rows = wireRowsOf(bundles.map((bundle) => ({ ...bundle, messages: [], readMarkers: [] })));
  const events = bundles.flatMap((bundle, index) => eventsOf(bundle, from + index));
  rows.set(
    'metricEvent',
    events.map((row) => rowToWire('metricEvent', row)),
  );
  for (const [table, surveys] of surveyRowsOf(bundles, from)) rows.set(table, surveys);
  const orders = bundles.flatMap((bundle, index) => ordersOf(bundle, from + index));
  rows.set(
    'shopOrder',
    orders.map((row) => rowToWire('shopOrder', row)),
  );
  return rows;
}

/** The path of a replica of so many conversations with five data points each, without messages; made on first use. */
export function insightFile(options: GeneratorOptions, print: (line: string) => void): string {
  const schema = newestVersion(REPLICA_MIGRATIONS);
  const file = path.join(
    FOLDER,
    `insight-${options.seed}-${options.conversations}-g${VERSION}-s${schema}.db`,
  );
  if (existsSync(file)) return file;
  mkdirSync(FOLDER, { recursive: true });
  const unfinished = `${file}.unfinished`;
  for (const suffix of ['', '-wal', '-shm']) rmSync(unfinished + suffix, { force: true });
  print(
    `Generating ${options.conversations.toLocaleString('en')} conversations with five data points each …`,
  );
  const db = openReplica(unfinished, 512);
  db.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;');
  for (let from = 0; from < options.conversations; from += BATCH) {
    const to = Math.min(from + BATCH, options.conversations);
    db.transaction(() => insertRows(db, rowsOf(options, from, to)));
  }
  db.exec(BESIDE_INDEXES);
  db.close();
  renameSync(unfinished, file);
  return file;
}
