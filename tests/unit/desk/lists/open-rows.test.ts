import { expect, test } from 'vitest';
import type { ConversationId } from '../../../../src/base/ids.ts';
import { DEFAULT_SORTS, type ListQuery } from '../../../../src/protocol/rpc/list.ts';
import { listPlainly, type ListWorld, listWorld } from '../../../support/list-world.ts';

const INBOX: ListQuery = { queue: 'inbox', filters: {}, sort: DEFAULT_SORTS.inbox };

function ready(): { readonly world: ListWorld; readonly viewId: string; readonly id: ConversationId } {
  const world = listWorld(3, 400);
  world.turns.all();
  const opened = world.lists.open(INBOX, 20);
  const [first] = opened.rows;
  if (first === undefined) throw new Error('nothing is open');
  return { world, viewId: opened.viewId, id: first.id };
}

const told = (world: ListWorld, conversations: ConversationId[], customers: string[]): void =>
  world.lists.changed({ conversations, messages: [], customers });

test('[B4] open work that is read ahead shows as it is after each change: its own row, its tags, its markers', () => {
  const { world, viewId, id } = ready();
  const { db, lists } = world;
  const row = () => lists.rows(viewId, 0, 1)?.rows[0];
  db.run("UPDATE conversation SET channel = 'fax' WHERE id = ?", id);
  told(world, [id], []);
  expect(row()?.channel).toBe('fax');
  db.run(
    "INSERT INTO tag (conversation_id, tag, applied_by, agent_id, at) VALUES (?, 'brand-new', 'agent', NULL, 1)",
    id,
  );
  told(world, [id], []);
  expect(row()?.tags.map(({ tag }) => tag)).toContain('brand-new');
  db.run("UPDATE conversation SET human_state = 'closed' WHERE id = ?", id);
  told(world, [id], []);
  expect(row()).toMatchObject({ id, humanState: 'closed' });
});

test('[B4] a renamed customer shows under the new name at once, a great many as well', () => {
  const { world, viewId, id } = ready();
  const { db, lists } = world;
  const customer = db.pluck<string>('SELECT customer_id FROM conversation WHERE id = ?', id) ?? '';
  db.run("UPDATE customer SET name = 'Nomvula Dube' WHERE id = ?", customer);
  told(world, [], [customer]);
  expect(lists.rows(viewId, 0, 1)?.rows[0]?.customerName).toBe('Nomvula Dube');
  db.run("UPDATE customer SET name = 'Everybody'");
  told(world, [], db.preparePluck<string>('SELECT id FROM customer').all());
  expect(new Set(lists.rows(viewId, 0, 5)?.rows.map((row) => row.customerName))).toEqual(
    new Set(['Everybody']),
  );
});

test('[B4] what was read ahead is the same as what the replica says, in any order asked', () => {
  const { world, viewId } = ready();
  const plain = listPlainly(world.db, INBOX);
  expect(world.lists.rows(viewId, 2, 3)?.rows.map((row) => row.id)).toEqual(plain.slice(2, 5));
  world.lists.changed({ conversations: null, messages: null, customers: null });
  // The columns are being built again: the replica is asked.
  expect(world.lists.rows(viewId, 2, 3)?.rows.map((row) => row.id)).toEqual(plain.slice(2, 5));
  world.turns.all();
  expect(world.lists.rows(viewId, 2, 3)?.rows.map((row) => row.id)).toEqual(plain.slice(2, 5));
});
