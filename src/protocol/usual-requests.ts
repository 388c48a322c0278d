import { type Cursor, type OutboxMutation, PUSH_LIMIT, type PullRequest, type PushRequest } from './sync.ts';

/*
 * The two requests that desks make all day, read by hand: a tenth of the time that their schemas take. Null says nothing about a
 * body but that the schema has to look at it: one that is wrong, and one that says something unusual. A test holds both equal.
 */

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(value: unknown): Fields | null {
  // Whatever an object holds may be read as unknown.
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}

function isText(value: unknown, max: number): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= max;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

/** A push request as `pushRequestSchema` reads it. */
export function usualPush(body: unknown): PushRequest | null {
  const fields = fieldsOf(body);
  if (fields === null) return null;
  const { version, clientId, mutations } = fields;
  if (!isCount(version) || !isText(clientId, 64)) return null;
  if (!Array.isArray(mutations) || mutations.length > PUSH_LIMIT) return null;
  const read: OutboxMutation[] = [];
  for (const one of mutations) {
    const mutation = usualMutation(one);
    if (mutation === null) return null;
    read.push(mutation);
  }
  return { version, clientId, mutations: read };
}

function usualMutation(value: unknown): OutboxMutation | null {
  const fields = fieldsOf(value);
  if (fields === null) return null;
  const { mid, name, args, madeAt } = fields;
  if (!isCount(mid) || mid === 0 || !isText(name, 64) || args === undefined || !isCount(madeAt)) return null;
  return { mid, name, args, madeAt };
}

/** A pull request of a desk that holds everything, as `pullRequestSchema` reads it. */
export function usualPull(body: unknown): PullRequest | null {
  const fields = fieldsOf(body);
  if (fields === null || fields['seen'] !== undefined || fields['scope'] !== undefined) return null;
  const { version, clientId } = fields;
  const cursor = usualCursor(fields['cursor']);
  return cursor === null || !isCount(version) || !isText(clientId, 64) ? null : { version, clientId, cursor };
}

function usualCursor(value: unknown): Cursor | null {
  const fields = fieldsOf(value);
  if (fields === null) return null;
  const { epoch, seq, chain } = fields;
  return isText(epoch, 64) && isCount(seq) && isText(chain, 128) ? { epoch, seq, chain } : null;
}
