import { type AgentId, asId, type CustomerId, type OrderId } from '../base/ids.ts';
import type { EpochMillis } from '../base/time.ts';
import type { Agent, Customer, ShopOrder } from '../domain/model.ts';
import { put, type RowChange } from '../domain/rows.ts';
import type { IngestEvent } from '../protocol/ingest.ts';
import { OWN_AGENT_SCOPE } from './auth.ts';
import type { ReceivedEvent } from './ingest-parse.ts';
import type { Stamp, StampKey, Store } from './store/store.ts';

/** What events set outside any conversation, and where in history each was last set. */
export interface RegisterChanges {
  readonly changes: readonly RowChange[];
  readonly stamps: readonly Stamp[];
}

/** Key of the setting that says whether a source's AI agent is on (K7, O9): JSON of `enabled` and `at`. */
export function aiStatusKey(source: string): string {
  return `ai.status.${source}`;
}

const PROFILE_FIELDS = ['name', 'email', 'phone', 'language'] as const;
type ProfileField = (typeof PROFILE_FIELDS)[number];
type Profile = Extract<IngestEvent, { type: 'customer.identified' }>['profile'];

/** One value at one place in history. */
type Write = StampKey & { readonly at: EpochMillis; readonly eventId: string } & (
    | { readonly kind: 'customer'; readonly field: ProfileField; readonly value: string }
    | { readonly kind: 'agent'; readonly name: string }
    | { readonly kind: 'order'; readonly order: ShopOrder }
    | { readonly kind: 'aiStatus'; readonly enabled: boolean }
  );

const UNCHANGED: RegisterChanges = { changes: [], stamps: [] };

/**
 * Customers, known agents, orders and the AI's status. For each value the event latest in history stands, whatever
 * order events came in; what an event does not say (or says as null) it does not take away. `namedAgents` get a row
 * under their id until their name is known; `own` agents of this workspace are not renamed by a source.
 */
export async function registerChanges(
  store: Store,
  events: readonly ReceivedEvent[],
  source: string,
  namedAgents: readonly string[],
): Promise<RegisterChanges> {
  const writes = events.flatMap((one) => writesOf(one, source));
  const customerIds = [...new Set(events.flatMap(({ event }) => customerOf(event)))];
  // Most batches are what customers and the AI say: nothing outside their conversations.
  if (writes.length === 0 && customerIds.length === 0 && namedAgents.length === 0) return UNCHANGED;
  const standing = await standingStamps(store, writes);
  const customers = await rowsById<CustomerId, Customer>(customerIds, (keys) =>
    store.rows(
      'customer',
      keys.map((id) => [id]),
    ),
  );
  const agentIds: readonly AgentId[] = [
    ...new Set([...namedAgents, ...writes.flatMap((one) => (one.kind === 'agent' ? [one.key] : []))]),
  ].map((id) => asId(id));
  const agents = await rowsById<AgentId, Agent>(agentIds, (keys) =>
    store.rows(
      'agent',
      keys.map((id) => [id]),
    ),
  );
  for (const id of customerIds)
    if (!customers.rows.has(id)) customers.set({ id, name: null, email: null, phone: null, language: null });
  for (const id of agentIds)
    if (!agents.rows.has(id)) agents.set({ id, name: id, role: 'agent', active: false });
  const own = await ownAgents(store, agentIds);
  const others: RowChange[] = [];
  const stamps = new Map<string, Stamp>();
  for (const write of writes) {
    const stampId = stampKey(write);
    if (!isLater(write, standing.get(stampId) ?? null)) continue;
    if (write.kind === 'agent' && own.has(write.key)) continue;
    const stamp = { scope: write.scope, key: write.key, at: write.at, eventId: write.eventId };
    standing.set(stampId, stamp);
    stamps.set(stampId, stamp);
    applyWrite(write, customers, agents, others);
  }
  return {
    changes: [
      ...customers.changed().map((row) => put('customer', row)),
      ...agents.changed().map((row) => put('agent', row)),
      ...others,
    ],
    stamps: [...stamps.values()],
  };
}

function applyWrite(
  write: Write,
  customers: RowsById<CustomerId, Customer>,
  agents: RowsById<AgentId, Agent>,
  others: RowChange[],
): void {
  switch (write.kind) {
    case 'customer': {
      const row = customers.rows.get(asId(write.key));
      if (row !== undefined) customers.set({ ...row, [write.field]: write.value });
      return;
    }
    case 'agent': {
      const row = agents.rows.get(asId(write.key));
      if (row !== undefined) agents.set({ ...row, name: write.name, active: true });
      return;
    }
    case 'order':
      others.push(put('shopOrder', write.order));
      return;
    case 'aiStatus':
      others.push(
        put('setting', { key: write.key, value: JSON.stringify({ enabled: write.enabled, at: write.at }) }),
      );
  }
}

function writesOf(one: ReceivedEvent, source: string): readonly Write[] {
  const { event, at } = one;
  const base = { at, eventId: one.id };
  switch (event.type) {
    case 'conversation.started':
    case 'customer.identified':
      return profileWrites(event.profile, base);
    case 'agent.known':
      return [{ ...base, kind: 'agent', scope: 'agent.name', key: event.agentId, name: event.name }];
    case 'order.placed':
      return [{ ...base, kind: 'order', scope: 'order', key: event.orderId, order: orderOf(event, at) }];
    case 'agent.statusChanged':
      return [
        { ...base, kind: 'aiStatus', scope: 'setting', key: aiStatusKey(source), enabled: event.enabled },
      ];
    default:
      return [];
  }
}

function profileWrites(profile: Profile, base: { at: EpochMillis; eventId: string }): readonly Write[] {
  return PROFILE_FIELDS.flatMap((field): readonly Write[] => {
    const value = profile[field];
    return value === undefined || value === null || value === ''
      ? []
      : [{ ...base, kind: 'customer', scope: `customer.${field}`, key: profile.id, field, value }];
  });
}

function orderOf(event: Extract<IngestEvent, { type: 'order.placed' }>, at: EpochMillis): ShopOrder {
  const id: OrderId = asId(event.orderId);
  return {
    id,
    customerId: asId(event.customerId),
    at,
    valueMinor: event.valueMinor,
    currency: event.currency,
  };
}

function customerOf(event: IngestEvent): readonly CustomerId[] {
  switch (event.type) {
    case 'conversation.started':
    case 'customer.identified':
      return [asId(event.profile.id)];
    case 'order.placed':
      return [asId(event.customerId)];
    default:
      return [];
  }
}

function stampKey({ scope, key }: StampKey): string {
  return `${scope} ${key}`;
}

function isLater(write: Pick<Stamp, 'at' | 'eventId'>, standing: Stamp | null): boolean {
  if (standing === null) return true;
  return write.at > standing.at || (write.at === standing.at && write.eventId > standing.eventId);
}

async function standingStamps(store: Store, writes: readonly Write[]): Promise<Map<string, Stamp>> {
  const keys = [...new Map(writes.map((write) => [stampKey(write), write])).values()];
  if (keys.length === 0) return new Map();
  const stamps = await store.stamps(keys.map(({ scope, key }) => ({ scope, key })));
  return new Map(stamps.flatMap((stamp) => (stamp === null ? [] : [[stampKey(stamp), stamp]])));
}

const NOBODY: ReadonlySet<string> = new Set();

async function ownAgents(store: Store, ids: readonly AgentId[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return NOBODY;
  const stamps = await store.stamps(ids.map((key) => ({ scope: OWN_AGENT_SCOPE, key })));
  return new Set(stamps.flatMap((stamp) => stamp?.key ?? []));
}

interface RowsById<K, R> {
  readonly rows: ReadonlyMap<K, R>;
  set(row: R): void;
  changed(): readonly R[];
}

async function rowsById<K, R extends { readonly id: K }>(
  ids: readonly K[],
  read: (ids: readonly K[]) => Promise<readonly (R | null)[]>,
): Promise<RowsById<K, R>> {
  const rows = new Map<K, R>();
  const found = ids.length === 0 ? [] : await read(ids);
  for (const row of found) if (row !== null) rows.set(row.id, row);
  const changed = new Set<K>();
  return {
    rows,
    set: (row) => {
      rows.set(row.id, row);
      changed.add(row.id);
    },
    changed: () => [...rows.values()].filter((row) => changed.has(row.id)),
  };
}
