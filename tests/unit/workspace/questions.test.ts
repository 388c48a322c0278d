import { describe, expect, test } from 'vitest';
import { readFieldDefinitions } from '../../../src/workspace/ingest-fields.ts';
import { memoryStore } from '../../../src/workspace/store/memory/memory-store.ts';
import type { Store } from '../../../src/workspace/store/store.ts';
import { handedOver, minute, said } from '../../support/workspace/events.ts';
import { type House, openHouse } from '../../support/workspace/house.ts';

/** A store that notes what it is asked. */
function noted(inner: Store): { readonly store: Store; readonly asked: string[] } {
  const asked: string[] = [];
  const store: Store = {
    ...inner,
    settings: () => {
      asked.push('settings');
      return inner.settings();
    },
    linkSecret: (fresh) => {
      asked.push('linkSecret');
      return inner.linkSecret(fresh);
    },
    rows: (table, keys) => {
      asked.push(`${keys.length} ${table}`);
      return inner.rows(table, keys);
    },
    rowsOf: (table, ids) => {
      asked.push(`${ids.length} of ${table}`);
      return inner.rowsOf(table, ids);
    },
    ruledRows: (ids) => {
      asked.push(`${ids.length} ruled`);
      return inner.ruledRows(ids);
    },
    conversationRows: (ids) => {
      asked.push(`${ids.length} whole`);
      return inner.conversationRows(ids);
    },
    histories: (ids) => {
      asked.push(`${ids.length} histories`);
      return inner.histories(ids);
    },
    stamps: (keys) => {
      asked.push(`${keys.length} stamps`);
      return inner.stamps(keys);
    },
  };
  return { store, asked };
}

async function askedBy(act: (house: House) => Promise<unknown>): Promise<readonly string[]> {
  const { store, asked } = noted(memoryStore({ workspaceId: 'w-1', epoch: 'e-1' }));
  const house = await openHouse({ store });
  await house.ingest(...handedOver('c1'));
  asked.length = 0;
  await act(house);
  return asked;
}

describe('[Y13] a question about nothing is not asked', () => {
  test('a sweep when nothing is due looks for deleted fields and reads the policy: no survey, no secret', async () => {
    expect(await askedBy((house) => house.workspace.sweep())).toEqual(['settings', '1 setting']);
  });

  test('a message to a conversation that follows what stands asks for no history, stamps or agents', async () => {
    const asked = await askedBy((house) => house.ingest(said('c1', 'later', 'customer', minute(50))));
    expect(asked.filter((one) => one.startsWith('0 '))).toEqual([]);
    expect(asked).toContain('1 ruled');
    for (const history of ['1 of history', '1 histories', '1 whole']) expect(asked).not.toContain(history);
    expect(asked.filter((one) => one.endsWith('stamps'))).toEqual([]);
  });

  test('what changes one conversation asks for the rows that its rule reads', async () => {
    const asked = await askedBy(async (house) => {
      const mina = await house.hire('mina');
      await house.push(mina, 'k', 1, ['tag.add', { conversationId: 'c1', tag: 'vip' }]);
    });
    expect(asked.filter((one) => one.startsWith('0 '))).toEqual([]);
    expect(asked).toContain('1 ruled');
    expect(asked).not.toContain('1 whole');
  });
});

test('[F1] the definitions of fields are the same until a setting changes, and then what it says', async () => {
  const store = memoryStore({ workspaceId: 'w-1', epoch: 'e-1' });
  const house = await openHouse({ store });
  const lead = await house.hire('lea', 'admin');
  const none = await readFieldDefinitions(store);
  expect(await readFieldDefinitions(store)).toBe(none);
  const field = { field: 'profile.plan', type: 'String', names: { en: 'Plan' }, position: 1 };
  await house.push(lead, 'k', 1, ['field.define', field]);
  const defined = await readFieldDefinitions(store);
  expect(defined.get('profile.plan')).toMatchObject({ type: 'String', archivedAt: null });
  await house.push(lead, 'k', 2, ['field.archive', { field: 'profile.plan' }]);
  expect((await readFieldDefinitions(store)).get('profile.plan')?.archivedAt).not.toBeNull();
  expect(defined.get('profile.plan')?.archivedAt).toBeNull();
});
