import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { asId, type ConversationId } from '../../../../src/base/ids.ts';
import type { InsightColumns } from '../../../../src/desk/insight/columns.ts';
import { keepColumns, type KeptColumns, takeKept } from '../../../../src/desk/insight/kept-columns.ts';
import { InsightMirror } from '../../../../src/desk/insight/mirror.ts';
import type { ReplicaChange } from '../../../../src/desk/service/lists.ts';
import type { Database } from '../../../../src/sqlite/database.ts';
import { openReplica } from '../../../bench/dataset.ts';
import { rawWorld, writeWorld } from '../../../support/insight/raw-world.ts';

let folder = '';
let replica = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kept-columns-'));
  replica = join(folder, 'replica.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** All that columns say, in words: numbers of a dictionary may differ from one reading to the next. */
function told({ conversations, events, customers, orders, csat }: InsightColumns) {
  const nameOf = (dictionary: { valueOf(code: number): string }, code: number | undefined): string | null =>
    code === undefined || code === 0 ? null : dictionary.valueOf(code);
  const conversationAt = (n: number) => ({
    startedAt: conversations.startedAt[n],
    customer: conversations.customer[n],
    outcome: conversations.outcomeOf(n),
    isTakenOver: conversations.isTakenOver(n),
    channel: nameOf(conversations.channels, conversations.channel[n]),
    reason: nameOf(conversations.reasons, conversations.reason[n]),
    skill: nameOf(conversations.skills, conversations.skill[n]),
    language: nameOf(conversations.languages, conversations.language[n]),
    groupTag: nameOf(conversations.tags, conversations.groupTag[n]),
    tags: conversations.tagSets
      .tagsOf(conversations.tagSet[n] ?? 0)
      .map((tag) => conversations.tagSets.tags.valueOf(tag)),
    csat: csat.get(n) ?? [],
  });
  const eventAt = (place: number) => {
    const kind = events.kindAt(place);
    const start = events.productStart[place] ?? 0;
    return {
      metric: kind.metric,
      at: events.at[place],
      conversation: events.conversation[place],
      channel: nameOf(events.channels, kind.channel),
      skill: nameOf(events.skills, kind.skill),
      reason: nameOf(events.reasons, kind.reason),
      tags: events.tagSets.tagsOf(kind.tagSet).map((tag) => events.tagSets.tags.valueOf(tag)),
      products: [...events.products.subarray(start, start + (events.productCount[place] ?? 0))].map((code) =>
        events.productIds.valueOf(code),
      ),
    };
  };
  const range = (from: number, to: number): readonly number[] =>
    Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
  const counts = new Map<string, number>();
  events.kinds.forEach((kind, code) => {
    const key = `${kind.metric} ${nameOf(events.channels, kind.channel)}`;
    const count = events.counts[code] ?? 0;
    if (count > 0) counts.set(key, (counts.get(key) ?? 0) + count);
  });
  return {
    counts: [...counts].sort(),
    conversations: range(1, conversations.end)
      .filter((n) => conversations.isHere(n))
      .map((n) => [n, conversationAt(n), range(...events.placesOf(n)).map(eventAt)]),
    customers: range(1, customers.end)
      .filter((n) => customers.isHere(n))
      .map((n) => [n, customers.has[n], nameOf(customers.languages, customers.language[n])]),
    orders: range(0, orders.end)
      .filter((place) => orders.customer[place] !== 0)
      .map((place) => [
        orders.ids[place],
        orders.customer[place],
        orders.at[place],
        orders.value[place],
        nameOf(orders.currencies, orders.currency[place]),
      ])
      .sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1)),
  };
}

function built(db: Database, kept: KeptColumns | null = null, since: readonly ReplicaChange[] = []) {
  const mirror = new InsightMirror(db, kept, since);
  let steps = 1;
  while (!mirror.step()) steps += 1;
  return { mirror, steps };
}

/** Opens the replica, reads it in, keeps the columns and closes it, as a desk does. */
function keep(): void {
  const db = openReplica(replica);
  const columns = built(db).mirror.toKeep(0);
  const written = columns === null ? null : keepColumns(replica, columns);
  db.close();
  written?.stamp();
}

function fill(count = 40): void {
  const db = openReplica(replica);
  writeWorld(db, rawWorld(3, count));
  db.close();
}

/** Whether columns are there to be taken back, and stand up to being read. */
function isTaken(): boolean {
  const kept = takeKept(replica);
  if (kept === null) return false;
  const steps = kept.read();
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value !== null;
  }
}

const changeOf = (ids: readonly string[], customers: readonly string[] = []): ReplicaChange => ({
  conversations: ids.map((id) => asId<'ConversationId'>(id)),
  messages: [],
  customers,
});

describe('columns kept beside the replica', () => {
  test('[O8][Y1] are what reading the replica gives', () => {
    fill();
    keep();
    const kept = takeKept(replica);
    const db = openReplica(replica);
    expect(kept).not.toBeNull();
    expect(told(built(db, kept).mirror.current())).toEqual(told(built(db).mirror.current()));
    db.close();
  });

  test('[O8] nothing at all can be kept too', () => {
    fill(0);
    keep();
    const kept = takeKept(replica);
    const db = openReplica(replica);
    expect(told(built(db, kept).mirror.current())).toEqual(told(built(db).mirror.current()));
    db.close();
  });

  test('[O8] what changes while they are read back, and after, is taken in', () => {
    fill();
    keep();
    const kept = takeKept(replica);
    const db = openReplica(replica);
    const ids = db
      .all<{ id: ConversationId }>('SELECT id FROM conversation ORDER BY id LIMIT 9')
      .map(({ id }) => id);
    const [one = '', two = '', three = '', four = ''] = ids;
    db.run("UPDATE conversation SET ai_outcome = 'open', channel = 'fax' WHERE id = ?", one);
    const mirror = new InsightMirror(db, kept, [changeOf([one])]);
    db.run('DELETE FROM conversation WHERE id = ?', two);
    mirror.changed(changeOf([two]));
    mirror.step();
    db.run('UPDATE metric_event SET tags = \'["new"]\' WHERE conversation_id = ?', three);
    db.run("UPDATE customer SET language = 'fi', email = NULL WHERE id = 'k0'");
    db.run("UPDATE shop_order SET value_minor = 7 WHERE customer_id = 'k0'");
    mirror.changed(changeOf([three], ['k0']));
    while (!mirror.step());
    db.run("INSERT INTO tag (conversation_id, tag, applied_by, at) VALUES (?, 'later', 'ai', 1)", four);
    mirror.changed(changeOf([four]));
    expect(told(mirror.current())).toEqual(told(built(db).mirror.current()));
    db.close();
  });

  test('[O8] are kept again after they were taken back', () => {
    fill();
    keep();
    for (let run = 0; run < 2; run += 1) {
      const kept = takeKept(replica);
      expect(kept).not.toBeNull();
      const db = openReplica(replica);
      const { mirror } = built(db, kept);
      db.run("UPDATE conversation SET channel = ? WHERE id = 'c00001'", `channel-${run}`);
      mirror.changed(changeOf(['c00001']));
      const columns = mirror.toKeep(0);
      const written = columns === null ? null : keepColumns(replica, columns);
      expect(told(mirror.current())).toEqual(told(built(db).mirror.current()));
      db.close();
      written?.stamp();
    }
    expect(isTaken()).toBe(true);
  });

  test('[O8] a conversation that was gone before anyone looked is no part of them', () => {
    fill();
    keep();
    const kept = takeKept(replica);
    const db = openReplica(replica);
    db.run("DELETE FROM conversation WHERE id = 'c00002'");
    const { mirror } = built(db, kept, [changeOf(['c00002'])]);
    expect(told(mirror.current())).toEqual(told(built(db).mirror.current()));
    db.close();
  });

  test('[Y1] are good for one run: a stop without a close leaves none', () => {
    fill();
    keep();
    expect(takeKept(replica)).not.toBeNull();
    expect(takeKept(replica)).toBeNull();
    expect(existsSync(`${replica}.columns`)).toBe(false);
  });

  test('[Y1] of a replica that somebody wrote to since are none of its', () => {
    fill();
    keep();
    const db = openReplica(replica);
    db.run("UPDATE conversation SET channel = 'fax'");
    db.close();
    expect(isTaken()).toBe(false);
  });

  test('[Y1] of a replica whose log is still beside it are not trusted', () => {
    fill();
    keep();
    writeFileSync(`${replica}-wal`, 'x');
    expect(isTaken()).toBe(false);
  });

  test('[Y1] of a replica that was put back from elsewhere are not trusted', () => {
    fill();
    keep();
    utimesSync(replica, 1_700_000_000, 1_700_000_000);
    expect(isTaken()).toBe(false);
  });

  test.each([
    [
      'a flipped bit',
      (path: string) => {
        const bytes = readFileSync(path);
        const at = Math.floor(bytes.length / 2);
        bytes[at] = (bytes[at] ?? 0) ^ 1;
        writeFileSync(path, bytes);
      },
    ],
    ['an end that is missing', (path: string) => truncateSync(path, 100)],
    ['nothing', (path: string) => truncateSync(path, 0)],
    ['no file', (path: string) => rmSync(path)],
  ])('[Y1] with %s the replica is read instead', (_, spoil) => {
    fill();
    keep();
    spoil(`${replica}.columns`);
    const kept = takeKept(replica);
    expect(kept).not.toBeNull();
    const db = openReplica(replica);
    expect(told(built(db, kept).mirror.current())).toEqual(told(built(db).mirror.current()));
    db.close();
  });

  test.each(['', '{', 'null', '[]', '{"version":0,"bytes":1,"crc":2,"replica":"x"}', '{"version":1}'])(
    '[Y1] a stamp of %j vouches for nothing',
    (stamp) => {
      fill();
      keep();
      writeFileSync(`${replica}.columns.json`, stamp);
      expect(isTaken()).toBe(false);
    },
  );

  test('[Y1] more bytes than were vouched for change nothing', () => {
    fill();
    keep();
    appendFileSync(`${replica}.columns`, 'more');
    expect(isTaken()).toBe(true);
  });

  test('[O8] few are not worth it, and none are kept before all was read in', () => {
    fill();
    const db = openReplica(replica);
    const { mirror } = built(db);
    expect(mirror.toKeep(10_000)).toBeNull();
    expect(mirror.toKeep(10)).not.toBeNull();
    const unread = new InsightMirror(db);
    unread.step();
    expect(unread.toKeep(0)).toBeNull();
    db.close();
  });

  test('[Y1] where they cannot be written, nothing is kept and nothing breaks', () => {
    fill();
    const db = openReplica(replica);
    const columns = built(db).mirror.current();
    expect(keepColumns(join(folder, 'missing', 'replica.db'), columns)).toBeNull();
    db.close();
  });
});
