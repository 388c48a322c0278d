import { hash } from 'node:crypto';
import { type AgentId, asId } from '../base/ids.ts';
import { err, ok, type Result } from '../base/result.ts';
import type { EpochMillis } from '../base/time.ts';
import type { Role } from '../domain/model.ts';
import { put } from '../domain/rows.ts';
import type { Desk } from './push.ts';
import type { Store } from './store/store.ts';

/** What only its hash is kept of. */
export function tokenHash(token: string): string {
  return hash('sha256', `handoff-token\n${token}`);
}

/** Who calls, as their token says. */
export type Caller =
  | { readonly kind: 'desk'; readonly desk: Desk }
  | { readonly kind: 'source'; readonly source: string };

/** Who a token belongs to; null for one nobody has, or of an agent who is no longer active. */
export async function callerOf(store: Store, token: string): Promise<Caller | null> {
  const access = await store.access(tokenHash(token));
  if (access === null) return null;
  if (access.kind === 'source') return { kind: 'source', source: access.source };
  const desk = await deskOf(store, access.agentId);
  return desk === null ? null : { kind: 'desk', desk };
}

/** The desk of an agent by id; null when there is no such active agent. */
export async function deskOf(store: Store, agentId: AgentId): Promise<Desk | null> {
  const [agent] = await store.rows('agent', [[agentId]]);
  return agent?.active === true ? { agentId, role: agent.role } : null;
}

/** Scope of the stamp that marks an agent's account as ours: sources do not rename it. */
export const OWN_AGENT_SCOPE = 'agent.own';

export interface NewAgent {
  readonly id: AgentId;
  readonly name: string;
  readonly role: Role;
  /** 256 random bits, base64url. */
  readonly token: string;
}

export type AccessError = { readonly type: 'alreadyExists' | 'headMoved' | 'invalidName' };

/** Most characters of a name of an agent or a source. */
const MAX_NAME = 200;

/** Adds an agent with a token for their desk; the token is kept as a hash alone. */
export async function addAgent(
  store: Store,
  agent: NewAgent,
  now: EpochMillis,
): Promise<Result<null, AccessError>> {
  const name = agent.name.trim();
  if (name === '' || name.length > MAX_NAME) return err({ type: 'invalidName' });
  const [known] = await store.rows('agent', [[agent.id]]);
  const [own] = await store.stamps([{ scope: OWN_AGENT_SCOPE, key: agent.id }]);
  if (known !== null && own !== null) return err({ type: 'alreadyExists' });
  const head = await store.head();
  const committed = await store.commit({
    expectedHead: head.seq,
    at: now,
    changes: [put('agent', { id: agent.id, name, role: agent.role, active: true })],
    stamps: [{ scope: OWN_AGENT_SCOPE, key: agent.id, at: now, eventId: '' }],
    access: [{ hash: tokenHash(agent.token), access: { kind: 'desk', agentId: agent.id } }],
    audit: [
      { actor: 'host', action: 'agent.added', detail: JSON.stringify({ id: agent.id, role: agent.role }) },
    ],
  });
  return committed.ok ? ok(null) : err({ type: 'headMoved' });
}

/** Gives an agent another token, for another desk. */
export async function addDeskToken(
  store: Store,
  agentId: AgentId,
  token: string,
  now: EpochMillis,
): Promise<Result<null, { readonly type: 'notFound' | 'headMoved' }>> {
  if ((await deskOf(store, agentId)) === null) return err({ type: 'notFound' });
  const head = await store.head();
  const committed = await store.commit({
    expectedHead: head.seq,
    at: now,
    changes: [],
    access: [{ hash: tokenHash(token), access: { kind: 'desk', agentId } }],
    audit: [{ actor: 'host', action: 'token.added', detail: JSON.stringify({ id: agentId }) }],
  });
  return committed.ok ? ok(null) : err({ type: 'headMoved' });
}

/** Adds a source of events with its token. */
export async function addSource(
  store: Store,
  source: { readonly name: string; readonly token: string },
  now: EpochMillis,
): Promise<Result<null, AccessError>> {
  const name = source.name.trim();
  if (name === '' || name.length > MAX_NAME) return err({ type: 'invalidName' });
  const head = await store.head();
  const committed = await store.commit({
    expectedHead: head.seq,
    at: now,
    changes: [],
    access: [{ hash: tokenHash(source.token), access: { kind: 'source', source: name } }],
    audit: [{ actor: 'host', action: 'source.added', detail: JSON.stringify({ name }) }],
  });
  return committed.ok ? ok(null) : err({ type: 'headMoved' });
}

/** A stable id for an agent made here, from their name and some of the token's randomness. */
export function agentIdFor(name: string, random: string): AgentId {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);
  const tail = random
    .replace(/[^A-Za-z0-9]/g, '')
    .slice(-6)
    .toLowerCase();
  return asId(`${slug === '' ? 'agent' : slug}-${tail}`);
}
