import path from 'node:path';
import { onTestFinished } from 'vitest';
import { asId } from '../../../src/base/ids.ts';
import { epochMillis } from '../../../src/base/time.ts';
import type { Entry } from '../../../src/desk/outbox/entry.ts';
import { Outbox } from '../../../src/desk/outbox/outbox.ts';
import { OUTBOX_MIGRATIONS } from '../../../src/desk/store/outbox-migrations.ts';
import type { Database } from '../../../src/sqlite/database.ts';
import { openMigrated } from '../../../src/sqlite/migrations.ts';
import { tempDir } from '../temp-dir.ts';
import { AT } from './sample-rows.ts';

export const C1 = asId<'ConversationId'>('c1');

export function openOutboxFile(file: string): Database {
  const opened = openMigrated(file, { synchronous: 'FULL' }, OUTBOX_MIGRATIONS, AT);
  if (!opened.ok) throw new Error(opened.error.type);
  onTestFinished(() => opened.value.close());
  return opened.value;
}

export interface TestOutbox {
  readonly outbox: Outbox;
  readonly db: Database;
  /** Opens the file again beside the first handle, as the next process would find it after a crash at this moment. */
  reopened(): Outbox;
}

export function testOutbox(file: string = path.join(tempDir(), 'outbox.db')): TestOutbox {
  let ids = 0;
  const source = {
    next: () => {
      ids += 1;
      return `client-${ids}`;
    },
  };
  const db = openOutboxFile(file);
  return { db, outbox: new Outbox(db, source), reopened: () => new Outbox(openOutboxFile(file), source) };
}

export function entryOf(mid: number, patch: Partial<Entry> = {}): Entry {
  return {
    mid,
    name: 'tag.add',
    args: { conversationId: 'c1', tag: `tag-${mid}` },
    madeAt: epochMillis(AT + mid),
    conversationId: C1,
    inverse: { name: 'tag.remove', args: { conversationId: 'c1', tag: `tag-${mid}` } },
    undoes: null,
    ...patch,
  };
}

export function messageEntry(mid: number, text = 'On it.'): Entry {
  const args = {
    conversationId: 'c1',
    messageId: `m${mid}`,
    text,
    lastSeenMessageId: null,
    offline: false,
    writtenAt: AT,
  };
  return entryOf(mid, { name: 'message.send', args, inverse: null });
}
